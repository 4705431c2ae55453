"""What is written, what is suppressed, what is read and what is forgotten."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.jobs.testing import run_waiting
from cabildo.notifications import actions, queries, rules
from cabildo.notifications.choices import Security
from cabildo.notifications.errors import NotificationsError
from cabildo.notifications.models import InboxItem, MailServer, Message
from notifications.conftest import ROSA
from notifications.server import imap_server

INCOMING = {"Message-ID": "<carta-1@ejemplo.cl>", "From": ROSA}


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("no-reply@banco.cl", "no_reply"),
        ("mailer-daemon@x.cl", "machine"),
        ("SOLICITUDES@puertoclaro.cl", "own_address"),
        (f"{ROSA}\nBcc: todos@ejemplo.cl", "invalid_address"),
    ],
)
def test_a_suppressed_message_is_on_record_and_never_sent(mail, post, write, to: str, reason: str) -> None:
    message = write(to)

    assert (message.state, message.last_error) == ("suppressed", reason)
    assert (run_waiting(), post.received) == (0, [])


def test_a_header_hidden_in_a_subject_does_not_become_one(mail, post, write) -> None:
    write(what="bache\r\nBcc: todos@ejemplo.cl")
    run_waiting()

    (received,) = post.received
    assert received["Bcc"] is None
    assert received["Subject"] == "Recibimos bache Bcc: todos@ejemplo.cl"


def test_an_answer_joins_the_thread_of_the_mail_it_answers(mail, post, write) -> None:
    write(answering=INCOMING)
    run_waiting()

    (received,) = post.received
    assert received["In-Reply-To"] == received["References"] == "<carta-1@ejemplo.cl>"
    assert received["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"Auto-Submitted": "auto-replied"}, "automatic"),
        ({"List-Id": "<vecinos.lists.cl>"}, "list"),
        ({"Authentication-Results": "mx; dmarc=fail"}, "unproven_sender"),
    ],
)
def test_an_automatic_or_faked_mail_is_not_answered(mail, write, headers: dict, reason: str) -> None:
    message = write(answering=INCOMING | headers)

    assert (message.state, message.last_error) == ("suppressed", reason)


def test_two_machines_that_answer_each_other_stop(mail, write, monkeypatch) -> None:
    monkeypatch.setattr(rules, "PER_RECIPIENT_PER_HOUR", 3)

    reasons = [write(key=f"answer:{number}", answering=INCOMING).last_error for number in range(4)]

    assert reasons == ["", "", "", "too_many_answers"]


def test_addresses_and_texts_are_unreadable_in_the_database(write) -> None:
    write(what="un secreto")

    with connection.cursor() as cursor:
        cursor.execute("SELECT recipient, subject, body FROM notifications_message")
        stored = b"".join(bytes(value) for value in cursor.fetchone())
    assert (b"rosa" in stored, b"secreto" in stored) == (False, False)
    assert str(Message.objects.get().recipient) == ROSA


def test_the_same_key_in_another_municipality_is_another_message(write, otra_comuna) -> None:
    ours = write()
    with in_municipality(otra_comuna):
        theirs = actions.notify("notifications.receipt", ROSA, {"what": "x"}, "receipt:1")[0]

    assert ours.pk != theirs.pk
    assert ours.message_id != theirs.message_id


def test_an_official_gets_a_mail_and_a_notice_in_the_inbox(write, diego) -> None:
    write(diego, url="/m/puerto-claro/mesa/1/", on=diego)

    (item,) = queries.inbox(diego)
    assert (str(item.message.subject), item.url) == ("Recibimos su solicitud", "/m/puerto-claro/mesa/1/")
    assert [message.channel for message in queries.messages_about(diego)] == ["inbox", "mail"]


def test_a_notice_is_written_once(write, diego) -> None:
    write(diego)
    write(diego)

    assert InboxItem.objects.count() == 1


def test_only_the_owner_marks_a_notice_as_read(write, diego, carmen) -> None:
    write(diego)
    item = queries.inbox(diego).get()

    assert actions.mark_read([item.pk], by=carmen) == 0
    assert queries.unread_count(diego) == 1
    assert actions.mark_all_read(by=diego) == 1
    assert queries.unread_count(diego) == 0


def test_an_unknown_template_is_refused(puerto_claro) -> None:
    with pytest.raises(NotificationsError, match="unknown_template"):
        actions.notify("notifications.other", ROSA, {}, "x")


def test_a_person_can_be_forgotten_and_the_log_stays(mail, post, write, admin) -> None:
    write()

    assert actions.erase_recipient(" ROSA@ejemplo.cl ", by=admin) == 1

    message = Message.objects.get()
    assert (message.recipient, message.subject, message.body, message.recipient_index) == (None, None, None, "")
    run_waiting()
    assert post.received == []


def test_an_answer_is_recognised_by_the_message_it_answers(write) -> None:
    message = write()

    assert queries.message_with_id(message.message_id) == message
    assert queries.message_with_id("") is None


def test_a_message_that_did_not_fail_is_not_retried(write, admin) -> None:
    with pytest.raises(NotificationsError, match="not_failed"):
        actions.retry_message(write(), by=admin)


def test_saving_the_server_keeps_a_password_left_empty(puerto_claro, admin) -> None:
    values = {"host": "smtp.x.cl", "from_address": "a@x.cl"}
    actions.save_mail_server(by=admin, password="abierto", **values)
    server = actions.save_mail_server(by=admin, password="", **(values | {"host": "smtp2.x.cl"}))

    assert (server.host, str(server.password), MailServer.objects.count()) == ("smtp2.x.cl", "abierto", 1)
    assert "abierto" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_a_sender_with_a_line_break_is_refused(puerto_claro, admin) -> None:
    with pytest.raises(ValidationError):
        actions.save_mail_server(by=admin, host="smtp.x.cl", from_address="a@x.cl\nBcc: b@x.cl")


def test_the_outgoing_test_sends_a_mail_and_says_so(mail, post) -> None:
    verdict = actions.try_outgoing_mail(mail, to="ada@ejemplo.cl")

    assert (verdict.works, verdict.code) == (True, "outgoing_ok")
    assert verdict.sentence == "El correo de salida funciona: se envió un mensaje de prueba a ada@ejemplo.cl."
    assert [received["To"] for received in post.received] == ["ada@ejemplo.cl"]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"port": 1}, "unreachable"),
        ({"security": Security.STARTTLS}, "starttls_missing"),
        ({"security": Security.TLS}, "tls_failed"),
        ({"username": "ada", "password": "x"}, "starttls_missing"),
    ],
)
def test_the_outgoing_test_says_what_is_wrong(mail, changes: dict, code: str) -> None:
    for name, value in changes.items():
        setattr(mail, name, value)

    verdict = actions.try_outgoing_mail(mail, to="ada@ejemplo.cl")

    assert (verdict.works, verdict.code) == (False, code)


@pytest.mark.parametrize(
    ("password", "folder", "code"),
    [
        ("abierto", "INBOX", "incoming_ok"),
        ("cerrado", "INBOX", "credentials"),
        ("abierto", "Solicitudes", "folder_missing"),
    ],
)
def test_the_incoming_test_opens_the_folder(mail, password: str, folder: str, code: str) -> None:
    mail.incoming_host, mail.incoming_security, mail.incoming_username = "127.0.0.1", Security.NONE, "ada"
    mail.incoming_password, mail.incoming_folder = password, folder
    with imap_server() as mail.incoming_port:
        verdict = actions.try_incoming_mail(mail)

    assert (verdict.code, verdict.works) == (code, code == "incoming_ok")
    assert "3 mensajes" in verdict.sentence or not verdict.works


def test_a_test_without_settings_asks_for_them(mail) -> None:
    assert actions.try_outgoing_mail(None, to="ada@ejemplo.cl").code == "not_configured"
    assert actions.try_incoming_mail(mail).code == "not_configured"
