"""Stage 7, and the cycle that follows."""

from django.urls import path

from cabildo.quality.views import between_cycles, implementation, next_cycle, plan_follow_up

urlpatterns = [
    path("<int:number>/implementacion/", implementation.overview, name="implementation"),
    path("<int:number>/implementacion/difusion/<slug:code>/", implementation.reach, name="reach"),
    path("<int:number>/implementacion/seguimiento/agregar/", plan_follow_up.add, name="plan_follow_up_add"),
    path("<int:number>/implementacion/seguimiento/<int:pk>/", plan_follow_up.edit, name="plan_follow_up"),
    path(
        "<int:number>/implementacion/seguimiento/<int:pk>/quitar/", plan_follow_up.remove, name="plan_follow_up_remove"
    ),
    path("<int:number>/implementacion/comparacion/", implementation.comparison, name="comparison"),
    path("<int:number>/implementacion/alcanzado/", implementation.reached, name="reached"),
    path("<int:number>/ciclo-anterior/", between_cycles.previous_cycle, name="previous_cycle"),
    path("<int:number>/nuevo-ciclo/", next_cycle.begin_next, name="next_cycle"),
]
