"""A form sent with the token of an earlier session: what was typed comes back, to its writer alone."""

import pytest
from django.test import Client

HOME = "/m/puerto-claro/"
PAGE = f"http://testserver{HOME}seguimiento/"
TEXT = "Cambiamos la luminaria el lunes\nen la mañana."
OURS = {"Sec-Fetch-Site": "same-origin", "Referer": PAGE}


@pytest.fixture
def send(puerto_claro):
    def send_(given: dict[str, str], **headers: str) -> str:
        browser = Client(enforce_csrf_checks=True)
        answer = browser.post(f"{HOME}seguimiento/", {"csrfmiddlewaretoken": "x" * 64, **given}, headers=headers)
        assert answer.status_code == 403
        return answer.content.decode()

    return send_


def test_a_long_text_comes_back_with_the_advice_to_copy_it_first(send) -> None:
    page = send({"text": TEXT, "folio": "S-1"}, **OURS)

    assert TEXT in page
    assert "Cópielo antes de seguir" in page
    assert f'href="{PAGE}"' in page
    assert "S-1" not in page


@pytest.mark.parametrize("name", ["password", "new_password1", "csrfmiddlewaretoken", "seen"])
def test_neither_secrets_nor_what_the_page_carried_hidden_come_back(send, name) -> None:
    assert "frase secreta de muchas letras" not in send({name: "frase secreta de muchas letras"}, **OURS)


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://otro.example"}])
def test_what_another_site_sends_is_not_shown_here(send, headers) -> None:
    page = send({"text": TEXT}, Referer="https://otro.example/", **headers)

    assert "Cambiamos la luminaria" not in page
    assert "otro.example" not in page


def test_without_a_text_to_give_back_nothing_says_that_reloading_keeps_it(send) -> None:
    page = send({"folio": "S-1"}, **OURS)

    assert "copie lo que escribió: al recargar la página podría borrarse" in page
    assert "lo que escribió sigue ahí" not in page
