"""Nobody reads or changes a request but those docs/reference/access.md names."""

import re
from pathlib import Path

import pytest
from django.test import Client

from cabildo.accounts.access import roles
from cabildo.accounts.models import Department, Membership, User
from cabildo.accounts.scoping import in_municipality
from cabildo.tickets.actions import official
from cabildo.tickets.models import Mention, Ticket, TicketEvent
from conftest import LONG_AGO, make_member, make_user
from journeys.planted import (
    SEARCH,
    SECRETS,
    Planted,
    about_requests,
    added_to,
    addresses,
    changed,
    plant,
    reads,
    rows_of,
    sends,
    shown,
)

pytestmark = pytest.mark.django_db

TABLE = Path(__file__).parents[2] / "docs" / "reference" / "access.md"
BASE = "/m/puerto-claro/"
WHO = {
    "Dirección responsable, funcionario": ("department_officer", "obras"),
    "Dirección responsable, jefatura": ("department_head", "obras"),
    "Dirección que la derivó": ("department_officer", "social"),
    "Dirección a la que se pidió un informe": ("department_officer", "aseo"),
    "Oficina de solicitudes": ("requests_office", None),
    "Alcaldía": ("mayor", None),
    "Unidad de control": ("control_unit", None),
    "Otra dirección, jefatura": ("department_head", "transito"),
    "Otra dirección, funcionario": ("department_officer", "transito"),
    "Atención de público": ("counter_officer", None),
    "Administración de la plataforma": ("administrator", None),
    "Protección de datos personales": ("data_protection", None),
    "Cuenta sin rol en la municipalidad": (None, None),
    "Persona sin cuenta": (None, None),
}
UNNAMED = "Lee un reclamo mientras no se sabe de qué funcionario trata"
IN_PLACE = "Deriva un reclamo que nadie de la oficina puede leer"
UNINVOLVED = [who for who in WHO if who not in list(WHO)[:7]]


@pytest.fixture
def departments(puerto_claro, obras, aseo) -> dict[str, Department]:
    def make(code: str, name: str) -> Department:
        return Department.objects.create(municipality=puerto_claro, code=code, name=name)

    social, transito = make("social", "Desarrollo Comunitario"), make("transito", "Tránsito")
    return {"obras": obras, "aseo": aseo, "social": social, "transito": transito}


@pytest.fixture
def planted(departments, categories, diego) -> Planted:
    category = categories["lamp"]
    category.needs_approval = True
    category.save()
    return plant(category, departments["social"], departments["aseo"], diego)


@pytest.fixture
def enter(puerto_claro, departments, as_user):
    """A browser in which somebody of this row of the table has entered."""

    def browser(who: str) -> Client:
        if who == "Persona sin cuenta":
            return Client()
        role, code = WHO[who]
        name = f"Persona {role}"
        return as_user(make_member(name, puerto_claro, role, departments.get(code)) if role else make_user(name))

    return browser


def told(row: str) -> dict[str, str]:
    """One row of the table as the page tells it."""
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    names, rows = cells(lines[0]), [cells(line) for line in lines[2:]]
    return next(dict(zip(names, values, strict=True)) for values in rows if values[0] == row)


def cells(line: str) -> list[str]:
    return [re.sub(r" \(.*", "", cell.strip()) for cell in line.strip("|").split("|")]


def found(client: Client, planted: Planted) -> dict[str, str]:
    """The same row as the program behaves: read, identity, papers, work, answer a report."""
    page = client.get(f"{BASE}mesa/solicitudes/{planted.ticket.folio}/")
    seen = shown(page) if page.status_code == 200 else set()
    inner = f"{BASE}mesa/internas/{planted.asked.year}/{planted.asked.number}/"
    client.post(f"{BASE}mesa/solicitudes/{planted.ticket.folio}/paso/anotar/", {**planted.payload, "text": "Obrado"})
    client.post(inner + "responder/", {"text": "Informado"})
    paper = client.get(f"{BASE}documentos/{planted.places['public_id']}/")
    planted.asked.refresh_from_db()
    return {
        "Lee la solicitud": word("text" in seen),
        "Ve quién la pidió si es reservada": word(bool(seen & {"name", "email", "phone", "run", "run as shown"})),
        "Abre sus documentos si es reservada": word("document" in shown(paper)),
        "La trabaja": word(TicketEvent.objects.filter(ticket=planted.ticket, words="Obrado").exists()),
        "Responde el informe pedido": word(planted.asked.answer == "Informado"),
    }


def word(held: bool) -> str:
    return "sí" if held else "no"


@pytest.mark.parametrize("who", WHO)
def test_who_sees_a_request_is_what_the_table_says(who, enter, planted) -> None:
    expected = told(who)
    del expected["Quién"], expected[UNNAMED], expected[IN_PLACE]

    assert found(enter(who), planted) == expected


def test_the_table_has_no_row_that_is_not_tested() -> None:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]

    assert [cells(line)[0] for line in lines[2:]] == list(WHO)


@pytest.mark.parametrize("role", ["department_head", "requests_office", "mayor"])
def test_a_complaint_about_an_official_never_reaches_that_official(
    role, departments, categories, diego, as_user
) -> None:
    lamp = categories["lamp"]
    named = make_member("Denunciado Uno", lamp.municipality, role, departments["obras"] if "head" in role else None)
    planted = plant(lamp, departments["social"], departments["aseo"], diego, official=named)

    assert set(found(as_user(named), planted).values()) == {"no"}


@pytest.fixture
def unnamed(departments, categories, diego) -> Planted:
    """A complaint about an official that says only a surname, derived by one department and asked of another."""
    lamp = categories["lamp"]
    question = {"id": "persona", "label": "¿De quién reclama?", "type": "text"}
    lamp.concerns_official, lamp.definition = True, {**lamp.definition, "questions": [question]}
    lamp.save()
    return plant(lamp, departments["social"], departments["aseo"], diego, answers={"persona": "La señora Aludida"})


@pytest.mark.parametrize("who", WHO)
def test_who_reads_a_complaint_whose_official_is_not_known_is_what_the_table_says(who, enter, unnamed) -> None:
    page = enter(who).get(f"{BASE}mesa/solicitudes/{unnamed.ticket.folio}/")

    assert unnamed.ticket.official_pending
    assert word(page.status_code == 200 and "text" in shown(page)) == told(who)[UNNAMED]


@pytest.fixture
def kept_from_office(departments, categories, diego, oficina) -> Ticket:
    """A complaint about the only person of the office, under way; somebody of control may read it."""
    make_member("Otra de control", oficina.memberships.get().municipality, "control_unit")
    planted = plant(categories["lamp"], departments["social"], departments["aseo"], diego, official=oficina)
    Ticket.objects.update(state="in_progress")
    return planted.ticket


@pytest.mark.parametrize("who", WHO)
def test_who_derives_what_is_kept_from_all_of_the_office_is_what_the_table_says(
    who, enter, kept_from_office, oficina, as_user
) -> None:
    client = as_user(oficina) if who == "Oficina de solicitudes" else enter(who)
    to = Department.objects.get(code="transito")
    sent = {"version": kept_from_office.version, "department": to.pk, "reason": "Corresponde a Tránsito."}

    client.post(f"{BASE}mesa/solicitudes/{kept_from_office.folio}/paso/derivar/", sent)

    kept_from_office.refresh_from_db()
    assert word(kept_from_office.department == to) == told(who)[IN_PLACE]


@pytest.mark.parametrize("role", ["department_head", "requests_office", "mayor", "control_unit"])
def test_whom_the_words_may_name_finds_it_at_no_address(role, departments, unnamed, as_user) -> None:
    """No list, search, API, export or file: the walk reads and sends to all of them."""
    here = unnamed.ticket.municipality
    named = make_member("Zoila Aludida", here, role, departments["obras"] if "head" in role else None)
    Mention.objects.create(municipality=here, ticket=unnamed.ticket, user=named)
    client = as_user(named)

    leaks = {a.name: seen for a in addresses(unnamed) if (seen := reads(client, BASE, a, {}, SEARCH))}

    assert leaks == {}


@pytest.mark.parametrize("role", ["mayor", "control_unit"])
def test_whom_a_wrong_line_hides_it_from_is_named_to_the_office_and_reads_it_again_once_corrected(
    role, planted, diego, oficina, as_user
) -> None:
    hidden = make_member("Persona Equivocada", planted.ticket.municipality, role)
    page = f"{BASE}mesa/solicitudes/{planted.ticket.folio}/"
    ticket = official.name_official(planted.ticket, official=hidden, by=diego)
    office = as_user(oficina)
    record = office.get(page).content.decode()

    assert as_user(hidden).get(page).status_code == 404
    assert all(words in record for words in ("Persona Equivocada", "Lo indicó Diego Soto"))
    correction = {"version": ticket.version, "official": "", "text": "Se indicó a otra persona."}
    office.post(f"{page}paso/corregir-funcionario/", correction)
    assert as_user(hidden).get(page).status_code == 200


@pytest.mark.slow  # a walk through every address, reading and sending: one per kind of person
@pytest.mark.parametrize("who", UNINVOLVED)
def test_the_uninvolved_find_nothing_at_any_address(who, enter, puerto_claro, planted) -> None:
    client, about = enter(who), about_requests()
    before = rows_of(puerto_claro, about)

    leaks = walk(client, BASE, planted)

    with in_municipality(puerto_claro):
        after = rows_of(puerto_claro, about)
    assert (leaks, changed(before, after), added_to(planted.ticket, before, after)) == ({}, [], [])


def walk(client: Client, base: str, planted: Planted) -> dict[str, set[str]]:
    """What each address gives away; the session must last to the end, or the walk would prove nothing."""
    was_in = "_auth_user_id" in client.session
    leaks = {}
    for address in addresses(planted):
        seen = reads(client, base, address, SEARCH) | sends(client, base, address, planted.payload)
        if seen:
            leaks[address.name] = seen
    assert ("_auth_user_id" in client.session) == was_in
    return leaks


def foreigner(role: str, municipality) -> User:
    """Somebody who holds this role in another municipality, in a department if the role needs one."""
    user = make_user("Forastera")
    with in_municipality(municipality):
        department = Department.objects.create(municipality=municipality, code="obras", name="Obras de allá")
        Membership.objects.create(
            municipality=municipality,
            user=user,
            role=role,
            department=department if roles()[role].in_department else None,
            starts_on=LONG_AGO,
        )
    return user


@pytest.mark.slow  # as above
@pytest.mark.parametrize("base", [BASE, "/m/otra-comuna/"], ids=["at our addresses", "at their own"])
@pytest.mark.parametrize("role", roles())
def test_no_role_of_another_municipality_finds_anything(role, base, otra_comuna, planted, as_user) -> None:
    client, here = as_user(foreigner(role, otra_comuna)), planted.ticket.municipality
    before = rows_of(here)

    leaks = walk(client, base, planted)

    after = rows_of(here)
    assert (leaks, changed(before, after), added_to(planted.ticket, before, after)) == ({}, [], [])


def test_the_walk_does_find_what_the_responsible_may_read(planted, as_user, carmen) -> None:
    """Else the tests above would pass with addresses that lead nowhere."""
    client = as_user(carmen)

    seen = {address.name: reads(client, BASE, address, {}, SEARCH) for address in addresses(planted)}

    assert set(SECRETS) - set().union(*seen.values()) == set()
    assert {"download", "file_download"} <= {name for name, secrets in seen.items() if "document" in secrets}
    assert {"detail", "read_ticket"} <= {name for name, secrets in seen.items() if "text" in secrets}
