"""What «Mi trabajo» learns of a consultancy: the next visit to the municipality, with its agenda or its report."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.quality.choices import QualityPermission
from cabildo.quality.queries import consultancy as asked
from cabildo.quality.queries.cycles import open_cycle
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar
from cabildo.workflow.rules.standing import standing_on


def duties(user: Any, today: date, _limit: int) -> Iterable[Duty]:
    """The first visit of the open cycle that was not made yet, for the people of the firm."""
    if not can(user, QualityPermission.REVIEW_AS_CONSULTANT):
        return
    cycle, place = open_cycle(), asked.place_here()
    if cycle is None or place is None or user not in asked.people_in_force(place.consultancy):
        return
    coming = next((one for one in asked.visits_of(cycle) if not one.is_held), None)
    if coming is None:
        return
    page, action = ("visit_report", _("Informar")) if coming.visit else ("visit_agenda", _("Preparar la tabla"))
    yield Duty(
        what=coming.task.label,
        folio=_("Ciclo %s") % cycle.number,
        department="",
        person=str(user),
        due_on=coming.task.due_on,
        state=standing_on(coming.task.due_on, today, calendar(today)),
        url=reverse(f"quality:{page}", args=[cycle.number, coming.number]),
        action=action,
    )
