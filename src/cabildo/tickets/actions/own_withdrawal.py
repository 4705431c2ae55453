"""How does a neighbour withdraw their request from its own page? (Ley 19.880, art. 42)"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo.tickets import messages
from cabildo.tickets.actions import answering
from cabildo.tickets.actions.locking import locked
from cabildo.tickets.actions.satisfaction import CITIZEN
from cabildo.tickets.choices import EventKind, Outcome
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket, TicketEvent
from cabildo.tickets.queries.tracking import why_not_withdrawn
from cabildo.ui.spanish import long_date


@transaction.atomic
def withdraw_own(ticket: Ticket, *, today: date) -> Ticket:
    """«Ya no la necesito»: close it as withdrawn by who made it, and tell its department. Twice does no harm.

    Refused as `queries.tracking.why_not_withdrawn` says. Whoever holds the tracking link does it: nobody has signed in.
    """
    ticket = locked(ticket)
    if ticket.outcome == Outcome.WITHDRAWN:
        return ticket
    if refusal := why_not_withdrawn(ticket):
        raise TicketsError(refusal)
    words = _("Quien la hizo la retiró en su página de seguimiento el {day}.").format(day=long_date(today))
    told = {"said_by": "requester", "how": "tracking_page", "on": today.isoformat()}
    ticket = answering.withdraw(ticket, by=CITIZEN, reason=words, today=today, told=told)
    closed = TicketEvent.objects.filter(ticket=ticket, kind=EventKind.CLOSED).latest("pk")
    messages.tell_officials(ticket, "withdrawn", closed)
    return ticket
