"""The trainings of an agency, among the addresses of its desk."""

from django.urls import path

from cabildo.quality.views import trainings as views

ONE = "capacitaciones/<int:pk>/"
urlpatterns = [
    path("capacitaciones/", views.trainings, name="trainings"),
    path("capacitaciones/planificar/", views.add, name="training_add"),
    path(ONE, views.training, name="training"),
    path(f"{ONE}cambiar/", views.edit, name="training_edit"),
    path(f"{ONE}convocar/", views.call, name="training_call"),
    path(f"{ONE}material/agregar/", views.material_add, name="training_material_add"),
    path(f"{ONE}material/<uuid:public_id>/", views.material, name="training_material"),
    path(f"{ONE}asistencia/<slug:slug>/", views.attendance, name="training_attendance"),
    path(f"{ONE}asistencia/<slug:slug>/al-dia/", views.renew_list, name="training_renew"),
]
