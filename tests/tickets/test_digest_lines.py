"""The morning mail: each request once, with all that it lacks; the subject counts what the lists say."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.tickets.inner_world import MONDAY
from time_machine import travel

from cabildo.accounts.actions import substitute
from cabildo.notifications.models import Message
from cabildo.tickets import digest_lines
from cabildo.tickets.actions import escalation, handling
from cabildo.tickets.models import Derivation, Ticket
from conftest import make_member

MORNING = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # Monday, eight o'clock in Chile
FRIDAY = MONDAY - timedelta(days=3)
AHEAD = MONDAY + timedelta(days=20)


@pytest.fixture
def due(receive):
    """A request whose legal term ends that day, derived that long ago."""

    def make(day: date, code: str = "lamp", *, hours: int = 1, **more) -> Ticket:
        ticket = receive(code)
        Ticket.objects.filter(pk=ticket.pk).update(legal_due_on=day, goal_due_on=date(2027, 3, 1), **more)
        Derivation.objects.filter(ticket=ticket).update(at=MORNING - timedelta(hours=hours))
        return Ticket.objects.get(pk=ticket.pk)

    return make


@pytest.fixture
def read():
    """The subject and the lines of somebody's mail of Monday morning."""

    def read_(person) -> tuple[str, list[str]]:
        with travel(MORNING, tick=False):
            escalation.warn(MORNING)
        mail = Message.objects.get(template="tickets.digest", recipient_user=person)
        return mail.subject, mail.body.splitlines()

    return read_


def lines_of(ticket: Ticket, lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith(f"- {ticket.folio}")]


def test_a_request_stands_once_with_all_that_it_lacks(due, read, oficina) -> None:
    ticket = due(FRIDAY, "rubbish", hours=49)

    subject, lines = read(oficina)

    assert subject == "Su trabajo de hoy: 1 fuera de plazo"
    assert lines_of(ticket, lines) == [
        f"- {ticket.folio}, Basura en la calle. Dirección de Aseo y Ornato. Venció el viernes 20 de noviembre de 2026. "
        "Sin acuse de recibo desde el sábado 21 de noviembre de 2026. Nadie trabaja ahí. Derivar."
    ]


def test_each_line_has_its_link(due, read, oficina) -> None:
    ticket = due(FRIDAY, "rubbish", hours=49)

    _subject, lines = read(oficina)

    address = lines[lines.index(lines_of(ticket, lines)[0]) + 1].strip()
    assert address.startswith("http")
    assert address.endswith(f"/m/puerto-claro/mesa/solicitudes/{ticket.folio}/")


def test_the_subject_counts_what_the_department_is_late_with(due, read, diego, carmen) -> None:
    handling.assign(due(FRIDAY, state="in_progress"), to=diego, by=carmen)
    due(MONDAY)

    subject, lines = read(carmen)

    assert subject == "Su trabajo de hoy: 1 fuera de plazo, 1 vence hoy"
    assert "FUERA DE PLAZO, A CARGO DE OTRAS PERSONAS (1)" in lines
    assert "VENCEN HOY (1)" in lines


@pytest.fixture
def pedro(puerto_claro, aseo):
    return make_member("Pedro Mena", puerto_claro, "department_officer", aseo)


def test_only_another_department_than_the_own_is_named(due, read, diego, pedro, admin) -> None:
    substitute(absent=pedro, substitute=diego, reason="leave", starts_on=MONDAY, ends_on=MONDAY, by=admin)
    own, other = due(FRIDAY), due(FRIDAY, "rubbish")

    _subject, lines = read(diego)

    assert "Dirección" not in lines_of(own, lines)[0]
    assert "Dirección de Aseo y Ornato." in lines_of(other, lines)[0]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ({"day": AHEAD}, "Vence el domingo 13 de diciembre de 2026."),
        ({"day": MONDAY}, "Vence hoy."),
        ({"day": FRIDAY}, "Venció el viernes 20 de noviembre de 2026."),
        ({"day": FRIDAY, "is_stopped": True}, "El plazo está detenido."),
    ],
)
def test_a_date_is_told_as_past_or_to_come(due, read, oficina, term, said) -> None:
    ticket = due(code="rubbish", **term)

    _subject, lines = read(oficina)

    assert said in lines_of(ticket, lines)[0]
    assert sum(lines_of(ticket, lines)[0].count(words) for words in ("Vence ", "Venció", "detenido")) == 1


def test_those_that_do_not_fit_are_counted_and_their_list_linked(due, read, diego, monkeypatch) -> None:
    monkeypatch.setattr(digest_lines, "LINES", 2)
    tickets = [due(FRIDAY) for _number in range(5)]

    subject, lines = read(diego)

    assert subject == "Su trabajo de hoy: 5 fuera de plazo"
    assert sum(len(lines_of(ticket, lines)) for ticket in tickets) == 2
    more = lines.index("Y 3 más. Todas están en la lista:")
    assert lines[more + 1].endswith("/m/puerto-claro/mesa/solicitudes/?situacion=late")


def test_where_counting_stops_it_says_so(due, read, diego, monkeypatch) -> None:
    monkeypatch.setattr(digest_lines, "MOST", 2)
    due(FRIDAY), due(FRIDAY)

    assert read(diego)[0] == "Su trabajo de hoy: 2 o más fuera de plazo"


def test_no_request_stands_twice_in_anybody_s_mail(due, read, oficina, diego, carmen) -> None:
    for day in (FRIDAY, MONDAY, AHEAD):
        due(day, hours=49), due(day, "rubbish", hours=49)

    for person in (oficina, diego, carmen):
        listed = Counter(line.split(",")[0] for line in read(person)[1] if line.startswith("- S-"))
        assert listed
        assert set(listed.values()) == {1}
