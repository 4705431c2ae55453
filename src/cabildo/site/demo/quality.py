"""The quality programme in Puerto Claro: its first cycle from the invitation to the end, and the second under way."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
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
from cabildo.meetings.models import Meeting
from cabildo.quality import actions
from cabildo.quality.models import Cycle
from cabildo.site.demo.people import official

PACK = ("questionnaires", "gestion-municipal-demo")
DISSENT = "Control opina que falta publicarlo; se revisará en la autoevaluación."
PATTERN = (2, 1, 3, 2, 1, 0, 2, 3)  # which alternative, in turn: a municipality of middling order
PRESENT = {"alcaldia": Role.CHAIR, "calidad": Role.SECRETARY, "control": Role.MEMBER, "dideco": Role.MEMBER}
DAYS_AGO, HOURS = 1, 4


def adopt(municipality: Municipality) -> None:
    """The questionnaire of the diagnosis is in use."""
    version = version_of(pack_named(*PACK))
    packs.adopt(municipality=municipality, version=version, follows_updates=True, by=audit.SYSTEM)


def meet(cycle: Cycle, today: date, lead: User, *, present: Mapping[str, Role] = PRESENT) -> Meeting:
    """The working meeting was held some days ago, with the mayor in the chair."""
    starts_at = timezone.make_aware(datetime.combine(today - timedelta(days=DAYS_AGO), time(9)))
    meeting = actions.plan_diagnosis_meeting(cycle, starts_at=starts_at, place="Salón de reuniones", by=lead)
    for name, role in present.items():
        who = Who(user=official(name), sector=Sector.MUNICIPAL)
        planning.invite(meeting, who, role=role, by=lead)
    times = {"started_at": starts_at, "ended_at": starts_at + timedelta(hours=HOURS)}
    holding.note_times(meeting, **times, now=timezone.now(), by=lead)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=lead)
    return Meeting.objects.get(pk=meeting.pk)


def answer(diagnosis: Assessment, lead: User, *, pattern: Sequence[int] = PATTERN) -> None:
    """Every question, the first with somebody who thinks otherwise."""
    with transaction.atomic(), audit.gathering():
        _answer(diagnosis, lead, pattern)


def _answer(diagnosis: Assessment, lead: User, pattern: Sequence[int]) -> None:
    for number, question in enumerate(answered.questionnaire(diagnosis).questions()):
        chosen = question.alternatives[min(pattern[number % len(pattern)], len(question.alternatives) - 1)]
        instruments.answer(
            assessment=diagnosis,
            question=question.id,
            said=Answer(chosen.id),
            confirms=True,
            dissent="" if number else DISSENT,
            by=lead,
        )
