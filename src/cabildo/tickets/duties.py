"""What the desk tells «Mi trabajo»: the requests this person must do something about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import can, departments_where, holds_everywhere
from cabildo.accounts.queries import department_ids, same_person
from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import OPEN_STATES, State, TicketPermission
from cabildo.tickets.models import Ticket
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on

NEXT_STEP = {
    State.INTAKE: _("Clasificar y derivar"),
    State.DERIVED: _("Acusar recibo"),
    State.IN_PROGRESS: _("Responder"),
    State.WAITING: _("Revisar"),
    State.APPROVAL: _("Aprobar"),
}


def mine(user: Any) -> QuerySet[Ticket]:
    """Open requests on which this person, or whom they stand in for, has the next step."""
    departments = department_ids(user)
    approves = departments_where(user, TicketPermission.APPROVE)
    owed = Q(department__in=departments, state=State.DERIVED)
    owed |= Q(department__in=departments, state__in=[State.IN_PROGRESS, State.WAITING], assignee__in=[user])
    owed |= Q(department__in=departments, state__in=[State.IN_PROGRESS, State.WAITING], assignee=None)
    owed |= Q(department__in=approves, state=State.APPROVAL)
    if holds_everywhere(user, TicketPermission.DERIVE):
        owed |= Q(state=State.INTAKE)
    return Ticket.objects.filter(owed, state__in=OPEN_STATES).exclude(official__in=same_person(user))


def duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """The first `limit` requests owed, by legal date. Two queries."""
    if not can(user, TicketPermission.VIEW):
        return
    days = municipal_calendar(today)
    tickets = mine(user).select_related("category", "department", "assignee").order_by("legal_due_on", "pk")
    for ticket in tickets[:limit]:
        yield Duty(
            what=ticket.category.label,
            folio=ticket.folio,
            department=str(ticket.department or gettext("sin dirección")),
            person=str(ticket.assignee or ""),
            due_on=ticket.legal_due_on,
            state=standing(ticket, today, days),
            url=reverse("tickets:detail", args=[ticket.folio]),
            action=str(NEXT_STEP[State(ticket.state)]),
            group="waiting" if ticket.state == State.WAITING else "mine",
        )


def standing(ticket: Ticket, today: date, calendar: Calendar) -> str:
    """How an open request stands against its legal date, from its own columns."""
    if ticket.is_stopped:
        return DutyState.STOPPED
    return standing_on(ticket.legal_due_on, today, calendar)
