"""A form sent twice does one thing, whatever the page; a changed one, or one that was refused, is another."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Thread
from time import sleep

import pytest
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.utils import timezone

from cabildo.accounts import sent_once
from cabildo.accounts.models import SentForm
from cabildo.plans.models import Plan
from conftest import make_member

NEW = "/m/puerto-claro/mesa/planes/nuevo/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
GIVEN = {
    "title": "Plan anual",
    "kind": "general",
    "starts_on": "2026-01-01",
    "ends_on": "2026-12-31",
    "green_from": 90,
    "yellow_from": 70,
    "revision": 1,
}
AGAIN = re.compile(r"Este mismo envío ya se hizo a las \d\d:\d\d: no se repitió\.")


@pytest.fixture
def planner(puerto_claro):
    return make_member("Paz Plan", puerto_claro, "planning_office")


@pytest.fixture
def desk(as_user, planner):
    return as_user(planner)


def drawn(desk) -> dict:
    """What a page just opened sends besides what is typed."""
    return {"csrfmiddlewaretoken": TOKEN.search(desk.get(NEW).content.decode())[1]}


def test_the_same_form_sent_again_makes_one_and_leads_to_it(desk) -> None:
    page = drawn(desk)

    first, second = (desk.post(NEW, GIVEN | page) for _time in range(2))

    plan = Plan.objects.get()
    assert [answer.url for answer in (first, second)] == [f"/m/puerto-claro/mesa/planes/{plan.pk}/"] * 2
    assert AGAIN.search(desk.get(second.url).content.decode())


@pytest.mark.parametrize("change", ["page", "words", "person"])
def test_another_page_other_words_or_another_person_make_another(desk, as_user, puerto_claro, change) -> None:
    page = drawn(desk)
    desk.post(NEW, GIVEN | page)

    if change == "page":
        desk.post(NEW, GIVEN | drawn(desk))
    elif change == "words":
        desk.post(NEW, GIVEN | page | {"title": "Otro plan"})
    else:
        as_user(make_member("Otra Persona", puerto_claro, "planning_office")).post(NEW, GIVEN | page)

    assert Plan.objects.count() == 2


def test_who_sends_it_again_later_means_it(desk) -> None:
    page = drawn(desk)
    desk.post(NEW, GIVEN | page)

    SentForm.objects.update(at=timezone.now() - sent_once.REPEATED - timedelta(seconds=1))
    desk.post(NEW, GIVEN | page)

    assert Plan.objects.count() == 2


def test_what_was_refused_may_be_sent_again_as_it_is(desk) -> None:
    page = drawn(desk)
    refused = desk.post(NEW, GIVEN | page | {"title": ""})

    assert (refused.status_code, SentForm.objects.count()) == (422, 0)
    assert desk.post(NEW, GIVEN | page | {"title": ""}).status_code == 422
    assert desk.post(NEW, GIVEN | page).status_code == 302


def test_a_piece_of_a_page_that_a_script_sends_is_not_a_form_sent_again(desk) -> None:
    page = drawn(desk)

    for header in ({"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}):
        desk.post(NEW, GIVEN | page, headers=header)

    assert Plan.objects.count() == 2


def test_an_error_of_ours_leaves_nothing_noted(desk, monkeypatch) -> None:
    page = drawn(desk)
    desk.raise_request_exception = False
    monkeypatch.setattr("cabildo.plans.actions.planning.create_plan", lambda **_given: 1 / 0)

    assert desk.post(NEW, GIVEN | page).status_code == 500
    assert SentForm.objects.count() == 0


def request(rf, planner, **files):
    asked = rf.post("/planes/", {"csrfmiddlewaretoken": "a", "title": "Plan", **files})
    asked.user, asked.session = planner, type("Session", (), {"session_key": "s"})
    return asked


def test_a_file_counts_by_what_it_holds(rf, planner) -> None:
    def of(content: bytes) -> str:
        asked = request(rf, planner, file=SimpleUploadedFile("acta.pdf", content))
        key = sent_once.fingerprint(asked)
        assert asked.FILES["file"].read() == content  # the view still reads it whole
        return key

    assert of(b"uno") == of(b"uno") != of(b"dos")


@pytest.fixture
def sending(rf, planner, settings) -> Callable[..., HttpResponse]:
    """The middleware around a view of ours."""

    def send(view) -> HttpResponse:
        asked = request(rf, planner)
        asked._messages = CookieStorage(asked)

        def answer(again) -> HttpResponse:
            return door.process_view(again, view, (), {}) or view(again)

        door = sent_once.SentOnce(answer)
        return door(asked)

    return send


def test_one_that_was_lost_half_way_is_sent_again(sending, rf, planner) -> None:
    key = sent_once.fingerprint(request(rf, planner))
    SentForm.objects.create(key=key, at=timezone.now() - sent_once.PATIENCE - timedelta(seconds=1))

    assert sending(lambda _asked: HttpResponse(status=302, headers={"Location": "/ahi/"}))["Location"] == "/ahi/"
    assert SentForm.objects.get().location == "/ahi/"


def test_what_was_refused_on_the_page_it_leads_to_may_be_sent_again_too(sending) -> None:
    tried = []

    def refuse(asked) -> HttpResponse:
        messages.error(asked, "Todavía no se puede.")
        tried.append(asked)
        return HttpResponse(status=302, headers={"Location": "/ahi/"})

    for _time in range(2):
        sending(refuse)

    assert SentForm.objects.count() == 0
    assert [[str(one) for one in messages.get_messages(asked)] for asked in tried] == [["Todavía no se puede."]] * 2


def test_what_is_told_of_what_was_done_waits_for_the_page_it_leads_to(sending) -> None:
    def done(asked) -> HttpResponse:
        messages.success(asked, "Guardado.")
        answer = HttpResponse(status=302, headers={"Location": "/ahi/"})
        answer.asked = asked
        return answer

    answer = sending(done)

    assert answer.asked._messages.update(answer) == []
    assert "messages" in answer.cookies
    assert SentForm.objects.get().location == "/ahi/"


def test_a_view_with_its_own_key_is_left_alone(sending) -> None:
    @sent_once.has_own_key
    def view(_asked) -> HttpResponse:
        return HttpResponse(status=302, headers={"Location": "/ahi/"})

    sending(view)

    assert SentForm.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_the_second_waits_for_the_first(sending) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("threads share the one connection of a database in memory")
    made, found = [], []

    def slow(_asked) -> HttpResponse:
        made.append(1)
        sleep(0.3)
        return HttpResponse(status=302, headers={"Location": f"/{len(made)}/"})

    def send() -> None:
        found.append(sending(slow)["Location"])
        connection.close()

    both = [Thread(target=send) for _time in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert (made, found) == ([1], ["/1/", "/1/"])


def test_old_ones_are_forgotten(db) -> None:
    now = timezone.now()
    for days in (0, 2):
        SentForm.objects.create(key=str(days), at=now - timedelta(days=days), location="/")

    sent_once.forget()

    assert [one.key for one in SentForm.objects.all()] == ["0"]
