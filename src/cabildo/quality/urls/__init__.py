"""Addresses of the programme, under `mesa/calidad/`. A module for each stage."""

from django.urls import path

from cabildo.quality.urls import diagnosis, entry
from cabildo.quality.views import cycles

app_name = "quality"
urlpatterns = [
    path("", cycles.cycles, name="cycles"),
    path("comenzar/", cycles.begin, name="begin"),
    *diagnosis.urlpatterns,
    *entry.urlpatterns,
]
