"""The desk of the validating body, among the addresses of an agency."""

from django.urls import path

from cabildo.quality.views import validators

PLACE = "municipalidades/<slug:slug>/validadores/"
urlpatterns = [
    path("validadores/", validators.register, name="validators"),
    path("validadores/inscribir/", validators.add, name="validator_add"),
    path("validadores/<int:pk>/", validators.edit, name="validator"),
    path("validadores/<int:pk>/invitar/", validators.invite_again, name="validator_invite"),
    path("validacion/", validators.queue, name="validation_queue"),
    path(PLACE, validators.municipality, name="municipality_validators"),
    path(f"{PLACE}asignar/", validators.assign, name="validator_assign"),
    path(f"{PLACE}<int:pk>/reemplazar/", validators.replace, name="validator_replace"),
    path(f"{PLACE}<int:pk>/terminar/", validators.end, name="validator_end"),
]
