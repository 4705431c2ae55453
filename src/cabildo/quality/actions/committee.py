"""How is the committee of a cycle appointed, and how is its launch planned?"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.queries import people_here
from cabildo.meetings.actions import bodies, planning
from cabildo.meetings.actions.bodies import Act, Who
from cabildo.meetings.choices import ActKind, BodyKind, MeetingKind, Role, Sector
from cabildo.meetings.models import Body, Meeting
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.choices import COUNTERPARTS
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Committee, Cycle
from cabildo.quality.queries import committee as asked

LAUNCH_LASTS = timedelta(hours=2)
POINTS = (
    (say("Palabras de la alcaldía: para qué se hace el programa"), 20),
    (say("Qué es el programa, cuánto dura y qué se pedirá a cada dirección"), 40),
    (say("Presentación del Comité de Mejora"), 20),
    (say("Preguntas y opiniones"), 40),
)


@transaction.atomic
def appoint_committee(
    cycle: Cycle,
    *,
    number: str,
    on: date,
    secretary: User,
    today: date,
    by: User,
    paper: File | None = None,
) -> Committee:
    """Appoint it by decreto alcaldicio: the mayor leads, both counterparts have a seat (seed 001, slide 24).

    `secretary` is the counterpart who keeps the minutes. QualityError in_future, decree_missing, committee_exists,
    counterparts_first, secretary_elsewhere, no_mayor; DocumentsError for the file.
    """
    cycle = hold_open(cycle.pk)
    must_have_come(today, on=on)
    mayor, counterparts = _who_must_sit(cycle, secretary, today)
    if not number.strip():
        raise QualityError("decree_missing")
    act = Act(ActKind.DECREE, number.strip(), on)
    body = bodies.create_body(
        name=_("Comité de Mejora · %s") % cycle,
        kind=BodyKind.COMMITTEE,
        act=act,
        by=by,
        paper=paper,
        purpose=_("Planifica y conduce las etapas del programa de calidad, las comunica y sigue sus avances."),
    )
    committee: Committee = Committee.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, body=body)
    Body.objects.filter(pk=body.pk).update(on_type=committee._meta.label_lower, on_id=str(committee.pk))
    _seat(body, mayor, Role.CHAIR, act, by)
    for user in counterparts:
        if user != mayor:
            _seat(body, user, Role.SECRETARY if user == secretary else Role.MEMBER, act, by)
    audit.record("committee.appointed", on=committee, by=by, data={"body": body.pk, "on": on.isoformat()})
    return committee


def _who_must_sit(cycle: Cycle, secretary: User, today: date) -> tuple[User, list[User]]:
    """The mayor and the two counterparts in force."""
    if Committee.objects.filter(cycle=cycle).exists():
        raise QualityError("committee_exists")
    counterparts = [one.user for one in cycle.counterparts.filter(ended_on=None).select_related("user")]
    if len(counterparts) < COUNTERPARTS:
        raise QualityError("counterparts_first")
    if secretary not in counterparts:
        raise QualityError("secretary_elsewhere")
    mayor = asked.mayors(today).order_by("pk").first()
    if mayor is None:
        raise QualityError("no_mayor")
    return mayor.user, counterparts


def _seat(body: Body, user: User, role: str, act: Act, by: User) -> None:
    who = Who(user=user, sector=Sector.MUNICIPAL)
    bodies.appoint(body, who, starts_on=act.on, role=role, act=act, by=by)


@transaction.atomic
def correct_decree(
    committee: Committee, *, number: str, on: date, today: date, by: User, paper: File | None = None
) -> Committee:
    """Write the decree as it truly was, and keep its file. QualityError cycle_closed, in_future, decree_missing."""
    hold_open(committee.cycle_id)
    must_have_come(today, on=on)
    if not number.strip():
        raise QualityError("decree_missing")
    bodies.correct_act(committee.body, Act(ActKind.DECREE, number.strip(), on), paper=paper, by=by)
    audit.record("committee.corrected", on=committee, by=by, data={"body": committee.body_id})
    return Committee.objects.select_related("body").get(pk=committee.pk)


@transaction.atomic
def plan_launch(cycle: Cycle, *, starts_at: datetime, place: str, expects_all: bool, by: User) -> Meeting:
    """The event that presents the programme, with the committee on its list and, if asked, every official.

    QualityError cycle_closed, no_committee, launch_planned; MeetingsError no_place.
    """
    cycle = hold_open(cycle.pk)
    formation = asked.formation_of(cycle)
    committee = formation.committee
    if committee is None:
        raise QualityError("no_committee")
    if asked.launch_of(cycle) is not None:
        raise QualityError("launch_planned")
    meeting = planning.plan_meeting(
        title=_("Lanzamiento del programa de calidad · %s") % cycle,
        kind=MeetingKind.HEARING,
        starts_at=starts_at,
        ends_at=starts_at + LAUNCH_LASTS,
        agenda=[planning.Point(str(title), minutes) for title, minutes in POINTS],
        place=place,
        on_type=committee._meta.label_lower,
        on_id=str(committee.pk),
        by=by,
    )
    _expect(meeting, formation, people_here() if expects_all else (), by)
    committee.launch = meeting
    committee.save(update_fields=["launch"])
    audit.record("launch.planned", on=committee, by=by, data={"meeting": meeting.pk})
    return meeting


def _expect(meeting: Meeting, formation: asked.Formation, everybody: Iterable[User], by: User) -> None:
    """Whoever has a seat keeps its role at the event, because chair and secretary sign its acta."""
    for member in formation.members:
        who = Who(user=member.user, requester=member.requester, name=member.name, sector=member.sector)
        planning.invite(meeting, who, role=member.role, by=by)
    planning.expect_all(meeting, everybody, by=by)
