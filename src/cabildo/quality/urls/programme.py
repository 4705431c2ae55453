"""The programme around the cycles, inside a municipality."""

from django.urls import path

from cabildo.quality.views import programme

urlpatterns = [
    path("programa/", programme.overview, name="programme"),
    path("programa/aceptar/", programme.accept, name="invitation_accept"),
    path("programa/no-aceptar/", programme.decline, name="invitation_decline"),
    path("<int:number>/linea/", programme.line, name="line"),
    path("<int:number>/linea/confirmar/", programme.line_confirm, name="line_confirm"),
    path("<int:number>/linea/repetir-diagnostico/", programme.diagnosis_repeat, name="diagnosis_repeat"),
    path("<int:number>/nivelacion/agregar/", programme.levelling_add, name="levelling_add"),
    path("<int:number>/nivelacion/<int:pk>/", programme.levelling_edit, name="levelling"),
    path("<int:number>/nivelacion/<int:pk>/hecha/", programme.levelling_finish, name="levelling_finish"),
    path("<int:number>/nivelacion/<int:pk>/quitar/", programme.levelling_remove, name="levelling_remove"),
]
