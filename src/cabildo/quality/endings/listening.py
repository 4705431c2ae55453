"""After which records are the tasks and roles of the open cycle looked at again?"""

from contextvars import ContextVar
from typing import Any

from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.audit import SYSTEM, Actor, hooks
from cabildo.quality import queries
from cabildo.quality.endings import holders, settling
from cabildo.workflow.processes import queries as processes

# who can hold a role is known, or is somebody else
PEOPLE = frozenset({
    "committee.appointed", "counterpart.ended", "counterpart.named", "cycle.begun", "enrolment.assigned",
    "line.followed", "line.left", "member.appointed", "member.ended", "membership.assigned", "membership.ended",
    "membership.granted", "membership.withdrawn", "process.cycle", "process.resumed", "process.stage_begun",
    "validator.assigned",
    "validator.declared", "validator.ended", "validator.replaced",
})  # fmt: skip
# what a task asks for may be done now; the drafts that pages keep as somebody writes are not among them
RECORDS = frozenset({
    "acta.signed", "agreement.saved", "assessment.closed", "attendance.taken", "background.figure_saved",
    "background.saved", "channel_reach.declared", "clause.added",
    "committee.appointed", "committee.corrected", "consensus.opened", "consultancy.covers",
    "consultant_review.given", "counterpart.named", "cycle.classified", "diffusion_reach.saved",
    "diffusion_reach.saved_many",
    "enrolment.assigned", "follow_up.declared", "immediate_action.added", "improvement_plan.written",
    "invitation.accepted", "layer.sealed", "line.confirmed", "mark.agreed", "meeting.called", "meeting.held",
    "member.appointed", "method.declared", "observation.made", "observation.replied", "option.valued",
    "plan_budget.saved", "plan_evidence.attached", "plan_indicator.linked", "plan_node.added", "plan_node.changed",
    "plan_node.closed", "plan_validation.begun", "plan_validation.read", "plan_version.approved", "points.sealed",
    "practice.published", "process.resumed", "process.stage_begun", "process.stage_reopened", "process.task_done",
    "process.task_skipped", "recommendation.answered", "report.acta_chosen", "report.issued", "report.letter_saved",
    "report.sent", "service.chosen", "sheets.assigned", "summary.written", "support.changed", "support.recorded",
    "training.attendance_noted", "validation.agree", "validation.hold", "validation.issue", "validation.schedule",
    "validation.sealed", "validator.assigned", "validator.declared", "validator.replaced", "visit.reported",
    "plan.closed", "membership.granted",
})  # fmt: skip
# what was recorded is taken back -> the tasks that may be to do again
TAKEN_BACK = {
    "acta.reopened": ("firmar_acta_diagnostico", "reunir_informe"),
    "assessment.reopened": ("acordar_puntajes", "evaluar_gestion_global", "reunir_informe"),
    "consultancy.left": ("licitar_consultoria", "adjudicar_consultoria", "contratar_consultoria"),
    "counterpart.ended": ("designar_contrapartes", "nombrar_comite"),
    "cycle.reopened": ("aplicar_diagnostico", "firmar_acta_diagnostico", "confirmar_linea"),
    "diagnosis.repeated": (
        "convocar_diagnostico", "aplicar_diagnostico", "firmar_acta_diagnostico", "confirmar_linea",
        "contar_resultado_diagnostico",
    ),
    "follow_up.removed": ("declarar_seguimiento_etapas", "declarar_seguimiento"),
    "immediate_action.removed": ("listar_acciones_inmediatas", "separar_acciones_inmediatas"),
    "mark.withdrawn": ("acordar_puntajes", "evaluar_gestion_global"),
    "meeting.cancelled": (
        "convocar_diagnostico", "lanzar_programa", "preparar_entrevista", "difundir_retroalimentacion",
    ),
    "practice.withdrawn": ("publicar_buenas_practicas",),
    "service.removed": ("elegir_servicios",),
    "service.withdrawn": ("elegir_servicios",),
    "support.removed": ("declarar_apoyo",),
    "validation.declared_anew": ("revisar_documentos", "acordar_puntajes_validados"),
    "validator.ended": ("asignar_validadores", "declarar_conflictos", "confirmar_validadores"),
}  # fmt: skip
_at_it: ContextVar[bool] = ContextVar("at_it", default=False)


def register() -> None:
    hooks.on_record(recorded)


def recorded(action: str, subject: Any, by: Any) -> None:
    """Look again at the open cycle of the municipality of the subject, if this record says something of it."""
    if _at_it.get() or not (action in RECORDS or action in PEOPLE or action in TAKEN_BACK):
        return
    place: int | None = getattr(subject, "municipality_id", None)
    municipality = Municipality.objects.filter(pk=place).first() if place else None
    if municipality is None:
        return
    token = _at_it.set(True)
    try:
        with in_municipality(municipality):
            _look(action, by if isinstance(by, User | Actor) else SYSTEM)
    finally:
        _at_it.reset(token)


def _look(action: str, by: User | Actor) -> None:
    cycle = queries.open_cycle()
    run = queries.run_of(cycle) if cycle else None
    if cycle is None or run is None or not run.is_open:
        return
    with processes.at_home(run):
        if action in PEOPLE:
            holders.fill(cycle, run)
        if action in TAKEN_BACK:
            settling.open_again(cycle, run, TAKEN_BACK[action])
        if action in RECORDS:
            settling.settle(cycle, run, by=by)
