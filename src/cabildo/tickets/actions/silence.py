"""How does a person put administrative silence on record? It never happens by itself."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.jobs import enqueue
from cabildo.tickets import messages
from cabildo.tickets.actions import clocks, internal
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.locking import locked, move
from cabildo.tickets.choices import EventKind, Outcome, SilenceEffect
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import SilenceAct, Ticket, TicketClock
from cabildo.tickets.rules.silence import Certified, certificate, claim_fault, may_declare
from cabildo.ui.spanish import long_date
from cabildo.workflow.actions import take_number
from cabildo.workflow.queries import calendar as municipal_calendar

SERIES = "silence"


@transaction.atomic
def declare(
    ticket: Ticket,
    *,
    effect: str,
    grounds: str,
    by: User,
    today: date,
    claimed_on: date | None = None,
    seen_version: int | None = None,
    keep_internal: bool = False,
) -> SilenceAct:
    """Close a request whose legal term ran out without an answer, and give the certificate (arts. 64 and 65).

    Petitions are deemed rejected. To be deemed accepted, the person must have claimed five business days before.
    """
    ticket = locked(ticket, seen_version=seen_version)
    _check(ticket, effect, grounds, claimed_on, today)
    number = take_number(SERIES, today.year)
    act = SilenceAct.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        number=number,
        year=today.year,
        effect=effect,
        claimed_on=claimed_on,
        grounds=grounds.strip(),
        certificate=_certificate(ticket, effect, grounds, f"{number}/{today.year}", today),
        by=by,
        at=timezone.now(),
    )
    clocks.end_stop(ticket, today=today)
    internal.end_with(ticket, by=by, keep=keep_internal)
    move(ticket, "silence", reason=grounds, outcome=Outcome.SILENCE, closed_at=act.at)
    data = {"silence": act.pk, "effect": effect}
    event = tell(ticket, EventKind.CLOSED, by=by, words=act.certificate, is_public=True, reason="silence", data=data)
    messages.update(ticket, event)
    enqueue("tickets.write_certificate", municipality=ticket.municipality_id, key=f"certificate:{act.pk}", act=act.pk)
    return act


def _check(ticket: Ticket, effect: str, grounds: str, claimed_on: date | None, today: date) -> None:
    if not grounds.strip():
        raise TicketsError("reason_missing")
    if not may_declare(due_on=ticket.legal_due_on, today=today, is_stopped=ticket.is_stopped):
        raise TicketsError("silence_too_early")
    if refusal := claim_refusal(ticket, effect=effect, claimed_on=claimed_on, today=today):
        raise refusal


def claim_refusal(ticket: Ticket, *, effect: str, claimed_on: date | None, today: date) -> TicketsError | None:
    """Why the claim put on record does not stand. To deem it rejected none is needed, nor an old one (art. 65)."""
    received_on = timezone.localdate(ticket.received_at)
    fault = claim_fault(
        claimed_on,
        received_on=received_on,
        due_on=ticket.legal_due_on,
        today=today,
        calendar=municipal_calendar(today),
    )
    if effect != SilenceEffect.ACCEPTED and fault in ("silence_claim_missing", "silence_claim_recent"):
        return None
    dates = {"received": long_date(received_on), "due": long_date(ticket.legal_due_on) if ticket.legal_due_on else ""}
    return TicketsError(fault, **dates) if fault else None


def _certificate(ticket: Ticket, effect: str, grounds: str, number: str, today: date) -> str:
    clock = TicketClock.objects.get(ticket=ticket, clock="legal")
    return certificate(
        Certified(
            municipality=current_municipality().name,
            department=str(ticket.department),
            folio=ticket.folio,
            subject=ticket.category.label,
            received=long_date(ticket.received_at),
            due=long_date(clock.expires_on),
            article=clock.article,
            is_accepted=effect == SilenceEffect.ACCEPTED,
            grounds=grounds.strip(),
            number=number,
            today=long_date(today),
        )
    )
