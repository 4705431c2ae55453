"""Addresses of the guided set-up."""

from django.urls import path

from cabildo.site.setup.views import catalogue, holidays, municipality, packs, sheets

app_name = "setup"

urlpatterns = [
    path("", municipality.start, name="start"),
    path("nombre/", municipality.identity, name="identity"),
    path("color/", municipality.colour, name="colour"),
    path("comuna/", municipality.commune, name="commune"),
    path("abrir/", municipality.opening, name="opening"),
    path("planilla/<slug:slug>/", sheets.upload, name="sheet"),
    path("planilla/<slug:slug>/revisar/", sheets.review, name="sheet_review"),
    path("feriados/", holidays.changes, name="holidays"),
    path("feriados/<int:change_id>/quitar/", holidays.forget, name="forget_holiday"),
    path("feriados/calendario/", holidays.calendar, name="calendar"),
    path("feriados/calendario/elegir/", holidays.calendar_review, name="calendar_review"),
    path("contenidos/", packs.available, name="packs"),
    path("contenidos/adoptar/", packs.adopt, name="adopt"),
    path("contenidos/dejar/", packs.leave, name="leave"),
    path("plazos/", catalogue.terms, name="terms"),
    path("categorias/", catalogue.categories, name="categories"),
    path("categorias/<slug:code>/", catalogue.category, name="category"),
    path("categorias/<slug:code>/sector/", catalogue.route, name="route"),
    path("categorias/<slug:code>/sector/quitar/", catalogue.drop_route, name="drop_route"),
]
