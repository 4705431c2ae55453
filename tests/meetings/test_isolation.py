"""Nobody of another municipality, nobody without account and nobody uninvolved finds or changes a meeting."""

import pytest
from django.test import Client
from django.urls import URLPattern
from tests.meetings.conftest import DAY, TEN

from cabildo.accounts.access import roles
from cabildo.accounts.models import Department, Membership
from cabildo.accounts.scoping import in_municipality
from cabildo.meetings.actions import agreements, signing
from cabildo.meetings.urls import urlpatterns
from conftest import LONG_AGO, make_member, make_user
from journeys.planted import changed, rows_of

SECRETS = ("Plan de invierno", "Sesión de noviembre", "Comité de Emergencias", "Rosa Pérez", "Limpiar los canales")


@pytest.fixture
def planted(held, sonia, obras) -> list[str]:
    """Every address of a closed meeting with everything in it."""
    from cabildo.meetings.actions.minutes import close_minutes

    made = agreements.agree(held, what="Limpiar los canales", due_on=DAY, department=obras, by=sonia)
    acta = close_minutes(held, at=TEN, by=sonia)
    signing.write_acta(acta)
    person = held.attendances.get(name="Rosa Pérez")
    places = {"meeting_id": held, "body_id": held.body, "member_id": person.member, "item_id": held.items.first()}
    places |= {"attendance_id": person, "agreement_id": made, "acta_id": acta}
    return [_filled(pattern, places) for pattern in urlpatterns]


def _filled(pattern: URLPattern, places: dict) -> str:
    address = str(pattern.pattern)
    for name, row in places.items():
        address = address.replace(f"<int:{name}>", str(row.pk))
    assert "<" not in address
    return f"mesa/reuniones/{address}"


SENT = {"reason": "x", "words": "x", "field": "text", "revision": 9, "how": "paper", "evidence": "x"}
SENT |= {"done_on": DAY.isoformat(), "channel": "phone", "title": "x", "minutes": 5}


def leaks(client: Client, base: str, addresses: list[str]) -> list[str]:
    """The addresses that show something, read or sent to."""
    found = []
    for address in addresses:
        for answer in (client.get(base + address), client.post(base + address, SENT)):
            shown = answer.content.decode(errors="replace") + str(answer.headers)
            if any(secret in shown for secret in SECRETS) or answer.content.startswith(b"%PDF"):
                found.append(address)
    return found


def foreigner(role: str, municipality) -> Client:
    user = make_user("Forastera")
    with in_municipality(municipality):
        place = Department.objects.create(municipality=municipality, code="obras", name="Obras de allá")
        department = place if roles()[role].in_department else None
        Membership.objects.create(
            municipality=municipality, user=user, role=role, department=department, starts_on=LONG_AGO
        )
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("base", ["/m/puerto-claro/", "/m/otra-comuna/"])
@pytest.mark.parametrize("role", ["municipal_secretary", "mayor", "department_head"])
def test_no_role_of_another_municipality_finds_or_changes_anything(
    role, base, planted, puerto_claro, otra_comuna
) -> None:
    before = rows_of(puerto_claro)

    assert leaks(foreigner(role, otra_comuna), base, planted) == []

    assert changed(before, rows_of(puerto_claro)) == []


@pytest.mark.parametrize("role", ["requests_office", "administrator", "data_protection", "counter_officer", None])
def test_the_uninvolved_find_and_change_nothing(role, planted, puerto_claro, as_user) -> None:
    client = as_user(make_member("Nora Luz", puerto_claro, role)) if role else Client()
    before = rows_of(puerto_claro)

    assert leaks(client, "/m/puerto-claro/", planted) == []

    after = rows_of(puerto_claro)
    assert [key for key in changed(before, after) if key[0].startswith(("meetings.", "documents."))] == []


def test_the_walk_does_find_what_the_secretary_may_read(planted, as_user, sonia) -> None:
    client, base = as_user(sonia), "/m/puerto-claro/"

    shown = "".join(client.get(base + address).content.decode(errors="replace") for address in planted)

    assert [secret for secret in SECRETS if secret not in shown] == []
