"""Addresses of the desk of an agency: what it sees of the municipalities of its programmes, and its own people."""

from django.urls import include, path

from cabildo.accounts.urls import around_entering_anywhere, of_agency
from cabildo.quality.urls.agency import desk as quality
from cabildo.quality.urls.results import for_anybody as open_data
from cabildo.site import pages

handler400 = "cabildo.site.errors.unreadable"
handler403 = "cabildo.site.errors.forbidden"
handler404 = "cabildo.site.errors.not_found"
handler500 = "cabildo.site.errors.server_error"

urlpatterns = [
    path("", pages.agency_home, name="desk_home"),
    path("cuenta/entrada/", pages.after_login, name="home_after_login"),
    *around_entering_anywhere,
    path("cuenta/", include("allauth.urls")),
    path("cuenta/sesion/", pages.session, name="session"),
    path("estilo/<int:hue>.css", pages.brand_stylesheet, name="brand_stylesheet"),
    path("personas/", include(of_agency)),
    path("calidad/", include(quality)),
    path("datos-abiertos/calidad/", include(open_data)),
]
