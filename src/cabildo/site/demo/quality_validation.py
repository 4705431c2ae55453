"""Stages 4 and 6 in Puerto Claro: who was sent to validate, what they marked and found, and how they read the plan."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Agency, User
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.scoring import BLANK
from cabildo.meetings.actions import holding, minutes
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.models import Meeting
from cabildo.meetings.queries.sessions import items_of
from cabildo.quality.actions import feedback, plan_validation, validation, validators
from cabildo.quality.choices import ChangeReason, FindingKind
from cabildo.quality.models import Cycle, IssuedReport, Validation, Validator
from cabildo.quality.queries import plan_validation as plan_queries
from cabildo.quality.queries import validation as queries
from cabildo.quality.queries.validation import Whole
from cabildo.quality.queries.validators import assignment_for, register_of, validating_agency
from cabildo.ui.spanish import number

PEOPLE = {"valida1": "Universidad del Litoral (ficticia)", "valida2": "Corporación Puerto Austral (ficticia)"}
NO_CONFLICT = "No he trabajado ni asesorado a esta municipalidad ni a su consultoría, y no tengo parientes en ellas."
EVERY = 5  # one element of so many is marked below what was declared
CHANGES = (
    (ChangeReason.NO_EVIDENCE, "El decreto que se nombra no está entre los documentos enviados."),
    (ChangeReason.PARTIAL_EVIDENCE, "Los informes cubren sólo una parte del año."),
    (ChangeReason.INCOMPLETE_DEPLOYMENT, "Se aplica en algunas direcciones; las demás todavía no lo hacen."),
    (ChangeReason.OUTDATED, "La última cifra tiene más de dos años."),
)
CLEARED_UP = (
    "Explicaron qué direcciones aplican hoy lo que declaran y desde cuándo.",
    "Enviarán los informes del último semestre, que no estaban entre los documentos.",
)
SUMMARY = (
    "La municipalidad tiene prácticas aprobadas en la mayoría de los subcriterios y las muestra con documentos."
    "\nLo que más falta es medir cada año y corregir con esas cifras."
)
CONCLUSION = "El plan responde a las brechas del informe y sus líneas se pueden terminar en el plazo que fija."
PHONE = "+56 32 200 0000"


def send(cycle: Cycle, today: date) -> list[Validator]:
    """Both validators in the register, assigned to the cycle, without conflict; a second run changes nothing."""
    agency = validating_agency()
    if agency is None:
        return []
    sent = [_registered(agency, name, today) for name in PEOPLE]
    for one in sent:
        if assignment_for(one.user, cycle) is None:
            assignment = validators.assign(cycle, validator=one, today=today, by=audit.SYSTEM)
            validators.declare(assignment, has_conflict=False, declaration=NO_CONFLICT, by=one.user)
    return sent


def _registered(agency: Agency, name: str, today: date) -> Validator:
    user = User.objects.get(email__startswith=f"{name}@")
    found = register_of(agency).filter(user=user).first()
    dates = {"trained_on": today - timedelta(days=400), "valid_until": today + timedelta(days=700)}
    return found or validators.register_validator(
        agency, user=user, today=today, by=audit.SYSTEM, employer=PEOPLE[name], note="", **dates
    )


def validate(cycle: Cycle, today: date) -> IssuedReport:
    """Stage 4 to its report: both mark, talk with the municipality, agree, and write what they found."""
    first, second = send(cycle, today)
    begun = validation.begin_review(cycle, by=first.user)
    for one in (first, second):
        _mark(begun, one.user)
        validation.seal_own(begun, by=one.user)
    _interview(begun, today, first.user)
    validation.seal_consensus(begun, by=first.user)
    _tell(begun, first.user)
    return feedback.issue(begun, by=first.user)


def _mark(begun: Validation, by: User) -> None:
    """As declared, but for one element of so many, a level lower and with its reason."""
    whole = queries.whole_of(begun)
    for place, item in enumerate(whole.items):
        mark = whole.declared.marks.get(item.id, BLANK)
        wanted: dict[str, Any] = {
            "score": mark.score,
            "attributes": dict(mark.attributes),
            "is_excluded": mark.is_excluded,
        }
        if place % EVERY == 0 and mark.score:
            code, reason = CHANGES[place // EVERY % len(CHANGES)]
            wanted |= {"score": mark.score - 1, "reason_code": code, "reason": reason}
        validation.write_mark(begun, item.id, revision=0, by=by, **wanted)


def _interview(begun: Validation, today: date, by: User) -> None:
    starts_at = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(10)))
    meeting = validation.plan_interview(begun, starts_at=starts_at, how=PHONE, by=by)
    ends_at = starts_at + timedelta(minutes=validation.INTERVIEW_MINUTES)
    holding.note_times(meeting, started_at=starts_at, ended_at=ends_at, now=timezone.now(), by=by)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=by)
    for item, text in zip(items_of(meeting), CLEARED_UP, strict=True):
        minutes.write_minute(item, {"text": text}, base=0, by=by)
    minutes.close_minutes(Meeting.objects.get(pk=meeting.pk), at=timezone.now(), by=by)
    validation.note_interview(begun, by=by)


def _tell(begun: Validation, by: User) -> None:
    """For every subcriterion its best element as strength and its weakest as opportunity, as the model words them."""
    current = Validation.objects.get(pk=begun.pk)
    whole = queries.whole_of(current)
    parts: dict[str, list[Item]] = {}
    for item in whole.items:
        parts.setdefault(item.part["id"], []).append(item)
    for part, items in parts.items():
        for kind, item in _ends(whole, items):
            text = _worded(whole, kind, item)
            feedback.add_finding(current, subcriterion=part, element=item.id, kind=kind, text=text, by=by)
    feedback.write_summary(current, summary=SUMMARY, revision=current.revision, by=by)


def _ends(whole: Whole, items: list[Item]) -> list[tuple[FindingKind, Item]]:
    in_order = sorted(items, key=lambda item: _score(whole, item))
    return [(FindingKind.STRENGTH, in_order[-1]), (FindingKind.OPPORTUNITY, in_order[0])]


def _score(whole: Whole, item: Item) -> int:
    marks = whole.consensus.marks if whole.consensus else {}
    return marks.get(item.id, BLANK).score or 0


def _worded(whole: Whole, kind: FindingKind, item: Item) -> str:
    """What the level reached says, or what the next one asks for."""
    score = _score(whole, item)
    facts = {one["level"]: one["text"] for one in item.body["levels"]}
    if kind == FindingKind.STRENGTH:
        return facts[score]
    following = min(score + 1, item.element.method.maximum)
    return f"Para el nivel {number(following)} falta: {facts[following]}"


def read_plan(cycle: Cycle, today: date) -> IssuedReport:
    """Stage 6: the same two read the plan that was sent, recommend something of each of its parts, and conclude."""
    readers = send(cycle, today)
    first = readers[0].user
    reading = plan_validation.begin_plan_review(cycle, by=first)
    for branch in plan_queries.reading_of(reading).tree.branches:
        text = f"Fije para «{branch.node.label}» a quién informa cada trimestre y con qué cifra."
        plan_validation.recommend(reading, text=text, node=branch.node, by=first)
    plan_validation.recommend(reading, text="Nombre desde el comienzo a quien reemplaza a cada responsable.", by=first)
    plan_validation.write_conclusion(reading, conclusion=CONCLUSION, revision=reading.revision, by=first)
    for one in readers:
        plan_validation.note_read(reading, by=one.user)
    return plan_validation.issue_plan_report(reading, today=today, by=first)
