"""What «Mi trabajo» learns of questions to the programme: those that this person answers for the municipality."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.accounts.links import of_agency
from cabildo.quality.choices import HelpState, QualityPermission
from cabildo.quality.queries import help as asked
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on


def duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """For those the programme sends to this municipality; they answer at the desk of their agency. Two queries."""
    if not can(user, QualityPermission.ANSWER_HELP):
        return
    pending = asked.requests().filter(assigned_to=user, state=HelpState.ASKED).order_by("due_on", "pk")
    found = list(pending[:limit])
    if not found:
        return
    calendar = municipal_calendar(today)
    for one in found:
        yield Duty(
            what=_("Consulta: %s") % one.subject,
            folio=one.folio,
            department="",
            person=str(user),
            due_on=one.due_on,
            state=standing_on(one.due_on, today, calendar),
            url=of_agency(one.agency, "programme:help_request", one.municipality.slug, one.pk),
            action=_("Responder"),
        )
