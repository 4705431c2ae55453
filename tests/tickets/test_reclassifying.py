"""Changing the subject counts the terms again without forgetting what was decided of them."""

from datetime import timedelta

from django.utils import timezone

from cabildo import audit
from cabildo.tickets.actions import catalogue, clocks, handling
from cabildo.tickets.models import Ticket, TicketClock


def test_an_urgent_request_stays_halved(receive, categories, diego, oficina) -> None:
    ticket, today = receive(), timezone.localdate()
    plain = ticket.legal_due_on
    ticket = clocks.declare_urgent(ticket, reason="Riesgo", by=diego, today=today, seen_version=ticket.version)
    ticket = handling.reclassify(ticket, category=categories["rubbish"], kind="reclamo", by=oficina)

    assert TicketClock.objects.get(ticket=ticket, clock="legal").urgent
    assert Ticket.objects.get(pk=ticket.pk).legal_due_on < plain - timedelta(days=1)


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
