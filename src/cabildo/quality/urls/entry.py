"""Stage 1."""

from django.urls import path

from cabildo.quality.views import counterparts, entry, supports

urlpatterns = [
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
