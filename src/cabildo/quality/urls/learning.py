"""Training of the committee, inside a municipality."""

from django.urls import path

from cabildo.quality.views import committee_training as views

urlpatterns = [
    path("<int:number>/capacitacion/", views.training, name="training"),
    path("<int:number>/capacitacion/nivelar/<int:visit>/", views.level, name="level"),
]
