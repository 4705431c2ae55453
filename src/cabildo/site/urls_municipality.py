"""Addresses inside one municipality: its portal, its desk, its machine-readable doors."""

from django.urls import include, path

from cabildo.site import pages

handler403 = "cabildo.site.errors.forbidden"
handler404 = "cabildo.site.errors.not_found"
handler500 = "cabildo.site.errors.server_error"

urlpatterns = [
    path("", pages.portal_home, name="portal_home"),
    path("cuenta/entrada/", pages.after_login, name="home_after_login"),
    path("cuenta/", include("allauth.urls")),
    path("estilo/<int:hue>.css", pages.brand_stylesheet, name="brand_stylesheet"),
    path("cuenta/sesion/", pages.session_renew, name="session_renew"),
    path("mesa/", pages.desk_home, name="desk_home"),
    path("documentos/", include("cabildo.documents.urls")),
    path("mesa/avisos/", include("cabildo.notifications.urls")),
    path("mesa/territorio/", include("cabildo.territory.urls")),
    path("", include("cabildo.tickets.urls")),
]
