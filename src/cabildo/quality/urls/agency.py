"""The desk of an agency of the programme, under `/a/<slug>/calidad/`; not part of a municipality's addresses."""

from django.urls import path

from cabildo.quality.urls import consultancies, help_desk, results, trainings, validators
from cabildo.quality.views import agency

urlpatterns = [
    path("", agency.municipalities, name="municipalities"),
    path("carga/", agency.workload, name="workload"),
    path("invitar/", agency.invite, name="invite"),
    path("municipalidades/<slug:slug>/", agency.municipality, name="municipality"),
    path("municipalidades/<slug:slug>/acompanamiento/", agency.assign, name="assign"),
    path("municipalidades/<slug:slug>/linea/", agency.confirm_line, name="confirm_line"),
    *consultancies.urlpatterns,
    *help_desk.urlpatterns,
    *results.urlpatterns,
    *trainings.urlpatterns,
    *validators.urlpatterns,
]
desk = (urlpatterns, "programme")
