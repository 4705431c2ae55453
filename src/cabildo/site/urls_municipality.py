"""Addresses inside one municipality: its portal, its desk, its machine-readable doors."""

from django.urls import include, path

from cabildo.accounts.urls import around_entering
from cabildo.meetings.urls import open_to_all as open_meetings
from cabildo.site import first_steps, pages
from cabildo.tickets import api
from cabildo.tickets.urls import desk_wide

handler400 = "cabildo.site.errors.unreadable"
handler403 = "cabildo.site.errors.forbidden"
handler404 = "cabildo.site.errors.not_found"
handler500 = "cabildo.site.errors.server_error"

urlpatterns = [
    path("", pages.portal_home, name="portal_home"),
    path("cuenta/entrada/", pages.after_login, name="home_after_login"),
    *around_entering,
    path("cuenta/", include("allauth.urls")),
    path("estilo/<int:hue>.css", pages.brand_stylesheet, name="brand_stylesheet"),
    path("cuenta/sesion/", pages.session, name="session"),
    path("mesa/", pages.desk_home, name="desk_home"),
    path("mesa/primeros-pasos/", first_steps.put_away, name="first_steps_put_away"),
    path("mesa/primeros-pasos/<slug:code>/", first_steps.take, name="first_step"),
    path("mesa/personas/", include("cabildo.accounts.urls")),
    path("mesa/puesta-en-marcha/", include("cabildo.site.setup.urls")),
    path("mesa/operaciones/", include("cabildo.site.operations_urls")),
    path("documentos/", include("cabildo.documents.urls")),
    path("mesa/avisos/", include("cabildo.notifications.urls")),
    path("mesa/territorio/", include("cabildo.territory.urls")),
    path("api/v1/", api.addresses()),
    path("open311/v2/", include("cabildo.tickets.open311.urls")),
    path("mesa/reuniones/", include("cabildo.meetings.urls")),
    *open_meetings,
    path("mesa/planes/", include("cabildo.plans.urls")),
    path("mesa/tableros/", include("cabildo.dashboards.urls")),
    path("mesa/calidad/", include("cabildo.quality.urls")),
    path("", include("cabildo.workflow.processes.urls")),
    path("", include(desk_wide)),
    path("", include("cabildo.tickets.urls")),
]
