"""Which open requests does nobody attend to? The office of requests watches over them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from cabildo.accounts.models import Department
from cabildo.accounts.queries import departments_without_people
from cabildo.tickets.choices import OPEN_STATES, State
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.tracking import overdue_derivations


@dataclass(frozen=True)
class EmptyDepartment:
    """A department in which nobody holds a role today, and how many open requests it has."""

    department: Department
    open: int


def not_acknowledged(now: datetime) -> Q:
    """Requests derived more than 24 hours ago that the department has not acknowledged (Ley 19.880, art. 24)."""
    return Q(state=State.DERIVED, pk__in=overdue_derivations(now).values("ticket"))


def without_people() -> Q:
    """Open requests of departments in which nobody holds a role today."""
    return Q(state__in=OPEN_STATES, department__in=departments_without_people().values("pk"))


def empty_departments() -> list[EmptyDepartment]:
    """Departments with open requests and nobody to answer them, those with most first. Two queries at most."""
    counted = Ticket.objects.filter(without_people()).order_by().values_list("department").annotate(Count("pk"))
    open_in = dict(counted)
    if not open_in:
        return []
    found = Department.objects.filter(pk__in=open_in).order_by("name")
    return sorted((EmptyDepartment(one, open_in[one.pk]) for one in found), key=lambda empty: -empty.open)
