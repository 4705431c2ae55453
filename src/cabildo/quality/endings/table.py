"""Which record ends which task of the processes that ship, by the code of the task; a pack of its own may use the same.

What is not here (visits apart) leaves nothing on record, and people say by hand that it was done.
"""

from cabildo.quality.choices import Subject, TrainingKind
from cabildo.quality.endings import assessed, first_stages, planned
from cabildo.quality.endings.facts import Fact, by_gate
from cabildo.quality.gates import accreditation, committee, implementation, improvement

ENDINGS: dict[str, Fact] = {
    # diagnosis
    "convocar_diagnostico": first_stages.called,
    "aplicar_diagnostico": first_stages.answered,
    "firmar_acta_diagnostico": first_stages.minutes_signed,
    "confirmar_linea": first_stages.line_confirmed,
    # entry
    "invitar_municipalidad": first_stages.invited,
    "responder_invitacion": first_stages.accepted,
    "declarar_apoyo": first_stages.supported,
    "firmar_convenio": first_stages.agreement_signed,
    "designar_contrapartes": first_stages.counterparts_named,
    "licitar_consultoria": first_stages.consultancy_awarded,
    "adjudicar_consultoria": first_stages.consultancy_awarded,
    "contratar_consultoria": first_stages.consultancy_contracted,
    "elegir_servicios": first_stages.services_chosen,
    # committee
    "nombrar_comite": first_stages.committee_appointed,
    "capacitar_comite": first_stages.trained(TrainingKind.PROGRAMME),
    "acordar_plan_trabajo": by_gate(committee.work_plan_complete),
    "declarar_metodologia": by_gate(committee.intervention_method_declared),
    "disenar_estrategia": by_gate(committee.communication_strategy_complete),
    "declarar_seguimiento_etapas": by_gate(committee.stage_follow_up_declared),
    "lanzar_programa": first_stages.launched,
    "publicar_buenas_practicas": first_stages.practices_published,
    # self-assessment
    "asignar_elementos": assessed.assigned,
    "repartir_elementos": assessed.assigned,
    "redactar_evidencias": assessed.written,
    "preparar_antecedentes": assessed.background_written,
    "proponer_puntajes": assessed.proposed,
    "evaluar_gestion_global": assessed.agreed,
    "evaluar_servicios": by_gate(accreditation.points_declared),
    "acordar_puntajes": assessed.agreed,
    "resumir_fortalezas_brechas": assessed.summarised,
    "reunir_informe": assessed.report_gathered,
    "revisar_informe_consultor": assessed.report_reviewed,
    "firmar_oficio_informe": assessed.letter_signed,
    "enviar_informe": assessed.sent(Subject.REPORT),
    # validation
    "asignar_validadores": assessed.validators_assigned,
    "declarar_conflictos": assessed.conflicts_declared,
    "revisar_documentos": assessed.documents_reviewed,
    "preparar_entrevista": assessed.interview_planned,
    "entrevistar": assessed.interviewed,
    "entrevistar_equipos": assessed.interviewed,
    "acordar_puntajes_validados": assessed.marks_settled,
    "redactar_retroalimentacion": assessed.report_issued(Subject.REPORT),
    "emitir_retroalimentacion": assessed.report_issued(Subject.REPORT),
    "observar_retroalimentacion": assessed.observed,
    "responder_observaciones": assessed.observations_answered,
    # plan
    "capacitar_plan": first_stages.trained(TrainingKind.PLAN),
    "capacitar_contrapartes": first_stages.trained(TrainingKind.CONTROL),
    "difundir_retroalimentacion": planned.feedback_told,
    "priorizar_metodologias": by_gate(improvement.methodologies_prioritised),
    "priorizar_oportunidades": by_gate(improvement.methodologies_prioritised),
    "listar_acciones_inmediatas": planned.immediate_listed,
    "separar_acciones_inmediatas": planned.immediate_listed,
    "disenar_lineas": by_gate(improvement.plan_lines_complete),
    "presupuestar_plan": by_gate(improvement.plan_lines_complete),
    "reunir_plan": planned.plan_gathered,
    "revisar_plan_consultor": planned.plan_reviewed,
    "firmar_oficio_plan": planned.plan_letter_signed,
    "enviar_plan": assessed.sent(Subject.PLAN),
    # validation of the plan
    "confirmar_validadores": planned.same_validators,
    "revisar_plan": planned.plan_read,
    "redactar_validacion_plan": assessed.report_issued(Subject.PLAN),
    "emitir_validacion_plan": assessed.report_issued(Subject.PLAN),
    "acoger_recomendaciones": planned.recommendations_answered,
    # implementation
    "difundir_validacion_plan": planned.diffused,
    "declarar_seguimiento": planned.follow_up_declared,
    "aprobar_linea_base": planned.plan_approved,
    "ejecutar_lineas": by_gate(implementation.plan_actions_evidenced),
    "cerrar_plan": by_gate(implementation.plan_actions_evidenced),
    "comparar_antes_despues": by_gate(implementation.before_after_compared),
    "calcular_nivel": by_gate(accreditation.points_validated),
}
