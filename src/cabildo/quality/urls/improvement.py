"""Stage 5."""

from django.urls import path

from cabildo.quality.views import immediate, improvement, improvement_plan

urlpatterns = [
    path("<int:number>/plan/", improvement.overview, name="improvement"),
    path("<int:number>/plan/difusion/", improvement.dissemination, name="dissemination"),
    path("<int:number>/plan/brechas/", improvement.gaps, name="gaps"),
    path("<int:number>/plan/matriz/", improvement.matrix, name="matrix"),
    path("<int:number>/plan/matriz/pesos/", improvement.weights, name="matrix_weights"),
    path("<int:number>/plan/matriz/metodologia/<slug:methodology>/", improvement.option, name="option"),
    path("<int:number>/plan/crear/", improvement_plan.create, name="plan_create"),
    path("<int:number>/plan/agregar/", improvement_plan.add_chosen, name="plan_add_chosen"),
    path("<int:number>/plan/programa/", improvement_plan.programme, name="programme"),
    path("<int:number>/plan/programa/<int:pk>/", improvement_plan.targets, name="line_targets"),
    path("<int:number>/plan/inmediatas/agregar/", immediate.add, name="immediate_add"),
    path("<int:number>/plan/inmediatas/<int:pk>/", immediate.edit, name="immediate"),
    path("<int:number>/plan/inmediatas/<int:pk>/hecha/", immediate.finish, name="immediate_finish"),
    path("<int:number>/plan/inmediatas/<int:pk>/quitar/", immediate.remove, name="immediate_remove"),
]
