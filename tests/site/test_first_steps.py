"""Who is new to the desk is shown three real tasks of their role; each is done when opened, and all can be put away."""

import pytest
from django.test import Client

from cabildo.site import roles
from cabildo.ui.parts import Step
from conftest import make_member

DESK = "/m/puerto-claro/mesa/"


def shown_to(browser: Client) -> list[Step]:
    return browser.get(DESK).context["first_steps"]


@pytest.mark.parametrize("role", [role.slug for role in roles.ALL if role.is_outside or not role.in_agency])
def test_every_role_is_shown_tasks_that_it_may_open(role, puerto_claro, obras, as_user) -> None:
    in_department = obras if role.startswith("department") else None
    user = make_member("Nora Nueva", puerto_claro, role, in_department)
    browser = as_user(user)
    shown = shown_to(browser)

    assert len(shown) in {2, 3}
    assert [browser.get(step.url, follow=True).status_code for step in shown] == [200] * len(shown)


def test_the_desk_shows_them_until_all_were_opened(as_user, diego) -> None:
    browser = as_user(diego)
    shown = shown_to(browser)
    assert "Sus primeros pasos" in browser.get(DESK).content.decode()
    for step in shown:
        browser.get(step.url)

    assert "Sus primeros pasos" not in browser.get(DESK).content.decode()


def test_an_opened_task_is_done_and_the_next_is_the_current(as_user, diego) -> None:
    browser = as_user(diego)
    browser.get(shown_to(browser)[0].url)

    assert [step.state for step in shown_to(browser)] == ["done", "current", "pending"]


def test_what_was_put_away_does_not_come_back(as_user, diego) -> None:
    browser = as_user(diego)
    browser.post(f"{DESK}primeros-pasos/")

    assert "Sus primeros pasos" not in browser.get(DESK).content.decode()
    assert shown_to(browser) == []


def test_each_person_puts_away_only_their_own(as_user, diego, carmen) -> None:
    as_user(diego).post(f"{DESK}primeros-pasos/")

    assert len(shown_to(as_user(carmen))) == 3


def test_a_task_of_another_role_does_not_exist(as_user, diego) -> None:
    assert as_user(diego).get(f"{DESK}primeros-pasos/abrir/").status_code == 404


@pytest.mark.parametrize(("role", "words"), [("programme_professional", "2 tareas"), ("mayor", "3 tareas")])
def test_it_counts_the_tasks_that_it_shows(role, words, puerto_claro, as_user) -> None:
    page = as_user(make_member("Nora Nueva", puerto_claro, role)).get(DESK).content.decode()

    assert f"{words} de verdad" in page
    assert "Busque una solicitud" not in page
