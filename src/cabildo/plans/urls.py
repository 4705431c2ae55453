"""Addresses of plans, below /mesa/planes/."""

from django.urls import path

from cabildo.plans.views import listing, measurements, nodes, plan, schedule, steps, work

app_name = "plans"

urlpatterns = [
    path("", listing.plans, name="list"),
    path("nuevo/", steps.create, name="create"),
    path("<int:plan_id>/", plan.plan, name="plan"),
    path("<int:plan_id>/datos/", steps.change, name="change"),
    path("<int:plan_id>/agregar/", nodes.add, name="add"),
    path("<int:plan_id>/avance/", plan.progress, name="progress"),
    path("<int:plan_id>/fechas/", schedule.schedule, name="schedule"),
    path("<int:plan_id>/presupuesto/", plan.budget, name="budget"),
    path("<int:plan_id>/planilla/", plan.export, name="export"),
    path("<int:plan_id>/plan.pdf", plan.pdf, name="pdf"),
    path("<int:plan_id>/plan.docx", plan.docx, name="docx"),
    path("<int:plan_id>/enviar/", steps.submit, name="submit"),
    path("<int:plan_id>/devolver/", steps.send_back, name="send_back"),
    path("<int:plan_id>/aprobar/", steps.approve, name="approve"),
    path("<int:plan_id>/comenzar/", steps.start, name="start"),
    path("<int:plan_id>/version/", steps.new_version, name="new_version"),
    path("<int:plan_id>/cerrar/", steps.close, name="close"),
    path("elementos/<int:node_id>/", nodes.node, name="node"),
    path("elementos/<int:node_id>/cambiar/", nodes.edit, name="edit"),
    path("elementos/<int:node_id>/mover/", nodes.move, name="move"),
    path("elementos/<int:node_id>/quitar/", nodes.remove, name="remove"),
    path("elementos/<int:node_id>/avance/", work.report, name="report"),
    path("elementos/<int:node_id>/verificacion/", work.attach, name="attach"),
    path("elementos/<int:node_id>/cerrar/", work.close, name="close_activity"),
    path("elementos/<int:node_id>/hitos/", work.add_milestone, name="add_milestone"),
    path("elementos/<int:node_id>/presupuesto/", work.add_money, name="add_money"),
    path("elementos/<int:node_id>/medidas/", work.decide_measure, name="decide_measure"),
    path("elementos/<int:node_id>/indicadores/", work.add_indicator, name="add_indicator"),
    path("hitos/<int:milestone_id>/", work.reach_milestone, name="reach_milestone"),
    path("gastos/<int:line_id>/", work.spend, name="spend"),
    path("medidas/<int:measure_id>/", work.finish_measure, name="finish_measure"),
    path("mediciones/<int:link_id>/", work.measure, name="measure"),
    path("mediciones/<int:link_id>/todas/", measurements.measurements, name="measurements"),
    path("mediciones/<int:link_id>/corregir/", measurements.correct, name="correct_measurement"),
]
