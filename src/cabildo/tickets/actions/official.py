"""How is it put on record of which official a complaint speaks, so that they never see it?"""

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo.accounts.models import User
from cabildo.accounts.queries import same_person
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.choices import EventKind, ModerationState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.published import may_be_published


@transaction.atomic
def name_official(ticket: Ticket, *, official: User, by: User, seen_version: int | None = None) -> Ticket:
    """From now on this person does not see the request, is not in charge of it, and nothing of it is published."""
    ticket = locked(ticket, seen_version=seen_version)
    their_accounts = same_person(official)
    if by.pk in their_accounts:
        raise TicketsError("official_is_oneself")
    assignee = None if ticket.assignee_id in their_accounts else ticket.assignee
    save(ticket, official=official, assignee=assignee)
    if ticket.moderation and not may_be_published(ticket):
        save(ticket, is_public=False, public_text="", moderation=ModerationState.NEVER)
    # the timeline says that it was done, and not of whom
    words = _("Se indicó de qué funcionario o funcionaria trata el reclamo: esa persona no lo ve.")
    tell(ticket, EventKind.NOTE, by=by, words=words, data={"official": official.pk})
    return ticket
