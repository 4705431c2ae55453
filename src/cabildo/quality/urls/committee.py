"""The page of a cycle, stage 2, and the good practices that every official reads."""

from django.urls import path

from cabildo.quality.views import committee, hub, methods, practices, working_plans

urlpatterns = [
    path("<int:number>/", hub.cycle, name="cycle"),
    path("buenas-practicas/", practices.practices, name="practices"),
    path("buenas-practicas/<int:pk>/", practices.practice, name="practice"),
    path("<int:number>/comite/", committee.overview, name="committee"),
    path("<int:number>/comite/decreto/", committee.decree, name="decree"),
    path("<int:number>/comite/lanzamiento/", committee.launch, name="launch"),
    path("<int:number>/comite/plan-de-trabajo/", working_plans.work_plan, name="work_plan"),
    path("<int:number>/comite/estrategia/", working_plans.strategy, name="strategy"),
    path("<int:number>/comite/canales/<int:node_id>/", working_plans.channel, name="channel"),
    path("<int:number>/comite/metodologia/<slug:stage>/", methods.method, name="method"),
    path("<int:number>/comite/seguimiento/agregar/", methods.follow_up_add, name="follow_up_add"),
    path("<int:number>/comite/seguimiento/<int:pk>/", methods.follow_up, name="follow_up"),
    path("<int:number>/comite/seguimiento/<int:pk>/quitar/", methods.follow_up_remove, name="follow_up_remove"),
    path("<int:number>/comite/practicas/agregar/", practices.add, name="practice_add"),
    path("<int:number>/comite/practicas/<int:pk>/", practices.edit, name="practice_edit"),
    path("<int:number>/comite/practicas/<int:pk>/publicar/", practices.publish, name="practice_publish"),
    path("<int:number>/comite/practicas/<int:pk>/retirar/", practices.withdraw, name="practice_withdraw"),
    path("<int:number>/comite/practicas/<int:pk>/quitar/", practices.remove, name="practice_remove"),
]
