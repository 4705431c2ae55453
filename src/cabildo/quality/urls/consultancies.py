"""The consultancies of an agency, among the addresses of its desk."""

from django.urls import path

from cabildo.quality.views import consultancies as views

ONE = "consultorias/<int:pk>/"
urlpatterns = [
    path("consultorias/", views.consultancies, name="consultancies"),
    path("consultorias/registrar/", views.add, name="consultancy_add"),
    path(ONE, views.consultancy, name="consultancy"),
    path(f"{ONE}cambiar/", views.edit, name="consultancy_edit"),
    path(f"{ONE}terminar/", views.end, name="consultancy_end"),
    path(f"{ONE}contrato/agregar/", views.paper_add, name="consultancy_paper_add"),
    path(f"{ONE}contrato/<uuid:public_id>/", views.paper, name="consultancy_paper"),
    path(f"{ONE}consultores/agregar/", views.consultant_add, name="consultant_add"),
    path(f"{ONE}consultores/<int:member>/invitar/", views.consultant_invite, name="consultant_invite"),
    path(f"{ONE}consultores/<int:member>/terminar/", views.consultant_end, name="consultant_end"),
    path(f"{ONE}municipalidades/agregar/", views.cover, name="consultancy_cover"),
    path(f"{ONE}municipalidades/<slug:slug>/terminar/", views.uncover, name="consultancy_uncover"),
]
