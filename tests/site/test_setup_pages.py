import pytest

BASE = "/m/puerto-claro/mesa/puesta-en-marcha/"
PAGES = [
    "",
    "nombre/",
    "color/",
    "color/?tono=145",
    "comuna/",
    "abrir/",
    "planilla/direcciones/",
    "planilla/funcionarios/",
    "feriados/",
    "feriados/calendario/",
    "contenidos/",
    "plazos/",
    "categorias/",
    "categorias/?sin=direccion",
    "categorias/luminaria/",
]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_set_up_opens_to_the_administration(as_user, admin, categories, page: str) -> None:
    assert as_user(admin).get(BASE + page).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_the_set_up_opens_to_an_officer(as_user, diego, categories, page: str) -> None:
    assert as_user(diego).get(BASE + page).status_code == 403
