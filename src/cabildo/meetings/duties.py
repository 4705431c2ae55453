"""What meetings tells «Mi trabajo»: agreements to do, actas to sign and actas to close."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.accounts.queries import same_person
from cabildo.meetings.choices import ActaState, AgreementState, State
from cabildo.meetings.models import Acta, Agreement, Meeting
from cabildo.meetings.permissions import MeetingsPermission
from cabildo.meetings.queries import belonging
from cabildo.meetings.queries.signing import reference
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on


def agreement_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """The open agreements for which this person, or their department, answers. Two queries."""
    if not can(user, MeetingsPermission.ATTEND):
        return
    calendar = municipal_calendar(today)
    owed = Agreement.objects.filter(belonging.answered_by(user), state=AgreementState.OPEN)
    for agreement in owed.select_related("meeting", "user", "department").order_by("due_on", "pk")[:limit]:
        yield Duty(
            what=agreement.what,
            folio=agreement.folio,
            department=str(agreement.department or ""),
            person=str(agreement.user or ""),
            due_on=agreement.due_on,
            state=standing_on(agreement.due_on, today, calendar),
            url=reverse("meetings:agreement", args=[agreement.pk]),
            action=_("Cumplir"),
        )


def acta_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """Actas that this person, who chaired or kept the minutes, has not signed; and minutes they have not closed."""
    if not can(user, MeetingsPermission.ATTEND):
        return
    for acta in unsigned_by(user)[:limit]:
        yield _duty(acta.meeting, reference(acta), _("Firmar"), "meetings:signing")
    for meeting in unclosed_by(user)[:limit]:
        yield _duty(meeting, meeting.folio, _("Cerrar el acta"), "meetings:minutes")


def _duty(meeting: Meeting, folio: str, action: str, page: str) -> Duty:
    return Duty(
        what=_("Acta de «%s»") % meeting.title,
        folio=folio,
        department="",
        person="",
        due_on=None,
        state=DutyState.ON_TIME,
        url=reverse(page, args=[meeting.pk]),
        action=action,
    )


def unsigned_by(user: Any) -> Any:
    """Closed actas that wait for the signature of this person."""
    theirs = Q(meeting__attendances__user__in=same_person(user))
    theirs &= Q(meeting__attendances__came=True, meeting__attendances__role__in=belonging.STEERING)
    waiting = Acta.objects.filter(theirs, state=ActaState.CLOSED)
    signed = Acta.objects.filter(signatures__attendance__user__in=same_person(user)).values("pk")
    return waiting.exclude(pk__in=signed).select_related("meeting").order_by("closed_at", "pk").distinct()


def unclosed_by(user: Any) -> Any:
    """Meetings held whose minutes this person keeps."""
    kept = belonging.seats_of(user).filter(role="secretary").values("body")
    return Meeting.objects.filter(Q(body__in=kept) | Q(body=None, created_by=user), state=State.HELD).order_by("pk")
