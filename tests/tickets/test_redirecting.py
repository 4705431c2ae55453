"""What belongs to another regime takes its term from the law that rules it, and is noted for the office."""

from datetime import UTC, date, datetime

import pytest

from cabildo import audit
from cabildo.tickets import redirects
from cabildo.tickets.actions import handling, importing, intake
from cabildo.tickets.actions.catalogue import set_term
from cabildo.tickets.models import Category, Ticket, TicketClock, TicketEvent
from cabildo.tickets.queries.terms import legal_rule
from tickets.import_world import file_of, mapping, row
from tickets.inner_world import adopt_national_tree

CHANNELS = ["web", "mail", "counter", "phone", "paper", "social", "open311"]
SUNDAY = datetime(2026, 11, 22, 15, tzinfo=UTC)
DESK = "/m/puerto-claro/mesa/solicitudes/ingresar/counter/"
CLOSED = {"Estado": "Cerrada", "Cierre": "04/14/2018 01:00:00 PM"}
LAW = {
    "id": "acceso_informacion",
    "label": "Acceso a la información",
    "norm": "Ley 20.285",
    "keywords": ("copia del decreto",),
}
TERM = {"days": 20, "unit": "habiles", "source": {"norm": "Ley 20.285", "article": "artículo 14"}}
MORE = {"days": 10, "unit": "habiles", "source": {"norm": "Ley 20.285", "article": "artículo 14"}}


@pytest.fixture
def one_regime(monkeypatch) -> dict:
    law = {**LAW}
    monkeypatch.setattr(redirects.packs, "bodies_in_use", lambda *_asked: [{"redirects": [law]}])
    return law


@pytest.fixture
def national(puerto_claro, time_machine) -> None:
    time_machine.move_to(SUNDAY, tick=False)
    adopt_national_tree(puerto_claro)


def ask(code: str, **more) -> Ticket:
    given = {"kind": "solicitud", "text": "Necesito un documento.", "channel": "counter", **more}
    return intake.receive(intake.Intake(category=Category.objects.get(code=code), **given), by=audit.SYSTEM).ticket


@pytest.mark.parametrize("channel", CHANNELS)
def test_its_words_are_noted_in_every_channel(categories, one_regime, channel: str) -> None:
    ticket = ask("luminaria", text="Quiero COPIA del decreto 12", channel=channel)

    note = TicketEvent.objects.get(ticket=ticket, kind="note")
    assert ("Ley 20.285" in note.words, note.is_public) == (True, False)


def test_an_ordinary_request_is_not_noted(categories, one_regime) -> None:
    ask("luminaria", text="Poste apagado")

    assert not TicketEvent.objects.filter(kind="note").exists()


@pytest.mark.parametrize("channel", CHANNELS)
def test_access_to_information_is_due_within_its_own_law_wherever_it_came_in(national, channel: str) -> None:
    ticket = ask("acceso_informacion", channel=channel)

    clock = TicketClock.objects.get(ticket=ticket, clock="legal")
    assert (ticket.legal_due_on, clock.days, clock.unit) == (date(2026, 12, 22), 20, "habiles")
    assert (clock.article, clock.extension_limit) == ("Ley 20.285, artículo 14", 10)
    assert "Su materia es de otra vía" in TicketEvent.objects.get(ticket=ticket, kind="note").words


def test_its_subject_and_its_words_make_one_note(national) -> None:
    ticket = ask("acceso_informacion", text="Solicito copia de las actas del concejo.")

    assert TicketEvent.objects.filter(ticket=ticket, kind="note").count() == 1


def test_a_subject_told_to_use_a_way_without_a_term_keeps_the_ordinary_one(national) -> None:
    rule = legal_rule(Category.objects.get(code="audiencia_autoridad"), "solicitud")

    assert (rule.days, rule.article) == (30, "Ley 18.695, artículo 98")


def test_what_the_municipality_fixed_for_that_subject_comes_first(national, admin) -> None:
    subject = Category.objects.get(code="acceso_informacion")
    set_term(kind="", category=subject, days=10, unit="habiles", article="Ordenanza 4, art. 2", by=admin)

    assert legal_rule(subject, "solicitud").days == 10


def test_a_subject_whose_way_left_the_tree_is_an_ordinary_one(categories, one_regime) -> None:
    categories["lamp"].definition["redirect"] = "otra_ley"

    assert legal_rule(categories["lamp"], "reclamo").days == 30


@pytest.mark.parametrize(("extension", "limit"), [(MORE, 10), (None, 0)])
def test_a_way_without_extension_admits_none(categories, one_regime, extension, limit: int) -> None:
    one_regime.update(term=TERM, extension=extension)
    categories["lamp"].definition["redirect"] = LAW["id"]

    assert legal_rule(categories["lamp"], "reclamo").longest_extension == limit


def test_moved_to_such_a_subject_it_takes_its_term_and_is_noted(national, oficina) -> None:
    ticket = ask("otra")
    assert ticket.legal_due_on == date(2027, 1, 7)

    handling.reclassify(ticket, category=Category.objects.get(code="acceso_informacion"), kind="solicitud", by=oficina)

    assert Ticket.objects.get().legal_due_on == date(2026, 12, 22)
    assert TicketEvent.objects.get(kind="note").data == {"redirect": "acceso_informacion"}


def test_a_row_of_a_file_takes_its_term_and_an_open_one_is_noted(categories, one_regime) -> None:
    one_regime.update(term=TERM, extension=MORE)
    Category.objects.filter(code="basura").update(label="Bache", definition={"redirect": LAW["id"]})
    source, rows = mapping(due="chilean_term"), file_of(row(), row(Id="2", **CLOSED))
    run = importing.begin_from_command(rows, file_name="viejo.csv", mapping=source, by=audit.SYSTEM)

    importing.import_file(rows, run, source, by=audit.SYSTEM, progress=lambda _done, _total: None)

    terms = TicketClock.objects.filter(clock="legal").values_list("days", "article", "extension_limit")
    assert set(terms) == {(20, "Ley 20.285, artículo 14", 10)}
    assert [note.ticket.external_id for note in TicketEvent.objects.filter(kind="note")] == ["1"]


def test_rights_over_data_received_all_the_same_are_noted_with_what_to_do(national) -> None:
    ticket = ask("datos_personales", channel="mail")

    clock = TicketClock.objects.get(ticket=ticket, clock="legal")
    assert (clock.days, clock.unit, clock.extension_limit) == (30, "corridos", 30)
    assert "«Ingresar un derecho»" in TicketEvent.objects.get(kind="note").words


def test_the_counter_reads_the_law_of_the_subject(national, as_user, oficina) -> None:
    page = as_user(oficina).get(f"{DESK}acceso_informacion/").content.decode()

    assert "Deben responderle en 20 días hábiles" in page


def test_the_counter_is_led_to_the_form_of_rights_over_data(national, as_user, oficina) -> None:
    led = as_user(oficina).get(f"{DESK}datos_personales/")

    assert led["Location"] == "/m/puerto-claro/mesa/datos-personales/ingresar/"
