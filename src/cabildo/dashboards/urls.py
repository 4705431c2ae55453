"""Addresses of the boards, under `mesa/tableros/`."""

from django.urls import path

from cabildo.dashboards import views

app_name = "dashboards"

urlpatterns = [
    path("", views.home, name="home"),
    path("alcaldia/", views.mayor, name="mayor"),
    path("direccion/", views.department, name="department"),
    path("oficina/", views.office, name="office"),
]
