"""Training of the committee and consultancy, inside a municipality."""

from django.urls import path

from cabildo.quality.views import committee_training as views
from cabildo.quality.views import consultancy

urlpatterns = [
    path("<int:number>/capacitacion/", views.training, name="training"),
    path("<int:number>/capacitacion/nivelar/<int:visit>/", views.level, name="level"),
    path("consultoria/", consultancy.my_municipalities, name="my_municipalities"),
    path("<int:number>/consultoria/", consultancy.consultancy, name="consultancy"),
    path("<int:number>/consultoria/visitas/<int:visit>/tabla/", consultancy.agenda, name="visit_agenda"),
    path("<int:number>/consultoria/visitas/<int:visit>/informe/", consultancy.report, name="visit_report"),
]
