"""A request comes in: folio, secret, department, clocks, receipt; from any channel."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from cabildo.audit.models import Entry
from cabildo.notifications.models import Message
from cabildo.tickets.actions import intake
from cabildo.tickets.actions.catalogue import set_route
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Derivation, TermRule, Ticket, TicketEvent
from cabildo.tickets.queries import tracking


def test_the_department_of_the_category_must_answer(receive, obras) -> None:
    ticket = receive()

    assert (ticket.department, ticket.state) == (obras, "derived")
    assert Derivation.objects.get().to_department == obras


def test_without_a_department_the_office_decides(receive, categories) -> None:
    categories["lamp"].department = None
    categories["lamp"].save()

    ticket = receive()

    assert (ticket.department, ticket.state) == (None, "intake")


def test_folios_follow_one_another(receive) -> None:
    year = timezone.localdate().year

    folios = [receive().folio for _number in range(3)]

    assert [folio[:13] for folio in folios] == [f"S-{year}-00000{number}" for number in (1, 2, 3)]


def test_folio_and_secret_open_the_request_and_nothing_else_does(categories, receive) -> None:
    asked = intake.Intake(category=categories["lamp"], kind="reclamo", text="Una luz apagada", channel="web")
    received = intake.receive(asked, by=None)
    other = receive()

    def opened(folio: str, secret: str) -> Ticket | None:
        return tracking.by_secret(folio, intake.secret_index(folio, secret))

    assert opened(received.ticket.folio, received.secret.lower()) == received.ticket
    assert opened(received.ticket.folio, "AAAAAAAAAA") is None
    assert opened(other.folio, received.secret) is None
    assert received.secret not in received.ticket.secret_index


def test_the_law_s_term_holds_when_the_municipality_sets_none(receive) -> None:
    clock = tracking.legal_clock(receive())

    assert (clock.days, clock.unit, clock.article) == (30, "habiles", "Ley 18.695, art. 98")


def test_the_ordinance_s_term_is_used_and_explained(receive, puerto_claro) -> None:
    TermRule.objects.create(
        municipality=puerto_claro, kind="reclamo", days=10, unit="corridos", article="Ordenanza 5, art. 9"
    )

    clock = tracking.legal_clock(receive(received_at=None))

    assert (clock.days, clock.unit, clock.article) == (10, "corridos", "Ordenanza 5, art. 9")
    assert max(line["number"] or 0 for line in clock.explanation) == 10


def test_a_request_of_saturday_counts_from_monday(receive) -> None:
    saturday = datetime(2026, 11, 21, 15, tzinfo=UTC)

    ticket = receive(received_at=saturday, backdated_reason="carta")
    clock = tracking.legal_clock(ticket)

    assert str(clock.effective_on) == "2026-11-23"
    assert str(ticket.legal_due_on) == "2027-01-07"


def test_the_goal_is_a_clock_apart(receive) -> None:
    clocks = {clock.clock: clock.days for clock in tracking.clocks(receive())}

    assert clocks == {"legal": 30, "internal": 5}


def test_the_area_of_the_point_may_send_it_elsewhere(receive, categories, aseo, admin, puerto_claro) -> None:
    from cabildo.site.demo.cast import HERE
    from cabildo.territory.actions import publish_layer

    content = (HERE / "sectors.geojson").read_bytes()
    publish_layer(
        kind="sector", name="Sectores", content=content, code_property="codigo", name_property="nombre", by=admin
    )
    set_route(categories["lamp"], area_code="S1", department=aseo, by=admin)

    inside, outside = receive(latitude=-33.043, longitude=-71.62), receive(latitude=-30.0, longitude=-71.0)

    assert (inside.area.code, inside.department) == ("S1", aseo)
    assert (outside.area, outside.is_outside) == (None, True)


def test_the_receipt_is_written_at_once(receive) -> None:
    ticket = receive()

    message = Message.objects.get()
    assert (message.template, message.recipient) == ("tickets.received", "rosa@ejemplo.cl")
    assert ticket.folio in message.body


def test_a_closed_category_is_refused_and_nothing_is_kept(receive, categories) -> None:
    categories["lamp"].is_open = False

    with pytest.raises(TicketsError) as refusal:
        receive()

    assert refusal.value.code == "category_closed"
    assert Ticket.objects.count() == 0


def test_an_earlier_date_needs_a_reason(receive) -> None:
    with pytest.raises(TicketsError) as refusal:
        receive(received_at=timezone.now() - timedelta(days=3))

    assert refusal.value.code == "backdate_reason_missing"


def test_a_date_to_come_is_refused(receive) -> None:
    with pytest.raises(TicketsError) as refusal:
        receive(received_at=timezone.now() + timedelta(days=1), backdated_reason="carta")

    assert refusal.value.code == "received_in_future"


def test_the_audit_holds_no_words_and_no_names(receive) -> None:
    receive(text="Palabra secretísima")

    facts = str(list(Entry.objects.values_list("action", "reason", "data")))
    assert "Palabra" not in facts
    assert "Rosa" not in facts
    assert "ticket.received" in facts


def test_the_same_draft_sent_twice_is_one_request(receive) -> None:
    from django.db import IntegrityError, transaction

    receive(source="web", external_id="abc")

    with pytest.raises(IntegrityError), transaction.atomic():
        receive(source="web", external_id="abc")

    assert Ticket.objects.count() == 1


def test_the_neighbour_never_reads_an_official_s_name(receive, diego) -> None:
    from cabildo.tickets.actions import handling

    ticket = receive()
    handling.acknowledge(ticket, by=diego)

    words = " ".join(line.title + line.text for line in tracking.public_timeline(ticket))
    assert "Dirección de Obras" in words
    assert "Diego" not in words
    assert TicketEvent.objects.filter(by=diego).exists()
