"""Stages 4 and 6 in Puerto Claro: who was sent to validate, what they marked and found, and how they read the plan."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
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
from cabildo.quality.models import Cycle, IssuedReport, Recommendation, Validation, Validator
from cabildo.quality.queries import plan_validation as plan_queries
from cabildo.quality.queries import validation as queries
from cabildo.quality.queries.validation import Whole
from cabildo.quality.queries.validators import assignment_for, register_of, validating_agency
from cabildo.site.demo.people import official
from cabildo.site.demo.quality_stages import sign_acta
from cabildo.ui.spanish import number

PEOPLE = {"valida1": "Universidad del Litoral (ficticia)", "valida2": "Corporación Puerto Austral (ficticia)"}
NO_CONFLICT = "No he trabajado ni asesorado a esta municipalidad ni a su consultoría, y no tengo parientes en ellas."
EVERY = 5  # one element of so many is marked below what was declared
DOUBTED = 3  # and of so many of those, this one only by the first to mark
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
OBSERVED = "El decreto del reglamento de turnos sí está entre los documentos: es el anexo 14."
REPLIED = "Lo revisamos: está, y es posterior al período que se evalúa. El puntaje no cambia."
ANSWERS = (
    (True, "La contraparte de calidad informa en la sesión de cada trimestre, con las cifras de la línea."),
    (False, "Ya lo hace la jefatura cada mes; agregar otro informe no ayudaría."),
)
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
    user = official(name)
    found = register_of(agency).filter(user=user).first()
    dates = {"trained_on": today - timedelta(days=400), "valid_until": today + timedelta(days=700)}
    return found or validators.register_validator(
        agency, user=user, today=today, by=audit.SYSTEM, employer=PEOPLE[name], note="", **dates
    )


def validate(cycle: Cycle, today: date) -> IssuedReport:
    """Stage 4 to its report: both mark, talk with the municipality, agree, and write what they found."""
    read(cycle, today)
    return conclude(cycle, today)


def read(cycle: Cycle, today: date) -> Validation:
    """Both read the documents, mark alone, and seal what they marked."""
    sent = send(cycle, today)
    begun = validation.begin_review(cycle, by=sent[0].user)
    for turn, one in enumerate(sent):
        _mark(begun, one.user, turn)
        validation.seal_own(begun, by=one.user)
    return begun


def conclude(cycle: Cycle, today: date) -> IssuedReport:
    """They talk with the municipality, agree, write what they found, and issue the report."""
    begun, by = Validation.objects.get(cycle=cycle), official(next(iter(PEOPLE)))
    _interview(begun, today, by)
    _come_together(begun, by)
    validation.seal_consensus(begun, by=by)
    with transaction.atomic(), audit.gathering():
        _tell(begun, by)
    return feedback.issue(begun, by=by)


def answer(cycle: Cycle, lead: User) -> None:
    """The municipality points at an error of fact; who validated replies, with a new version, and it is firm."""
    begun, by = Validation.objects.get(cycle=cycle), official(next(iter(PEOPLE)))
    feedback.reply(feedback.observe(begun, text=OBSERVED, by=lead), text=REPLIED, by=by)
    feedback.finish_replies(begun, by=by)
    feedback.settle(begun, by=by)


def _mark(begun: Validation, by: User, turn: int) -> None:
    """As declared, but for one element of so many, a level lower and with its reason; of these, who came second
    leaves some as they were."""
    whole = queries.whole_of(begun)
    with transaction.atomic(), audit.gathering():
        for place, item in enumerate(whole.items):
            lowers = turn == 0 or place // EVERY % EVERY != DOUBTED
            validation.write_mark(begun, item.id, revision=0, by=by, **_wanted(whole, place, item, lowers=lowers))


def _wanted(whole: Whole, place: int, item: Item, *, lowers: bool = True) -> dict[str, Any]:
    mark = whole.declared.marks.get(item.id, BLANK)
    wanted: dict[str, Any] = {
        "score": mark.score,
        "attributes": dict(mark.attributes),
        "is_excluded": mark.is_excluded,
    }
    if lowers and place % EVERY == 0 and mark.score:
        code, reason = CHANGES[place // EVERY % len(CHANGES)]
        wanted |= {"score": mark.score - 1, "reason_code": code, "reason": reason}
    return wanted


def _come_together(begun: Validation, by: User) -> None:
    """Where both differ, they agree on the lower mark."""
    whole = queries.whole_of(begun)
    for place, item in enumerate(whole.items):
        if len({one.marks[item.id].score for one in whole.sealed}) > 1:
            validation.write_agreed_mark(begun, item.id, revision=0, by=by, **_wanted(whole, place, item))


def _interview(begun: Validation, today: date, by: User) -> None:
    starts_at = timezone.make_aware(datetime.combine(today - timedelta(days=1), time(10)))
    meeting = validation.plan_interview(begun, starts_at=starts_at, how=PHONE, by=by)
    ends_at = starts_at + timedelta(minutes=validation.INTERVIEW_MINUTES)
    holding.note_times(meeting, started_at=starts_at, ended_at=ends_at, now=timezone.now(), by=by)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=by)
    for item, text in zip(items_of(meeting), CLEARED_UP, strict=True):
        minutes.write_minute(item, {"text": text}, base=0, by=by)
    minutes.close_minutes(Meeting.objects.get(pk=meeting.pk), at=timezone.now(), by=by)
    sign_acta(meeting)
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


def decide(cycle: Cycle, today: date, lead: User) -> None:
    """The municipality says of each recommendation whether it is taken up, and who does it or why not."""
    for place, made in enumerate(Recommendation.objects.filter(validation__cycle=cycle).order_by("pk")):
        is_taken, said = ANSWERS[place % 3 == 2]
        told: dict[str, Any] = {"is_taken": is_taken, "answer": said, "revision": made.revision}
        plan_validation.answer_recommendation(made, today=today, by=lead, **told)
