"""What «Mi trabajo» learns of a self-assessment: the sheets of one's department that nobody wrote yet."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can, departments_where
from cabildo.kit.workdays import Calendar
from cabildo.quality.choices import QualityPermission
from cabildo.quality.queries.self_assessment import OwedSheet, owed_sheets
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar
from cabildo.workflow.rules.standing import standing_on


def duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """The sheets that the departments of this person answer for and are still to write. Three queries."""
    if not can(user, QualityPermission.WRITE_SHEETS):
        return
    mine = departments_where(user, QualityPermission.WRITE_SHEETS)
    owed = [one for one in owed_sheets(user) if not one.is_written and one.sheet.department_id in mine]
    if not owed:
        return
    working_days = calendar(today)
    for one in owed[:limit]:
        yield _duty(one, today, working_days)


def _duty(owed: OwedSheet, today: date, working_days: Calendar) -> Duty:
    return Duty(
        what=_("Autoevaluación: %s") % owed.item.label,
        folio=_("Ciclo %s") % owed.number,
        department=str(owed.sheet.department or ""),
        person="",
        due_on=owed.sheet.due_on,
        state=standing_on(owed.sheet.due_on, today, working_days),
        url=reverse("quality:sheet", args=[owed.number, owed.item.id]),
        action=_("Escribir la ficha"),
    )
