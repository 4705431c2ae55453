"""Changing the subject counts the terms again without forgetting what was decided of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo import audit
from cabildo.tickets.actions import catalogue, clocks, handling, importing
from cabildo.tickets.models import TermRule, Ticket, TicketClock, TicketEvent
from tickets.import_world import file_of, mapping, row


def test_an_urgent_request_stays_halved(receive, categories, diego, oficina) -> None:
    ticket, today = receive(), timezone.localdate()
    plain = ticket.legal_due_on
    ticket = clocks.declare_urgent(ticket, reason="Riesgo", by=diego, today=today, seen_version=ticket.version)
    ticket = handling.reclassify(ticket, category=categories["rubbish"], kind="reclamo", by=oficina)

    assert TicketClock.objects.get(ticket=ticket, clock="legal").urgent
    assert Ticket.objects.get(pk=ticket.pk).legal_due_on < plain - timedelta(days=1)


@pytest.fixture
def extended(receive, carmen, puerto_claro) -> Ticket:
    """A request of twenty days with ten more."""
    TermRule.objects.create(municipality=puerto_claro, days=20, unit="habiles", article="Ordenanza 1")
    ticket, today = receive(), timezone.localdate()
    return clocks.extend(
        ticket, extra_days=10, reason="Falta un informe", by=carmen, today=today, seen_version=ticket.version
    )


@pytest.mark.parametrize(("days", "kept"), [(25, 10), (8, 4)], ids=["whole", "half of a shorter term"])
def test_an_extension_decided_earlier_stays_within_half_of_the_new_term(
    extended, categories, oficina, days, kept
) -> None:
    term = {"days": days, "unit": "habiles", "article": "Ordenanza 2"}
    TermRule.objects.create(municipality=extended.municipality, category=categories["rubbish"], **term)

    ticket = handling.reclassify(extended, category=categories["rubbish"], kind="reclamo", by=oficina)

    clock = TicketClock.objects.get(ticket=ticket, clock="legal")
    assert (clock.days, clock.extra_days) == (days, kept)
    assert Ticket.objects.get().legal_due_on == clock.extended_due_on > clock.due_on


@pytest.mark.parametrize("due", ["04/13/2018 11:11:26 PM", ""])
def test_what_a_source_dated_keeps_its_dates_and_says_so(categories, oficina, due) -> None:
    source = mapping()
    stream = file_of(row(Plazo=due))
    run = importing.begin_from_command(stream, file_name="viejo.csv", mapping=source, by=audit.SYSTEM)
    importing.import_file(stream, run, source, by=audit.SYSTEM, progress=lambda _done, _total: None)
    before = Ticket.objects.get()

    handling.reclassify(before, category=categories["rubbish"], kind="reclamo", by=oficina)

    after = Ticket.objects.get()
    assert (after.category, after.legal_due_on) == (categories["rubbish"], None)
    assert (after.goal_due_on, after.clocks.count()) == (before.goal_due_on, int(bool(due)))
    assert "fechas de su fuente" in TicketEvent.objects.get(kind="reclassified").words


def test_a_subject_without_goal_leaves_no_goal_behind(receive, categories, oficina) -> None:
    categories["lamp"].goal_days, categories["rubbish"].goal_days = 5, None
    for category in categories.values():
        category.save()
    ticket = handling.reclassify(receive(), category=categories["rubbish"], kind="reclamo", by=oficina)

    assert Ticket.objects.get(pk=ticket.pk).goal_due_on is None


def test_a_subject_that_stops_publishing_takes_back_what_was_published(client, receive, categories) -> None:
    Ticket.objects.filter(pk=receive().pk).update(is_public=True, public_text="El foco no prende.")
    seen = client.get("/m/puerto-claro/solicitudes/").content.decode()
    catalogue.configure_category(categories["lamp"], by=audit.SYSTEM, publishes_text=False)
    after = client.get("/m/puerto-claro/solicitudes/novedades.rss").content.decode()

    assert "El foco no prende." not in after
    assert Ticket.objects.get().folio in seen
    assert Ticket.objects.get().public_text == ""
