"""What municipalities asked the programme, who answers it and until when."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cabildo.accounts.models import Agency, User
from cabildo.accounts.queries import people_of_agency
from cabildo.accounts.roles import roles_with
from cabildo.db.folded import matching
from cabildo.quality.choices import HelpState, QualityPermission
from cabildo.quality.models import HelpEntry, HelpRequest, HelpTerm
from cabildo.quality.models.help import USUAL_DAYS
from cabildo.quality.queries.programme import national_calendar
from cabildo.workflow.rules.deadlines import compute
from cabildo.workflow.rules.terms import Rule, Unit

TERM = "Plazo que fija el organismo del programa"
LATE, MINE = "atrasadas", "mias"


def days_of(agency: Agency) -> int:
    """In how many business days the agency answers."""
    found = HelpTerm.objects.filter(agency=agency).values_list("days", flat=True).first()
    return found if found is not None else USUAL_DAYS


def who_answers(agency: Agency) -> QuerySet[User]:
    """The people of an agency who may answer, by name."""
    return people_of_agency(agency, roles_with(QualityPermission.ANSWER_HELP))


def due_on(asked_on: date, days: int) -> date:
    """The last day of the term, counted in business days of the whole country from the day after."""
    return compute(asked_on, Rule(days, Unit.HABILES, TERM), national_calendar(asked_on)).due_on


def requests() -> QuerySet[HelpRequest]:
    """Those of the scope, with what a line shows."""
    found = HelpRequest.objects.select_related("municipality", "agency", "asked_by", "assigned_to")
    every: QuerySet[HelpRequest] = found
    return every


def narrowed(
    found: QuerySet[HelpRequest], *, today: date, words: str = "", state: str = "", only: str = "", user: Any = None
) -> QuerySet[HelpRequest]:
    """Those that match; `only` asks for the late ones, or for those that `user` answers."""
    found = found.filter(matching(words, "subject", "municipality__name"))
    if state:
        found = found.filter(state=state)
    if only == LATE:
        found = found.filter(Q(state=HelpState.ASKED, due_on__lt=today))
    return found.filter(assigned_to=user) if only == MINE else found


def story_of(request: HelpRequest) -> list[HelpEntry]:
    """What happened, in order. One query."""
    return list(request.entries.select_related("by"))
