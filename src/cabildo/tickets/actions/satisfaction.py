"""How is the requester asked, once per closing, how it went?"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.db.fields import blind
from cabildo.db.locking import lock_rows
from cabildo.people.models import Requester
from cabildo.tickets.actions.events import tell
from cabildo.tickets.choices import EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Satisfaction, Ticket
from cabildo.tickets.rules.satisfaction import reopens

CITIZEN = audit.Actor("citizen")


@dataclass(frozen=True)
class Invitation:
    """What was asked, and the one-use token that only the message or the printed QR carries."""

    satisfaction: Satisfaction
    token: str


def token_index(token: str) -> str:
    return blind("tickets.satisfaction", token)


def invite(ticket: Ticket, *, now: datetime) -> Invitation | None:
    """One invitation for this closing, to the requester; none when there is nobody to ask."""
    if ticket.requester_id is None:
        return None
    token = secrets.token_urlsafe(18)
    asked = Satisfaction.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        closing=ticket.reopened_count + 1,
        token_index=token_index(token),
        channel=ticket.channel,
        department=ticket.department,
        invited_at=now,
        delivered_by="mail" if _reads_mail(ticket.requester) else "printed",
    )
    return Invitation(asked, token)


def _reads_mail(requester: Requester | None) -> bool:
    return requester is not None and bool(requester.email) and requester.blocked_at is None


@transaction.atomic
def answer(token: str, *, solved: bool, grade: int, **more: Any) -> Satisfaction:
    """Record the opinion, once. «Not solved», said in time, reopens the request."""
    from cabildo.tickets.actions.answering import reopen

    given: Satisfaction = lock_rows(Satisfaction.objects.filter(token_index=token_index(token))).get()
    if given.answered_at is not None:
        raise TicketsError("satisfaction_used")
    for name, value in {"solved": solved, "grade": grade, **more}.items():
        setattr(given, name, value)
    given.answered_at = timezone.now()
    given.save()
    ticket = given.ticket
    tell(ticket, EventKind.RATED, by=CITIZEN, data={"grade": grade, "solved": solved})
    if _sends_it_back(given, ticket):
        reopen(ticket, by=CITIZEN, reason="El vecino indicó que no se resolvió.")
    return given


def _sends_it_back(given: Satisfaction, ticket: Ticket) -> bool:
    is_this_closing = given.closing == ticket.reopened_count + 1
    if ticket.closed_at is None or not is_this_closing:
        return False
    return reopens(solved=given.solved, closed_on=timezone.localdate(ticket.closed_at), today=timezone.localdate())
