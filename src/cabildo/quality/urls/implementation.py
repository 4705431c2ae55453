"""Stage 7, the cycle that follows, and one that leaves the programme."""

from django.urls import path

from cabildo.quality.views import between_cycles, diffusion, implementation, leaving, next_cycle, plan_follow_up

urlpatterns = [
    path("<int:number>/implementacion/", implementation.overview, name="implementation"),
    path("<int:number>/implementacion/difusion/", diffusion.reach_many, name="reach_many"),
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
    path("<int:number>/retirar/", leaving.leave, name="leave"),
    path("<int:number>/retomar/", leaving.come_back, name="come_back"),
    path("<int:number>/sin-terminar/", leaving.end_unfinished, name="end_unfinished"),
]
