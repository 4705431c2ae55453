"""From the address to the municipality, whose scope is entered before anything is asked, or to the agency."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix, set_urlconf

from cabildo.accounts.models import Agency, Municipality
from cabildo.accounts.scoping import in_municipality

TENANT_PATH = re.compile(r"^/m/(?P<slug>[a-z0-9-]+)(?P<rest>/.*)?$")
AGENCY_PATH = re.compile(r"^/a/(?P<slug>[a-z0-9-]+)(?P<rest>/.*)?$")
INSTALLATION_PATHS = ("/healthz", "/metrics", "/static/")


@contextmanager
def _inside(request: HttpRequest, urlconf: str, prefix: str, rest: str) -> Iterator[None]:
    """Addresses are those of this site from here on, also on the page of an error that no view was asked about."""
    request.urlconf = urlconf
    request.path_info = rest
    before = get_script_prefix()
    set_script_prefix(prefix)
    set_urlconf(urlconf)
    try:
        yield
    finally:
        set_script_prefix(before)
        set_urlconf(None)


class MunicipalityFromAddress:
    """`/m/<slug>/…` and mapped hosts become the municipality's own site, with its own prefix.

    The prefix is handed to Django as a script name, so that reverse() yields addresses inside
    the municipality and no view, template or mail has to name it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.municipality = None  # type: ignore[attr-defined]
        slug, prefix, rest = self._find(request)
        if slug is None:
            return self.get_response(request)
        municipality = Municipality.objects.filter(slug=slug).first()
        if municipality is None:
            raise Http404
        return self._serve(request, municipality, prefix, rest)

    def _find(self, request: HttpRequest) -> tuple[str | None, str, str]:
        if match := TENANT_PATH.match(request.path_info):
            slug = match["slug"]
            return slug, f"/m/{slug}", match["rest"] or "/"
        slug = settings.MUNICIPALITY_HOSTS.get(request.get_host().partition(":")[0])
        if slug and not request.path_info.startswith(INSTALLATION_PATHS):
            return slug, "", request.path_info
        return None, "", ""

    def _serve(self, request: HttpRequest, municipality: Municipality, prefix: str, rest: str) -> HttpResponse:
        request.municipality = municipality  # type: ignore[attr-defined]
        with _inside(request, settings.MUNICIPALITY_URLCONF, f"{prefix}/", rest), in_municipality(municipality):
            return self.get_response(request)


class AgencyFromAddress:
    """`/a/<slug>/…` is the desk of an agency, with its own prefix and no scope: its views say which municipalities."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.agency = None  # type: ignore[attr-defined]
        asked = AGENCY_PATH.match(request.path_info) if request.municipality is None else None  # type: ignore[attr-defined]
        if asked is None:
            return self.get_response(request)
        agency = Agency.objects.filter(slug=asked["slug"]).first()
        if agency is None:
            raise Http404
        return self._serve(request, agency, asked["rest"] or "/")

    def _serve(self, request: HttpRequest, agency: Agency, rest: str) -> HttpResponse:
        request.agency = agency  # type: ignore[attr-defined]
        with _inside(request, settings.AGENCY_URLCONF, f"/a/{agency.slug}/", rest):
            return self.get_response(request)
