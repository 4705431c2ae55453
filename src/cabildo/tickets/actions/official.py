"""How is it put on record of which official a complaint speaks, so that they never see it?"""

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo.accounts.models import User
from cabildo.accounts.queries import same_person
from cabildo.tickets.actions import naming
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.choices import EventKind, ModerationState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.concerned import is_about
from cabildo.tickets.queries.published import may_be_published


@transaction.atomic
def name_official(ticket: Ticket, *, official: User, by: User, seen_version: int | None = None) -> Ticket:
    """From now on this person does not see the request, is not in charge of it, and nothing of it is published.

    Who was named before is changed with `correct_official` alone, which asks why.
    """
    ticket = locked(ticket, seen_version=seen_version)
    if ticket.official is not None:
        raise TicketsError("official_named")
    if is_about(by, ticket):
        raise TicketsError("official_is_oneself")
    _keep_from(ticket, official, by=by)
    # the timeline says that it was done, and not of whom
    words = _("Se indicó de qué funcionario o funcionaria trata el reclamo: esa persona no lo ve.")
    tell(ticket, EventKind.NOTE, by=by, words=words, data={"official": official.pk})
    return ticket


@transaction.atomic
def set_aside(ticket: Ticket, *, reason: str, by: User, seen_version: int | None = None) -> Ticket:
    """It is not known of whom it speaks: from now on it is read as any other, but by whom its words may mean.

    They stay out until one is named.
    """
    if not reason.strip():
        raise TicketsError("reason_missing")
    ticket = locked(ticket, seen_version=seen_version)
    if not ticket.official_pending:
        raise TicketsError("official_unchanged")
    if is_about(by, ticket):
        raise TicketsError("official_is_oneself")
    save(ticket, official_pending=False)
    words = _("Se dejó constancia de que no se sabe de qué funcionario o funcionaria trata. Motivo: {reason}")
    tell(ticket, EventKind.NOTE, by=by, words=words.format(reason=reason.strip()), data={"official": None})
    return ticket


@transaction.atomic
def correct_official(
    ticket: Ticket, *, official: User | None, reason: str, by: User, seen_version: int | None = None
) -> Ticket:
    """It speaks of another official, or of none: at once the new one does not see it and the former one may again.

    Neither of them corrects it. What left the public page does not come back by itself.
    """
    if not reason.strip():
        raise TicketsError("reason_missing")
    ticket = locked(ticket, seen_version=seen_version)
    before = ticket.official
    if before is None or before == official:
        raise TicketsError("official_unchanged")
    if by.pk in same_person(before):
        raise TicketsError("official_is_oneself")
    if official is None:
        save(ticket, official=None)
    else:
        _keep_from(ticket, official, by=by)
    words = _("Se corrigió de qué funcionario o funcionaria trata el reclamo. Motivo: {reason}")
    data = {"official": official.pk if official else None, "before": before.pk}
    tell(ticket, EventKind.NOTE, by=by, words=words.format(reason=reason.strip()), data=data)
    return ticket


def _keep_from(ticket: Ticket, official: User, *, by: User) -> None:
    """Out of sight and out of the hands of every account of this person, and of the public page."""
    their_accounts = same_person(official)
    if by.pk in their_accounts:
        raise TicketsError("official_is_oneself")
    assignee = None if ticket.assignee_id in their_accounts else ticket.assignee
    naming.forget(ticket)
    save(ticket, "official_pending", official=official, assignee=assignee)
    if ticket.moderation and not may_be_published(ticket):
        save(ticket, is_public=False, public_text="", moderation=ModerationState.NEVER)
