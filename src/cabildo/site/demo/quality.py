"""A first cycle of the quality programme in Puerto Claro: its diagnosis discussed in a meeting, answered and closed."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Municipality, User
from cabildo.content import actions as packs
from cabildo.content.queries import pack_named, version_of
from cabildo.instruments import actions as instruments
from cabildo.instruments import queries as answered
from cabildo.instruments.models import Assessment
from cabildo.instruments.rules.answers import Answer
from cabildo.meetings.actions import holding, planning
from cabildo.meetings.actions.bodies import Who
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.choices import Role, Sector
from cabildo.quality import actions
from cabildo.quality.models import Cycle
from cabildo.site.demo import (
    programme,
    quality_committee,
    quality_entry,
    quality_learning,
    quality_self_assessment,
    quality_validation,
)

PACK = ("questionnaires", "gestion-municipal-demo")
DISSENT = "Control opina que falta publicarlo; se revisará en la autoevaluación."
PATTERN = (2, 1, 3, 2, 1, 0, 2, 3)  # which alternative, in turn: a municipality of middling order
PRESENT = {"alcaldia": Role.CHAIR, "calidad": Role.SECRETARY, "control": Role.MEMBER, "dideco": Role.MEMBER}
DAYS_AGO, HOURS = 20, 4


def write(municipality: Municipality, today: date) -> None:
    """Adopt the questionnaire and answer it; a second run changes nothing."""
    if Cycle.objects.exists():
        return
    version = version_of(pack_named(*PACK))
    packs.adopt(municipality=municipality, version=version, follows_updates=True, by=audit.SYSTEM)
    lead = _official("calidad")
    cycle = actions.begin(today=today - timedelta(days=DAYS_AGO), by=lead)
    if cycle.diagnosis is None:
        return
    meet(cycle, today, lead)
    answer(cycle.diagnosis, lead)
    programme.confirm(actions.close_diagnosis(cycle, by=lead))
    quality_entry.write(cycle, today, lead)
    quality_committee.write(cycle, today, lead)
    quality_self_assessment.write(cycle, today, lead)
    quality_validation.send(cycle, today)
    quality_learning.write(cycle, today)


def _official(name: str) -> User:
    return User.objects.get(email__startswith=f"{name}@")


def meet(cycle: Cycle, today: date, lead: User) -> None:
    """The working meeting was held, with the mayor in the chair."""
    starts_at = timezone.make_aware(datetime.combine(today - timedelta(days=DAYS_AGO - 3), time(9)))
    meeting = actions.plan_diagnosis_meeting(cycle, starts_at=starts_at, place="Salón de reuniones", by=lead)
    for name, role in PRESENT.items():
        who = Who(user=_official(name), sector=Sector.MUNICIPAL)
        planning.invite(meeting, who, role=role, by=lead)
    times = {"started_at": starts_at, "ended_at": starts_at + timedelta(hours=HOURS)}
    holding.note_times(meeting, **times, now=timezone.now(), by=lead)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=lead)


def answer(diagnosis: Assessment, lead: User) -> None:
    """Every question, the first with somebody who thinks otherwise."""
    for number, question in enumerate(answered.questionnaire(diagnosis).questions()):
        chosen = question.alternatives[min(PATTERN[number % len(PATTERN)], len(question.alternatives) - 1)]
        instruments.answer(
            assessment=diagnosis,
            question=question.id,
            said=Answer(chosen.id),
            confirms=True,
            dissent="" if number else DISSENT,
            by=lead,
        )
