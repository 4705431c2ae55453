"""Which requests are of the person who entered?"""

from django.db.models import QuerySet

from cabildo.accounts.models import User
from cabildo.tickets.models import Ticket


def tickets_of_person(user: User) -> QuerySet[Ticket]:
    """Requests made with the RUN that this person proved, newest first."""
    found = Ticket.objects.filter(requester__user=user, requester__anonymised_at=None)
    return found.select_related("category", "department").order_by("-received_at", "-pk")
