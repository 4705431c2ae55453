"""What the desk tells «Mi trabajo»: the requests this person must do something about."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import can, holds_everywhere
from cabildo.accounts.queries import department_ids
from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import OPEN_STATES, State, TicketPermission
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import unattended
from cabildo.tickets.queries.answers import corrections_of, returned_answers
from cabildo.tickets.queries.approvals import awaiting
from cabildo.tickets.queries.concerned import not_about
from cabildo.tickets.queries.in_place import left_to
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
CORRECT = _("Corregir la respuesta")


def mine(user: Any) -> QuerySet[Ticket]:
    """Open requests on which this person, or whom they stand in for, has the next step.

    Who directs all of them watches over those that nobody else does: not acknowledged within 24 hours (Ley 19.880,
    art. 24), or in a department where nobody works. So does who stands for them, on what is kept from them.
    """
    return _owed(user, left_to(user))


def _owed(user: Any, left: Collection[int]) -> QuerySet[Ticket]:
    departments = department_ids(user)
    owed = Q(department__in=departments, state=State.DERIVED)
    owed |= Q(department__in=departments, state__in=[State.IN_PROGRESS, State.WAITING], assignee__in=[user])
    owed |= Q(department__in=departments, state__in=[State.IN_PROGRESS, State.WAITING], assignee=None)
    owed |= Q(department__in=departments, pk__in=corrections_of(user).values("ticket"))
    owed |= Q(pk__in=awaiting(user).values("pk"))
    if holds_everywhere(user, TicketPermission.DERIVE):
        owed |= _watched_over()
    elif left:
        owed |= _watched_over() & Q(pk__in=left)
    return not_about(Ticket.objects.filter(owed, state__in=OPEN_STATES), user)


def _watched_over() -> Q:
    return Q(state=State.INTAKE) | unattended.not_acknowledged(timezone.now()) | unattended.without_people()


def duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """The first `limit` requests owed, by legal date. Two queries, four for who directs all."""
    if not can(user, TicketPermission.VIEW):
        return
    days, departments = municipal_calendar(today), department_ids(user)
    left = left_to(user)
    directs = bool(left) or holds_everywhere(user, TicketPermission.DERIVE)
    empty = {one.department.pk for one in unattended.empty_departments()} if directs else set()
    came_back = Exists(returned_answers().filter(ticket=OuterRef("pk")))
    owed = _owed(user, left).select_related("category", "department", "assignee").annotate(came_back=came_back)
    tickets = owed.order_by("legal_due_on", "pk")
    for ticket in tickets[:limit]:
        action, where = _asked(ticket, departments, empty)
        yield Duty(
            what=ticket.category.label,
            folio=ticket.folio,
            department=str(where),
            person=str(ticket.assignee or ""),
            due_on=ticket.legal_due_on,
            state=standing(ticket, today, days),
            url=reverse("tickets:detail", args=[ticket.folio]),
            action=str(action),
            group="waiting" if ticket.state == State.WAITING else "mine",
        )


def _asked(ticket: Ticket, departments: Collection[int], empty: Collection[int]) -> tuple[str, str]:
    """What is asked of this person, and of which department it is; where they only watch over it, why it is shown."""
    came_back = ticket.came_back  # type: ignore[attr-defined]
    own_step = str(CORRECT if came_back else NEXT_STEP[State(ticket.state)])
    if ticket.department is None:
        return own_step, gettext("sin dirección")
    if ticket.department_id in departments:
        return own_step, str(ticket.department)
    if ticket.department_id in empty:
        return gettext("Derivar"), gettext("%s: nadie trabaja ahí") % ticket.department
    if ticket.state == State.APPROVAL:
        return own_step, str(ticket.department)
    return gettext("Revisar"), gettext("%s: sin acuse de recibo hace más de 24 horas") % ticket.department


def standing(ticket: Ticket, today: date, calendar: Calendar) -> str:
    """How an open request stands against its legal date, from its own columns."""
    if ticket.is_stopped:
        return DutyState.STOPPED
    return standing_on(ticket.legal_due_on, today, calendar)
