"""How is the requester asked, once per closing, how it went?"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.fields import blind
from cabildo.db.locking import lock_rows
from cabildo.people.models import Requester
from cabildo.tickets.actions.events import tell
from cabildo.tickets.choices import Delivery, EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Answer, Satisfaction, Ticket
from cabildo.tickets.rules.folio import new_secret
from cabildo.tickets.rules.satisfaction import normal_token, reopens

CITIZEN = audit.Actor("citizen")


def token_index(token: str) -> str:
    return blind("tickets.satisfaction", normal_token(token))


def invite(ticket: Ticket, given: Answer, *, now: datetime) -> Satisfaction | None:
    """One invitation for this closing, to the requester; none when there is nobody to ask."""
    if ticket.requester_id is None:
        return None
    token = new_secret()
    return Satisfaction.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        answer=given,
        closing=ticket.reopened_count + 1,
        token=token,
        token_index=token_index(token),
        channel=ticket.channel,
        department=ticket.department,
        invited_at=now,
        delivered_by=Delivery.MAIL if _reads_mail(ticket.requester) else Delivery.PRINTED,
    )


def _reads_mail(requester: Requester | None) -> bool:
    return requester is not None and bool(requester.email) and requester.blocked_at is None


@transaction.atomic
def print_invitation(invitation: Satisfaction, *, by: User) -> Satisfaction:
    """Put on record that this official took it on paper, to be handed to who asked. Never what went by mail."""
    invitation = lock_rows(Satisfaction.objects.filter(pk=invitation.pk)).get()
    if invitation.answered_at is not None:
        raise TicketsError("invitation_answered")
    if invitation.delivered_by != Delivery.PRINTED:
        raise TicketsError("invitation_mailed")
    if invitation.token is None:
        _give_token(invitation)
    invitation.printed_at = timezone.now()
    invitation.save(update_fields=["token", "token_index", "printed_at"])
    audit.record("satisfaction.printed", on=invitation, by=by)
    return invitation


def _give_token(invitation: Satisfaction) -> None:
    """It was to be printed when codes were not kept: nobody holds the old one."""
    invitation.token = new_secret()
    invitation.token_index = token_index(invitation.token)


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
