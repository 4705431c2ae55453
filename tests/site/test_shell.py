"""What surrounds every page: how long the session lasts, unread notices, one's own links, drafts that are forgotten."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.notifications.models import InboxItem, Message

HOME = "/m/puerto-claro/"
DESK = f"{HOME}mesa/"
SESSION = f"{HOME}cuenta/sesion/"


def end_in(browser: Client, minutes: int) -> None:
    Session.objects.filter(session_key=browser.session.session_key).update(
        expire_date=timezone.now() + timedelta(minutes=minutes)
    )


def seconds_in(page: str) -> int:
    return int(re.search(r'data-session-seconds="(\d+)"', page)[1])


def test_the_page_counts_from_the_end_that_the_server_keeps(as_user, diego) -> None:
    browser = as_user(diego)
    end_in(browser, minutes=5)

    assert 290 <= seconds_in(browser.get(DESK).content.decode()) <= 300


def test_to_ask_how_long_the_session_lasts_does_not_prolong_it(as_user, diego) -> None:
    browser = as_user(diego)
    end_in(browser, minutes=5)
    browser.get(SESSION)

    assert 290 <= browser.get(SESSION).json()["seconds"] <= 300


def test_to_stay_begins_the_whole_age_anew(as_user, diego, settings) -> None:
    browser = as_user(diego)
    end_in(browser, minutes=5)
    browser.post(SESSION)

    assert browser.get(SESSION).json()["seconds"] >= settings.SESSION_COOKIE_AGE - 10


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_inside_has_no_time_left_and_gets_no_session(puerto_claro, method) -> None:
    browser = Client()

    assert getattr(browser, method)(SESSION).json() == {"seconds": 0}
    assert Session.objects.count() == 0


def test_to_enter_again_elsewhere_gives_the_open_form_a_token_that_works(as_user, diego) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(diego, backend="allauth.account.auth_backends.AuthenticationBackend")
    token = browser.get(SESSION).json()["token"]

    assert browser.post(SESSION, {"csrfmiddlewaretoken": token}).status_code == 200


def test_a_page_left_open_by_somebody_else_gets_neither_time_nor_token(as_user, diego, oficina) -> None:
    browser = as_user(oficina)
    left_open = re.search(r'data-session-url="([^"]+)"', as_user(diego).get(DESK).content.decode())[1]

    assert browser.get(left_open).json() == {"seconds": 0}
    assert browser.get(f"{SESSION}?de={oficina.pk}").json()["seconds"] > 0


def test_the_bell_says_how_many_notices_are_unread(as_user, diego, puerto_claro) -> None:
    for number, read_at in enumerate((None, None, timezone.now())):
        message = Message.objects.create(
            municipality=puerto_claro, channel="inbox", template="t", dedup_key=str(number), created_at=timezone.now()
        )
        InboxItem.objects.create(
            municipality=puerto_claro, user=diego, message=message, created_at=timezone.now(), read_at=read_at
        )

    assert "2 avisos sin leer" in as_user(diego).get(DESK).content.decode()


@pytest.mark.parametrize(("page", "times"), [(DESK, 1), (HOME, 0)])
def test_notices_are_counted_once_and_only_for_a_page_with_the_bell(as_user, diego, page, times) -> None:
    browser = as_user(diego)
    with CaptureQueriesContext(connection) as asked:
        browser.get(page)

    assert sum("inboxitem" in query["sql"] for query in asked.captured_queries) == times


def test_the_menu_leads_to_the_own_account(as_user, diego) -> None:
    assert f'href="{HOME}cuenta/mia/"' in as_user(diego).get(DESK).content.decode()


@pytest.mark.parametrize(("run_index", "is_offered"), [("prueba", True), (None, False)])
def test_my_requests_are_offered_to_who_proved_their_run(as_user, externo, run_index, is_offered) -> None:
    externo.run_index = run_index
    externo.save()

    assert (f'href="{HOME}mis-solicitudes/"' in as_user(externo).get(HOME).content.decode()) is is_offered


def test_the_portal_lets_out_who_is_inside_and_lets_in_who_is_not(as_user, externo) -> None:
    inside, outside = as_user(externo).get(HOME).content.decode(), Client().get(HOME).content.decode()

    assert "Salir de su cuenta" in inside
    assert "Salir de su cuenta" not in outside
    assert "Ingreso de funcionarios y funcionarias" in outside


def test_leaving_forgets_every_draft_of_the_device(as_user, diego) -> None:
    left = as_user(diego).post(f"{HOME}cuenta/logout/", follow=True).content.decode()

    assert 'data-autosave-clear="*"' in left
