"""Who adheres to a request, which were joined to it, and which parts came out of it?"""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from cabildo.tickets import following
from cabildo.tickets.models import Adhesion, Merge, Ticket
from cabildo.tickets.queries.visibility import visible_tickets


@dataclass(frozen=True)
class Family:
    """What belongs together with a request, as far as this person may see it."""

    adherents: int
    followers: int
    merged: list[Merge]
    parts: list[Ticket]
    main: Ticket | None
    whole: Ticket | None


def adherents(ticket: Ticket) -> QuerySet[Adhesion]:
    """People for whom the request is theirs too, now."""
    return Adhesion.objects.filter(ticket=ticket, ended_at=None, is_follower_only=False)


def family(user: Any, ticket: Ticket) -> Family:
    """Adherents and related requests of a record. Six queries."""
    seen = visible_tickets(user)
    followers = Adhesion.objects.filter(ticket=ticket, ended_at=None, is_follower_only=True)
    merges = Merge.objects.filter(into=ticket, undone_at=None, ticket__in=seen).select_related("ticket__category")
    related = seen.in_bulk([pk for pk in (ticket.merged_into_id, ticket.split_from_id) if pk])
    return Family(
        adherents=adherents(ticket).count(),
        followers=followers.count(),
        merged=list(merges),
        parts=list(seen.filter(split_from=ticket).select_related("category").order_by("pk")),
        main=related.get(ticket.merged_into_id),
        whole=related.get(ticket.split_from_id),
    )


def own_adhesion_token(ticket: Ticket) -> str:
    """The link of a joined request's requester to the main one; empty when it is not joined or is theirs too."""
    if ticket.merged_into_id is None:
        return ""
    joined = Merge.objects.filter(ticket=ticket, undone_at=None).select_related("adhesion").first()
    adhesion = joined.adhesion if joined else None
    return following.adhesion_token(adhesion) if adhesion and adhesion.ended_at is None else ""
