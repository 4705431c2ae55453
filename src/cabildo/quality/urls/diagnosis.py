"""Stage 0."""

from django.urls import path

from cabildo.quality.views import diagnosis

urlpatterns = [
    path("<int:number>/diagnostico/", diagnosis.overview, name="diagnosis"),
    path("<int:number>/diagnostico/reunion/", diagnosis.meeting, name="diagnosis_meeting"),
    path("<int:number>/diagnostico/reloj/", diagnosis.clock, name="diagnosis_clock"),
    path("<int:number>/diagnostico/cerrar/", diagnosis.close, name="diagnosis_close"),
    path("<int:number>/diagnostico/abrir/", diagnosis.reopen, name="diagnosis_reopen"),
    path("<int:number>/diagnostico/acta/", diagnosis.write_acta, name="diagnosis_acta"),
    path("<int:number>/diagnostico/resultado/", diagnosis.result, name="diagnosis_result"),
    path("<int:number>/diagnostico/<slug:code>/", diagnosis.area, name="diagnosis_area"),
    path("<int:number>/diagnostico/<slug:code>/<slug:question>/", diagnosis.answer, name="diagnosis_answer"),
]
