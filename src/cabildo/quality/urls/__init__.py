"""Addresses of the programme, under `mesa/calidad/`. A module for each stage."""

from django.urls import path

from cabildo.quality.urls import (
    accreditation,
    committee,
    comparison,
    diagnosis,
    entry,
    help,
    implementation,
    improvement,
    learning,
    programme,
    report,
    self_assessment,
    validation,
)
from cabildo.quality.views import cycles

app_name = "quality"
urlpatterns = [
    path("", cycles.cycles, name="cycles"),
    path("comenzar/", cycles.begin, name="begin"),
    *accreditation.urlpatterns,
    *committee.urlpatterns,
    *comparison.urlpatterns,
    *diagnosis.urlpatterns,
    *entry.urlpatterns,
    *programme.urlpatterns,
    *improvement.urlpatterns,
    *implementation.urlpatterns,
    *help.urlpatterns,
    *learning.urlpatterns,
    *report.urlpatterns,
    *self_assessment.urlpatterns,
    *validation.urlpatterns,
]
