"""Entering speaks of a «clave», as every other page does."""

import pytest


def test_the_entrance_says_clave_and_never_contrasena(client, puerto_claro) -> None:
    page = client.get("/m/puerto-claro/cuenta/login/").content.decode()

    assert ("Clave" in page, "¿Olvidó su clave?" in page, "ontraseña" in page) == (True, True, False)


def test_who_enters_is_greeted_in_plain_words(client, diego) -> None:
    given = {"login": diego.email, "password": "clave-de-prueba"}
    page = client.post("/m/puerto-claro/cuenta/login/", given, follow=True).content.decode()

    assert ("Usted entró como Diego Soto" in page, "exitosamente" in page) == (True, False)


def test_changing_it_says_clave_too(as_user, diego) -> None:
    page = as_user(diego).get("/m/puerto-claro/cuenta/password/change/").content.decode()

    assert ("Su clave de ahora" in page, "Clave nueva, otra vez" in page) == (True, True)


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        ("corta", "Es muy corta. Escriba una clave de 10 caracteres o más."),
        ("DiegoSoto1", "Se parece a su nombre y apellidos. Escriba una clave que nadie pueda adivinar."),
        ("password123", "Es una de las más usadas. Escriba una clave que nadie pueda adivinar."),
        ("83719264650", "Tiene sólo números. Agregue letras."),
    ],
)
def test_a_key_that_will_not_do_is_told_what_to_do(as_user, diego, tried, told) -> None:
    given = {"oldpassword": "clave-de-prueba", "password1": tried, "password2": tried}

    page = as_user(diego).post("/m/puerto-claro/cuenta/password/change/", given).content.decode()

    assert (told in page, "ontraseña" in page) == (True, False)
