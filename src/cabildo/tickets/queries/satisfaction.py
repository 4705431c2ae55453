"""What was each requester asked after a closing, and what did they say?"""

from typing import Any

from django.db.models import QuerySet

from cabildo.accounts.queries import active_roles
from cabildo.tickets.choices import Delivery
from cabildo.tickets.models import Answer, Satisfaction, Ticket


def invitations_of(ticket: Ticket) -> QuerySet[Satisfaction]:
    """One for each closing, the newest first."""
    return Satisfaction.objects.filter(ticket=ticket).order_by("-closing")


def invitation_now(ticket: Ticket) -> Satisfaction | None:
    """That of the present closing; None while the request is open, or when there is nobody to ask."""
    if ticket.requester_id is None:
        return None
    return invitations_of(ticket).filter(closing=ticket.reopened_count + 1).first()


def invitation_on_paper(answer: Answer) -> Satisfaction | None:
    """What the letter of this answer must carry because no mail did."""
    return Satisfaction.objects.filter(answer=answer, delivered_by=Delivery.PRINTED, token__isnull=False).first()


def may_give_opinion(user: Any) -> bool:
    """Who works here does not say how the work went, not even by mistake with the neighbour's paper in hand."""
    return not user.is_authenticated or not active_roles(user)
