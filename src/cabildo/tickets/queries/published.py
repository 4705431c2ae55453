"""Which requests may anyone read, and what of them?"""

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from cabildo.tickets.choices import EventKind, ModerationState
from cabildo.tickets.models import Ticket, TicketEvent


def published_tickets() -> QuerySet[Ticket]:
    """Published, and still of a category that publishes: a request that changes subject stops being public at once."""
    return Ticket.objects.filter(
        is_public=True,
        is_reserved=False,
        official=None,
        category__publishes_text=True,
        category__is_reserved=False,
        category__concerns_official=False,
    )


def offerable_tickets() -> QuerySet[Ticket]:
    """Those that others may adhere to, published or not."""
    return Ticket.objects.filter(
        is_reserved=False, official=None, category__is_reserved=False, category__concerns_official=False
    )


def may_be_published(ticket: Ticket) -> bool:
    category = ticket.category
    is_about_official = category.concerns_official or ticket.official_id is not None
    return category.publishes_text and not (ticket.is_reserved or category.is_reserved or is_about_official)


def is_published(ticket: Ticket) -> bool:
    """Is this one of `published_tickets`?"""
    return ticket.is_public and may_be_published(ticket)


def published_text(ticket: Ticket) -> str:
    """What anyone may read of it; empty when it is not published."""
    return ticket.public_text if is_published(ticket) else ""


def private_papers() -> QuerySet[TicketEvent]:
    """The ids of the papers (`paper`) that are never published: given by mail, or later on the tracking page."""
    given = TicketEvent.objects.filter(kind=EventKind.DOCUMENT, data__private=True)
    return given.order_by().annotate(paper=Cast(KT("data__document"), BigIntegerField())).values("paper")


def waiting_for_moderation() -> QuerySet[Ticket]:
    """Texts held for a moderator, the oldest first."""
    waiting = Ticket.objects.filter(moderation=ModerationState.WAITING, category__publishes_text=True)
    return waiting.filter(is_reserved=False, official=None).order_by("received_at", "pk")
