"""What «Mi trabajo» learns of immediate actions: by the day they are due."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import ImmediateAction
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on


def duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """What this person answers for and is not done, in cycles that go on. Two queries."""
    if not can(user, QualityPermission.FINISH_ACTION):
        return
    pending = ImmediateAction.objects.filter(responsible=user, done_on=None, cycle__closed_on=None)
    found = list(pending.select_related("cycle").order_by("due_on", "pk")[:limit])
    if not found:
        return
    calendar = municipal_calendar(today)
    for action in found:
        yield Duty(
            what=_("Acción inmediata: %s") % action.what,
            folio=str(action.cycle),
            department="",
            person=str(user),
            due_on=action.due_on,
            state=standing_on(action.due_on, today, calendar),
            url=reverse("quality:immediate_finish", args=[action.cycle.number, action.pk]),
            action=_("Anotar que se hizo"),
        )
