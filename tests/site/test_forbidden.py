"""A page that a role does not open says whom to ask, in the clothes of where the person works."""

import pytest

from conftest import make_member
from factories.programme import entered, make_agency, make_agency_member

pytestmark = pytest.mark.django_db
CLOSED = "/m/puerto-claro/mesa/importaciones/"
SENT = "lo da el organismo que le envía"
OWN = "administración de la plataforma en su municipalidad"


def refusal(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 403
    return answer.content.decode()


def test_an_official_asks_the_administration_of_the_municipality_from_the_desk(diego, as_user) -> None:
    page = refusal(as_user(diego), CLOSED)

    assert OWN in page
    assert 'class="portal"' not in page


def test_whoever_is_sent_asks_who_sent_them(puerto_claro, as_user) -> None:
    page = refusal(as_user(make_member("Pedro Gil", puerto_claro, "programme_professional")), CLOSED)

    assert SENT in page
    assert OWN not in page


def test_who_works_at_an_agency_asks_there(db) -> None:
    agency = make_agency()
    coordinator = make_agency_member("Coco Paz", agency, "validation_coordinator")

    page = refusal(entered(coordinator), "/a/subdere/calidad/consultas/")

    assert "a quien administra su organismo" in page
    assert 'class="portal"' not in page


def test_who_has_no_role_here_sees_the_portal(puerto_claro, externo, as_user) -> None:
    assert 'class="portal"' in refusal(as_user(externo), CLOSED)
