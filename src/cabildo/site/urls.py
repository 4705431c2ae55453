"""Addresses of the installation, outside any municipality."""

from django.conf import settings
from django.urls import include, path

from cabildo.site import operations, pages

handler400 = "cabildo.site.errors.unreadable"
handler403 = "cabildo.site.errors.forbidden"
handler404 = "cabildo.site.errors.not_found"
handler500 = "cabildo.site.errors.server_error"

urlpatterns = [
    path("", pages.landing, name="landing"),
    path("cuenta/entrada/", pages.after_login, name="home_after_login"),
    path("cuenta/", include("allauth.urls")),
    path("estilo/<int:hue>.css", pages.brand_stylesheet, name="brand_stylesheet"),
    path("open311/v2/", include("cabildo.tickets.open311.urls")),
    path("healthz", operations.health, name="health"),
    path("metrics", operations.metrics, name="metrics"),
]
if settings.DEBUG or settings.TESTING:
    urlpatterns.append(path("componentes/", pages.gallery, name="gallery"))
