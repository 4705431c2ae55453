"""Stages 4 and 6: the desk of the validators, and what the municipality reads."""

from django.urls import path

from cabildo.quality.views import feedback, findings, plan_validation, validation, validation_papers

DESK, PLAN = "<int:number>/validacion/", "<int:number>/validacion-plan/"

urlpatterns = [
    path(DESK, validation.overview, name="validation"),
    path(f"{DESK}declarar/", validation.declare, name="validation_declare"),
    path(f"{DESK}comenzar/", validation.begin, name="validation_begin"),
    path(f"{DESK}declaracion-nueva/", validation.take_anew, name="validation_anew"),
    path(f"{DESK}sellar/", validation.seal, name="validation_seal"),
    path(f"{DESK}entrevista/", validation.plan_interview, name="interview_plan"),
    path(f"{DESK}entrevista/hecha/", validation.note_interview, name="interview_note"),
    path(f"{DESK}elementos/<slug:element>/", validation.element, name="validation_element"),
    path(f"{DESK}acuerdo/", findings.agreed_marks, name="agreed_marks"),
    path(f"{DESK}acuerdo/sellar/", findings.seal_agreed, name="agreed_seal"),
    path(f"{DESK}acuerdo/<slug:element>/", validation.agreed_element, name="agreed_mark"),
    path(f"{DESK}hallazgos/", findings.findings, name="findings"),
    path(f"{DESK}hallazgos/<int:pk>/", findings.finding, name="finding"),
    path(f"{DESK}hallazgos/<int:pk>/quitar/", findings.finding_remove, name="finding_remove"),
    path(f"{DESK}hallazgos/<slug:part>/agregar/", findings.finding_add, name="finding_add"),
    path(f"{DESK}sintesis/", findings.summary, name="feedback_summary"),
    path(f"{DESK}emitir/", findings.issue, name="feedback_issue"),
    path(f"{DESK}observaciones/<int:pk>/responder/", findings.reply, name="observation_reply"),
    path(f"{DESK}observaciones/enviar/", findings.finish_replies, name="replies_finish"),
    path(f"{DESK}firme/", findings.settle, name="validation_settle"),
    path("<int:number>/retroalimentacion/", feedback.feedback, name="feedback"),
    path("<int:number>/retroalimentacion/observar/", feedback.observe, name="feedback_observe"),
    path("<int:number>/retroalimentacion/aceptar/", feedback.settle, name="feedback_settle"),
    path("<int:number>/retroalimentacion/informe.docx", validation_papers.feedback_docx, name="feedback_docx"),
    path("<int:number>/retroalimentacion/informe.xlsx", validation_papers.feedback_xlsx, name="feedback_xlsx"),
    path(PLAN, plan_validation.overview, name="plan_validation"),
    path(f"{PLAN}comenzar/", plan_validation.begin, name="plan_validation_begin"),
    path(f"{PLAN}recomendar/", plan_validation.recommend, name="recommendation_add"),
    path(f"{PLAN}recomendaciones/<int:pk>/", plan_validation.recommendation, name="recommendation"),
    path(
        f"{PLAN}recomendaciones/<int:pk>/quitar/", plan_validation.recommendation_remove, name="recommendation_remove"
    ),
    path(f"{PLAN}recomendaciones/<int:pk>/decidir/", plan_validation.decide, name="recommendation_answer"),
    path(f"{PLAN}conclusion/", plan_validation.conclusion, name="plan_conclusion"),
    path(f"{PLAN}leido/", plan_validation.note_read, name="plan_read"),
    path(f"{PLAN}emitir/", plan_validation.issue, name="plan_report_issue"),
    path(f"{PLAN}informe/", plan_validation.feedback, name="plan_feedback"),
    path(f"{PLAN}informe.pdf", validation_papers.plan_pdf, name="plan_validation_pdf"),
    path(f"{PLAN}informe.docx", validation_papers.plan_docx, name="plan_validation_docx"),
    path(f"{PLAN}informe.xlsx", validation_papers.plan_xlsx, name="plan_validation_xlsx"),
]
