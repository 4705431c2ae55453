"""From the outbox to a real mail server: sent, tried again, refused, never lost and never under another identity."""

import sys
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from cabildo.jobs.testing import run_waiting
from cabildo.notifications import actions, rules, tasks
from cabildo.notifications.models import Message
from notifications.conftest import ROSA

HEADERS = ("From", "To", "Reply-To", "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence", "List-Id")


def states() -> list[tuple[str, int, str]]:
    return list(Message.objects.order_by("pk").values_list("state", "attempts", "last_error"))


def travel(time: timedelta):
    return time_machine.travel(timezone.now() + time, tick=True)


def test_a_message_is_sent_with_the_headers_that_stop_loops(mail, post, write) -> None:
    message = write()
    run_waiting()

    (received,) = post.received
    assert states() == [("sent", 1, "")]
    assert received["Message-ID"] == message.message_id
    assert {name: received[name] for name in HEADERS} == {
        "From": "Municipalidad de Puerto Claro <avisos@puertoclaro.cl>",
        "To": ROSA,
        "Reply-To": "oirs@puertoclaro.cl",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "bulk",
        "List-Id": "<avisos.puerto-claro.127.0.0.1>",
    }


def test_a_mail_says_the_same_in_text_and_in_html(mail, post, write) -> None:
    write(what="<b>baches & hoyos</b>")
    run_waiting()

    (received,) = post.received
    text, html = (received.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert received["Subject"] == "Recibimos <b>baches & hoyos</b>"
    assert text.startswith("Recibimos <b>baches & hoyos</b> en Municipalidad de Puerto Claro.")
    assert "&lt;b&gt;baches &amp; hoyos&lt;/b&gt;" in html
    assert 'href="https://ejemplo.cl/s/1?a=b&amp;c=d"' in html


def test_a_temporary_refusal_is_tried_again_later(mail, post, write) -> None:
    post.rcpt = ["450 4.2.1 greylisted"]
    write()
    run_waiting()
    assert states() == [("queued", 1, "try_later")]

    assert run_waiting() == 0
    with travel(timedelta(minutes=2)):
        run_waiting()

    assert states() == [("sent", 2, "")]
    assert len(post.received) == 1


@pytest.mark.parametrize(("stage", "code"), [("rcpt", "recipient_refused"), ("data", "content_refused")])
def test_a_final_refusal_is_recorded_and_not_repeated(mail, post, write, stage: str, code: str) -> None:
    setattr(post, stage, ["550 5.7.1 no"])
    message = write()
    run_waiting()

    message.refresh_from_db()
    assert (message.state, message.last_error, message.reply_code) == ("failed", code, 550)
    with travel(timedelta(days=1)):
        tasks.sweep.func()
        assert run_waiting() == 0
    assert post.received == []


def test_a_failed_message_can_be_tried_again(mail, post, write, admin) -> None:
    post.rcpt = ["550 5.1.1 no such user"]
    message = write()
    run_waiting()

    message.refresh_from_db()
    actions.retry_message(message, by=admin)
    run_waiting()

    assert [received["Message-ID"] for received in post.received] == [message.message_id]


def test_a_server_that_is_down_delays_and_does_not_lose(mail, post, write) -> None:
    type(mail).objects.update(port=1)
    write()
    run_waiting()
    assert states() == [("queued", 1, "unreachable")]

    type(mail).objects.update(port=post.port)
    with travel(timedelta(minutes=2)):
        run_waiting()
    assert states() == [("sent", 2, "")]


def test_attempts_end_after_two_days(mail, post, write) -> None:
    message = write()
    Message.objects.update(attempts=rules.MAX_ATTEMPTS - 1)
    post.rcpt = ["450 4.2.1 try later"]

    actions.send_message(message.pk)

    assert states() == [("failed", rules.MAX_ATTEMPTS, "try_later")]


def test_a_worker_killed_before_noting_sends_again_under_the_same_identity(mail, post, write, monkeypatch) -> None:
    message = write()
    with monkeypatch.context() as killed:
        killed.setattr(actions, "_note_sent", lambda _message: sys.exit(9))
        run_waiting(raising=False)
    assert states() == [("sending", 1, "")]

    with travel(rules.SENDING_LEASE + timedelta(minutes=1)):
        tasks.sweep.func()
        run_waiting(raising=False)

    assert states() == [("sent", 2, "")]
    assert [received["Message-ID"] for received in post.received] == [message.message_id] * 2


def test_a_message_being_sent_is_not_taken_by_another_worker(mail, post, write) -> None:
    message = write()
    actions._claim(message.pk)

    actions.send_message(message.pk)

    assert post.received == []


def test_a_lost_job_is_found_by_the_sweep(mail, post, write) -> None:
    from cabildo.jobs.models import Job

    write()
    Job.objects.all().delete()

    tasks.sweep.func()
    run_waiting()

    assert states() == [("sent", 1, "")]


def test_a_message_of_a_transaction_that_fails_is_never_sent(mail, post, write) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)

    assert run_waiting() == 0
    assert (states(), post.received) == ([], [])


def test_the_same_key_sends_once(mail, post, write) -> None:
    assert write().pk == write(what="otra cosa").pk
    run_waiting()

    assert len(post.received) == 1


def test_a_message_may_wait_for_the_morning(mail, post, write) -> None:
    write(not_before=timezone.now() + timedelta(hours=10))
    assert run_waiting() == 0

    with travel(timedelta(hours=11)):
        run_waiting()
    assert len(post.received) == 1


def test_the_recipient_of_many_messages_gets_the_rest_later(mail, post, write, monkeypatch) -> None:
    monkeypatch.setattr(rules, "PER_RECIPIENT_PER_HOUR", 2)
    for number in range(3):
        write(key=f"receipt:{number}")
    run_waiting()
    assert [state for state, *_ in states()] == ["sent", "sent", "queued"]

    with travel(timedelta(minutes=61)):
        run_waiting()
    assert len(post.received) == 3


def test_without_a_server_of_its_own_the_installation_sends(puerto_claro, write, settings, mailoutbox) -> None:
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
    write()
    run_waiting()

    assert [mail.to for mail in mailoutbox] == [[ROSA]]
