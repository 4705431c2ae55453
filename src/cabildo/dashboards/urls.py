"""Addresses of the boards, under `mesa/tableros/`."""

from django.urls import path

from cabildo.dashboards.views import boards, control

app_name = "dashboards"

urlpatterns = [
    path("", boards.home, name="home"),
    path("alcaldia/", boards.mayor, name="mayor"),
    path("direccion/", boards.department, name="department"),
    path("oficina/", boards.office, name="office"),
    path("gestion/", control.municipality, name="control"),
    path("gestion/<slug:code>/", control.department, name="control_department"),
    path("gestion/<slug:code>/<slug:what>/", control.listing, name="control_list"),
]
