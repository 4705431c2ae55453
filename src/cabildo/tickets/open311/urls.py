"""Addresses of Open311, the same inside a municipality and at the installation."""

from django.urls import re_path

from cabildo.tickets.open311 import updates, views

app_name = "open311"
FORMAT = r"\.(?P<fmt>xml|json)$"

urlpatterns = [
    re_path(rf"^discovery{FORMAT}", views.discovery, name="discovery"),
    re_path(rf"^services{FORMAT}", views.services, name="services"),
    re_path(rf"^services/(?P<code>[^/]{{1,80}}){FORMAT}", views.definition, name="definition"),
    re_path(rf"^requests{FORMAT}", views.requests, name="requests"),
    re_path(rf"^requests/(?P<folio>[^/]{{1,60}}){FORMAT}", views.request, name="request"),
    re_path(rf"^tokens/(?P<token>[^/]{{1,200}}){FORMAT}", views.token, name="token"),
    re_path(rf"^servicerequestupdates{FORMAT}", updates.updates, name="updates"),
]
