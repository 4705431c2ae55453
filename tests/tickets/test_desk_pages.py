"""The desk in the browser: list, record, steps; what is refused keeps what was typed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.audit.models import Entry
from cabildo.tickets.models import Ticket

LIST = "/m/puerto-claro/mesa/solicitudes/"
TURNS = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


def page(client, path: str = "", **query) -> str:
    answer = client.get(LIST + path, query)
    assert answer.status_code == 200, answer
    return answer.content.decode()


@pytest.fixture
def desk(as_user, diego):
    return as_user(diego)


def test_the_list_shows_the_department_s_requests_only(desk, receive) -> None:
    mine, other = receive(), receive("rubbish")

    shown = page(desk)

    assert mine.folio in shown
    assert other.folio not in shown


@pytest.mark.parametrize(
    ("query", "found"),
    [({"q": "poste"}, True), ({"q": "inexistente"}, False), ({"estado": "closed"}, False), ({"tipo": "reclamo"}, True)],
)
def test_search_and_filters_narrow_the_list(desk, receive, query, found) -> None:
    ticket = receive()

    assert (ticket.folio in page(desk, **query)) is found


def test_the_list_asks_the_same_number_of_questions_whatever_it_shows(desk, receive) -> None:
    receive()
    page(desk)
    with CaptureQueriesContext(
        connection,
    ) as one:
        page(desk)
    for _number in range(2):
        receive()
    with CaptureQueriesContext(connection) as three:
        page(desk)

    assert len(one) == len(three) <= 12


def test_creating_asks_at_most_twenty_writes_and_questions(desk, receive) -> None:
    given = {"kind": "reclamo", "name": "Rosa Pérez", "email": "rosa@ejemplo.cl", "text": "El poste está apagado."}
    receive()
    address = f"{LIST}ingresar/counter/luminaria/"
    desk.post(address, {**given, "place": "Los Aromos 120"})

    with CaptureQueriesContext(connection) as asked:
        answer = desk.post(address, {**given, "place": "Los Aromos 122"})

    statements = [query["sql"] for query in asked if not query["sql"].startswith(TURNS)]
    assert answer.status_code == 302
    assert len(statements) <= 20, "\n".join(statements)


def test_the_record_tells_what_is_asked_and_logs_that_it_was_read(desk, receive) -> None:
    ticket = receive()

    shown = page(desk, f"{ticket.folio}/")

    assert "Rosa Pérez" in shown
    assert Entry.objects.filter(action="personal_data.read", subject_id=str(ticket.requester_id)).count() == 1


def test_the_record_says_how_both_dates_were_counted(desk, receive) -> None:
    ticket = receive()

    shown = page(desk, f"{ticket.folio}/plazo/")

    assert "Ley 18.695, art. 98" in shown
    assert "meta interna" in shown


def test_another_department_does_not_even_learn_that_it_exists(as_user, receive, puerto_claro, aseo) -> None:
    from conftest import make_member

    paula = make_member("Paula Aseo", puerto_claro, "department_officer", aseo)

    assert as_user(paula).get(f"{LIST}{receive().folio}/").status_code == 404


def test_who_it_was_derived_from_reads_but_takes_no_step(as_user, receive, carmen, diego, aseo) -> None:
    from cabildo.tickets.actions import handling

    ticket = handling.derive(receive(), to=aseo, reason="ramas", by=carmen)
    client = as_user(diego)

    assert client.get(f"{LIST}{ticket.folio}/").status_code == 200
    assert client.get(f"{LIST}{ticket.folio}/paso/acusar/").status_code == 404


@pytest.mark.parametrize(("length", "opened"), [(600, True), (601, False)])
def test_whoever_takes_a_step_has_the_request_in_sight(desk, receive, length, opened) -> None:
    asked = "El foco. ".ljust(length, "x")
    ticket = receive(text=asked)

    for step in ("responder", "derivar"):
        shown = page(desk, f"{ticket.folio}/paso/{step}/")
        assert asked in shown
        assert ('<details class="mb-3" open>' in shown) == opened


def test_a_refused_answer_keeps_the_text(desk, receive) -> None:
    ticket = receive()
    typed = {"version": ticket.version, "outcome": "not_competent", "text": "Corresponde a Vialidad."}

    answer = desk.post(f"{LIST}{ticket.folio}/paso/responder/", typed)

    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Corresponde a Vialidad." in shown
    assert "Indique a qué organismo" in shown


def test_an_old_page_is_told_what_changed_and_loses_nothing(desk, receive, oficina, aseo, diego) -> None:
    ticket = receive()
    typed = {"version": ticket.version, "outcome": "resolved", "text": "Ya está arreglada."}
    Ticket.objects.filter(pk=ticket.pk).update(version=9)

    shown = desk.post(f"{LIST}{ticket.folio}/paso/responder/", typed).content.decode()

    assert "Otra persona cambió esta solicitud" in shown
    assert "Ya está arreglada." in shown
    assert Ticket.objects.get().state == "derived"


def test_the_counter_registers_and_hands_a_receipt(as_user, oficina, categories) -> None:
    client = as_user(oficina)
    given = {
        "kind": "reclamo",
        "text": "Luz apagada en la plaza",
        "place": "Plaza",
        "name": "Rosa",
        "run": "12.345.678-5",
    }

    sent = client.post(f"{LIST}ingresar/counter/luminaria/", given)

    assert sent.status_code == 302, sent.context["form"].errors
    ticket = Ticket.objects.get()
    assert (ticket.channel, ticket.registered_by, ticket.requester.run) == ("counter", oficina, "12345678-5")
    assert client.get(sent["Location"] + "?formato=pdf").content.startswith(b"%PDF")


def test_a_letter_of_last_week_needs_its_reason(as_user, oficina, categories) -> None:
    given = {"kind": "reclamo", "text": "Luz apagada", "place": "Plaza", "name": "Rosa", "received_on": "2026-01-05"}

    shown = as_user(oficina).post(f"{LIST}ingresar/paper/luminaria/", given).content.decode()

    assert "Explique por qué la fecha de ingreso es anterior" in shown
    assert "Luz apagada" in shown


def test_who_may_not_put_a_request_on_record_is_not_offered_to(as_user, alcaldesa, oficina, receive) -> None:
    receive()

    pages = [as_user(who).get("/m/puerto-claro/mesa/solicitudes/").content.decode() for who in (alcaldesa, oficina)]

    assert ["Ingresar solicitud" in page for page in pages] == [False, True]


def test_a_letter_from_another_century_is_asked_about_at_its_field(as_user, oficina, categories) -> None:
    given = {"kind": "reclamo", "text": "Luz apagada", "place": "Plaza", "name": "Rosa", "received_on": "1900-01-01"}

    shown = as_user(oficina).post(f"{LIST}ingresar/paper/luminaria/", given)

    assert "hace más de 10 años" in str(shown.context["form"].errors["received_on"])
