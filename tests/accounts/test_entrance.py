"""Entering: closed to neighbours before the opening, a second step where it is asked, a new password by mail."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client

from cabildo.accounts import actions, links

HERE = "/m/puerto-claro/"
PORTAL = ["", "solicitudes/nueva/", "seguimiento/"]
ALWAYS = ["cuenta/login/", "cuenta/password/reset/", "estilo/207.css"]


@pytest.fixture
def closed(puerto_claro):
    puerto_claro.opened_at = None
    puerto_claro.save()
    return puerto_claro


@pytest.fixture
def strict(puerto_claro):
    puerto_claro.requires_second_factor = True
    puerto_claro.save()
    return puerto_claro


@pytest.mark.parametrize("page", PORTAL)
def test_before_the_opening_a_neighbour_reads_that_it_is_not_open(closed, client, page: str) -> None:
    answer = client.get(HERE + page)

    assert (answer.status_code, "todavía no abre" in answer.content.decode()) == (503, True)


@pytest.mark.parametrize("page", PORTAL)
def test_before_the_opening_officials_walk_the_portal(closed, as_user, diego, page: str) -> None:
    assert as_user(diego).get(HERE + page).status_code == 200


def test_before_the_opening_somebody_without_a_role_is_a_neighbour(closed, as_user, externo) -> None:
    assert as_user(externo).get(HERE).status_code == 503


@pytest.mark.parametrize("page", ALWAYS)
def test_entering_and_styles_answer_before_the_opening(closed, client, page: str) -> None:
    assert client.get(HERE + page).status_code == 200


def test_a_page_that_does_not_exist_says_so_before_the_opening(closed, client) -> None:
    assert client.get(HERE + "nada/").status_code == 404


def test_without_a_second_step_the_desk_explains_and_leads_to_it(strict, as_user, diego) -> None:
    led = as_user(diego).get(HERE + "mesa/", follow=True)

    assert led.redirect_chain == [(HERE + "cuenta/segundo-paso/", 302)]
    assert "/cuenta/2fa/webauthn/add/" in led.content.decode()


def test_with_a_second_step_set_up_the_desk_opens(strict, as_user, diego) -> None:
    Authenticator.objects.create(user=diego, type=Authenticator.Type.TOTP, data={"secret": "x"})

    assert as_user(diego).get(HERE + "mesa/").status_code == 200


def test_a_session_that_took_the_second_step_asks_nothing_more(strict, as_user, diego) -> None:
    desk = as_user(diego)
    session = desk.session
    session["account_authentication_methods"] = [{"method": "password"}, {"method": "mfa", "type": "totp"}]
    session.save()

    assert desk.get(HERE + "mesa/").status_code == 200


def test_a_forgotten_password_is_changed_by_mail(diego, client, run_jobs) -> None:
    client.post(HERE + "cuenta/password/reset/", {"email": diego.email})
    run_jobs()
    link = re.search(r"http://\S+?(/m/puerto-claro/cuenta/password/reset/key/\S+)", mail.outbox[-1].body)[1]
    form = client.get(link, follow=True)
    new = "otra frase bien larga"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    diego.refresh_from_db()

    assert diego.check_password(new)


def test_an_unknown_address_gets_the_same_page(client, puerto_claro, diego) -> None:
    pages = [
        client.post(HERE + "cuenta/password/reset/", {"email": email}, follow=True).content
        for email in (diego.email, "nadie@ejemplo.cl")
    ]

    assert ["Revise su correo" in page.decode() for page in pages] == [True, True]


def test_after_many_wrong_passwords_one_has_to_wait(diego, client) -> None:
    typed = {"login": diego.email, "password": "no es esta"}
    for _attempt in range(5):
        client.post(HERE + "cuenta/login/", typed)
    right = client.post(HERE + "cuenta/login/", {**typed, "password": "clave-de-prueba"})

    assert right.status_code == 200


def test_nobody_signs_up_by_themselves(client, puerto_claro) -> None:
    page = client.post(HERE + "cuenta/signup/", {"email": "x@x.cl", "password1": "a" * 12, "password2": "a" * 12})

    assert "_auth_user_id" not in client.session
    assert page.status_code == 200


@pytest.mark.parametrize(
    "page", ["mia/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/", "password/change/", "3rdparty/", "logout/"]
)
def test_the_pages_of_ones_account_open(as_user, diego, page: str) -> None:
    desk = Client()
    desk.post(HERE + "cuenta/login/", {"login": diego.email, "password": "clave-de-prueba"})
    desk.post(HERE + "cuenta/reauthenticate/", {"password": "clave-de-prueba"})

    assert desk.get(f"{HERE}cuenta/{page}").status_code == 200


def test_the_arms_are_served_from_an_address_of_their_own(puerto_claro, admin, client) -> None:
    actions.set_arms(puerto_claro, png=b"\x89PNG", by=admin)
    with links.addresses():
        answer = client.get(puerto_claro.arms_url)

    assert (answer.content, answer["Content-Type"]) == (b"\x89PNG", "image/png")
