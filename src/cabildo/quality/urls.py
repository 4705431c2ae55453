"""Addresses of the programme, under `mesa/calidad/`."""

from django.urls import path

from cabildo.quality.views import counterparts, cycles, diagnosis, entry, supports

app_name = "quality"
urlpatterns = [
    path("", cycles.cycles, name="cycles"),
    path("comenzar/", cycles.begin, name="begin"),
    path("<int:number>/diagnostico/", diagnosis.overview, name="diagnosis"),
    path("<int:number>/diagnostico/reunion/", diagnosis.meeting, name="diagnosis_meeting"),
    path("<int:number>/diagnostico/cerrar/", diagnosis.close, name="diagnosis_close"),
    path("<int:number>/diagnostico/abrir/", diagnosis.reopen, name="diagnosis_reopen"),
    path("<int:number>/diagnostico/resultado/", diagnosis.result, name="diagnosis_result"),
    path("<int:number>/diagnostico/<slug:code>/", diagnosis.area, name="diagnosis_area"),
    path("<int:number>/diagnostico/<slug:code>/<slug:question>/", diagnosis.answer, name="diagnosis_answer"),
    path("<int:number>/ingreso/", entry.overview, name="entry"),
    path("<int:number>/ingreso/convenio/", entry.agreement, name="agreement"),
    path("<int:number>/ingreso/clausulas/agregar/", entry.clause_add, name="clause_add"),
    path("<int:number>/ingreso/clausulas/<int:pk>/", entry.clause, name="clause"),
    path("<int:number>/ingreso/clausulas/<int:pk>/cumplir/", entry.clause_meet, name="clause_meet"),
    path("<int:number>/ingreso/clausulas/<int:pk>/pendiente/", entry.clause_clear, name="clause_clear"),
    path("<int:number>/ingreso/clausulas/<int:pk>/quitar/", entry.clause_remove, name="clause_remove"),
    path("<int:number>/ingreso/contrapartes/designar/", counterparts.name, name="counterpart_name"),
    path("<int:number>/ingreso/contrapartes/<int:pk>/terminar/", counterparts.end, name="counterpart_end"),
    path("<int:number>/ingreso/apoyos/agregar/", supports.add, name="support_add"),
    path("<int:number>/ingreso/apoyos/<int:pk>/", supports.edit, name="support"),
    path("<int:number>/ingreso/apoyos/<int:pk>/quitar/", supports.remove, name="support_remove"),
    path("<int:number>/ingreso/apoyos/<int:pk>/movimientos/agregar/", supports.movement_add, name="movement_add"),
    path("<int:number>/ingreso/movimientos/<int:pk>/quitar/", supports.movement_remove, name="movement_remove"),
]
