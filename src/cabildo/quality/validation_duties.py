"""What «Mi trabajo» learns of validating: the next thing that a validator does in each cycle they were sent to."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.accounts.access import can
from cabildo.instruments.queries import layers
from cabildo.quality.choices import QualityPermission, Stage
from cabildo.quality.models import Cycle, ValidatorAssignment
from cabildo.quality.queries import plan_validation as plans
from cabildo.quality.queries import validation as asked
from cabildo.quality.queries.cycles import run_of
from cabildo.quality.queries.validators import acting, assignments_in_force
from cabildo.quality.rules.validators_next import PlanWork, SelfAssessmentWork, next_in_plan, next_in_self_assessment
from cabildo.workflow.duties import Duty
from cabildo.workflow.processes.queries import stages_of
from cabildo.workflow.queries import calendar
from cabildo.workflow.rules.standing import standing_on

# code → what it is about, the button, the page
SAID = {
    "declare": (say("Conflictos de interés"), say("Declarar"), "quality:validation_declare"),
    "begin": (say("Autoevaluación enviada"), say("Comenzar la revisión"), "quality:validation"),
    "seal": (say("Revisión de los documentos"), say("Puntuar y sellar"), "quality:validation"),
    "interview": (say("Entrevista telefónica"), say("Agendar"), "quality:interview_plan"),
    "minutes": (say("Acta de la entrevista"), say("Dejar constancia"), "quality:validation"),
    "agree": (say("Puntajes de consenso"), say("Acordar"), "quality:agreed_marks"),
    "issue": (say("Informe de Retroalimentación"), say("Emitir"), "quality:findings"),
    "reply": (say("Observaciones de la municipalidad"), say("Responder"), "quality:findings"),
    "plan_begin": (say("Plan de Mejoras enviado"), say("Comenzar la lectura"), "quality:plan_validation"),
    "plan_read": (say("Plan de Mejoras"), say("Leer y recomendar"), "quality:plan_validation"),
    "plan_issue": (say("Informe de validación del plan"), say("Emitir"), "quality:plan_validation"),
}


def duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """One or two for each open cycle of this municipality to which the person was sent; seldom more than one."""
    if not can(user, QualityPermission.VALIDATE):
        return
    for assignment in assignments_in_force(user)[:limit]:
        for code, stage in _next(assignment):
            yield _duty(assignment, code, _ends_on(assignment.cycle, stage), today)


def _next(assignment: ValidatorAssignment) -> Iterator[tuple[str, Stage]]:
    if assignment.has_conflict is None:
        yield "declare", Stage.VALIDATION
    if not assignment.may_act:
        return
    found = next_in_self_assessment(_self_assessment(assignment)), next_in_plan(_plan(assignment))
    yield from (pair for pair in zip(found, (Stage.VALIDATION, Stage.PLAN_VALIDATION), strict=True) if pair[0])


def _self_assessment(assignment: ValidatorAssignment) -> SelfAssessmentWork:
    validation = asked.validation_of(assignment.cycle)
    parties = layers.latest_by_party(assignment.cycle.self_assessment) if assignment.cycle.self_assessment else {}
    state = validation.state if validation else None
    return SelfAssessmentWork(asked.DECLARED in parties, state, assignment.party in parties)


def _plan(assignment: ValidatorAssignment) -> PlanWork:
    found = plans.plan_validation_of(assignment.cycle)
    sent_at = plans.sent_at(found) if found else None
    return PlanWork(
        is_sent=plans.sent_plan(assignment.cycle) is not None,
        is_begun=found is not None,
        has_read=plans.has_read(assignment, sent_at),
        all_read=all(plans.has_read(one, sent_at) for one in acting(assignment.cycle)),
        is_issued=found is not None and found.issued_on is not None,
    )


def _ends_on(cycle: Cycle, stage: Stage) -> date | None:
    """When the stage of the cycle should end; None when its process has no such stage."""
    run = run_of(cycle)
    found = (one for one in stages_of(run) if one.code == stage) if run else iter(())
    return next((one.expected_ends_on for one in found), None)


def _duty(assignment: ValidatorAssignment, code: str, due_on: date | None, today: date) -> Duty:
    what, action, address = SAID[code]
    return Duty(
        what=_("Validación: %s") % what,
        folio=_("Ciclo %s") % assignment.cycle.number,
        department="",
        person=str(assignment.validator.user),
        due_on=due_on,
        state=standing_on(due_on, today, calendar(today)),
        url=reverse(address, args=[assignment.cycle.number]),
        action=str(action),
    )
