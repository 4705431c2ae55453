"""What «Mi trabajo» learns of plans: activities by their end, and corrective measures by theirs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can, departments_where
from cabildo.kit.workdays import Calendar
from cabildo.plans.choices import PlansPermission
from cabildo.plans.models import CorrectiveMeasure, PlanNode
from cabildo.plans.queries import owed
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on


def duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """What this person owes to plans. Three queries."""
    if not can(user, PlansPermission.REPORT):
        return
    calendar = municipal_calendar(today)
    mine = departments_where(user, PlansPermission.REPORT)
    for node in owed.activities_of(user, mine)[:limit]:
        yield duty_of(node, today, calendar)
    for measure in owed.measures_of(user)[:limit]:
        yield _measure(measure, today, calendar)


def duty_of(node: PlanNode, today: date, calendar: Calendar) -> Duty:
    """An open activity as something owed."""
    return Duty(
        what=f"{node.label}. {node.plan}",
        folio=node.code,
        department=str(node.department or ""),
        person=str(node.responsible or ""),
        due_on=node.ends_on,
        state=standing_on(node.ends_on, today, calendar),
        url=reverse("plans:node", args=[node.pk]),
        action=_("Informar avance"),
    )


def _measure(measure: CorrectiveMeasure, today: date, calendar: Calendar) -> Duty:
    return Duty(
        what=_("Medida correctiva: %s") % measure.what,
        folio=measure.node.code,
        department=str(measure.node.department or ""),
        person=str(measure.responsible),
        due_on=measure.due_on,
        state=standing_on(measure.due_on, today, calendar),
        url=reverse("plans:node", args=[measure.node_id]),
        action=_("Cumplir"),
    )
