"""The edge every Open311 address shares: municipality, key, errors, format and headers."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from cabildo.accounts.access import is_closed_to, public
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import clients
from cabildo.tickets.models import ApiClient
from cabildo.tickets.open311 import documents, json, xml
from cabildo.tickets.open311.errors import (
    BAD_METHOD,
    BAD_REQUEST,
    FORBIDDEN,
    NOT_FOUND,
    TOO_MANY,
    Refused,
    SpecError,
    refuse,
)
from cabildo.tickets.open311.reader import Given, first, tidy
from cabildo.tickets.queries.clients import active_client

FORMATS = {"xml": xml, "json": json}
SECONDS_TO_WAIT = 60


@dataclass(frozen=True)
class Answer:
    """A document with the name of its root, and the headers that go with it."""

    root: str
    content: Any
    status: int = 200
    headers: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Call:
    """One call, read: its parameters, its municipality, the address it came to."""

    request: HttpRequest
    given: Given
    municipality: Municipality | None

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.municipality.time_zone if self.municipality else "America/Santiago")

    def client(self, permission: str) -> ApiClient:
        """The client whose key came with the call, if it may do this and is within its limit; else Refused."""
        client = active_client(self._key) if self._key else None
        if client is None:
            raise refuse(FORBIDDEN, _("Falta «api_key» o no es válida. Pida una a la municipalidad."))
        if not getattr(client, permission):
            raise refuse(FORBIDDEN, _("Esta clave no tiene permiso para esta operación."))
        if not clients.admit(client):
            raise refuse(TOO_MANY, _("Se pasó del límite de llamadas por minuto de esta clave. Espere un minuto."))
        return client

    def optional_client(self, permission: str) -> ApiClient | None:
        """As `client`, where a key is not needed but counts when it comes."""
        return self.client(permission) if self._key else None

    @property
    def _key(self) -> str:
        return first(self.given, "api_key")

    def page_address(self, number: int) -> str:
        """The same search on another page, without the key: addresses end up in logs."""
        kept = {name: values for name, values in self.given.items() if name not in ("page", "api_key")}
        query = urlencode({**kept, "page": number}, doseq=True)
        return f"{self.request.build_absolute_uri(self.request.path)}?{query}"


Operation = Callable[..., Answer]


def door(*, needs_jurisdiction: bool = True, **operations: Operation) -> Callable[..., HttpResponse]:
    """A view that runs the operation of each method: `door(get=..., post=...)`.

    Public as an address; an operation that needs a key asks for it. No cookies are read, so no forgery token either.
    """

    @public(before_opening=True)  # it refuses in the format asked
    @csrf_exempt
    def view(request: HttpRequest, fmt: str, **arguments: str) -> HttpResponse:
        try:
            answer = _run(request, operations, arguments, needs_jurisdiction=needs_jurisdiction)
        except Refused as refusal:
            answer = Answer("errors", documents.errors(refusal.errors), refusal.status, _refusal_headers(refusal))
        response = _rendered(request, answer, fmt)
        if answer.status == BAD_METHOD:
            response["Allow"] = ", ".join(sorted(name.upper() for name in operations))
        return response

    return view


def _run(
    request: HttpRequest, operations: Mapping[str, Operation], arguments: Mapping[str, str], *, needs_jurisdiction: bool
) -> Answer:
    method = "get" if request.method == "HEAD" else (request.method or "").lower()
    if method not in operations:
        raise refuse(BAD_METHOD, _("Esta dirección no admite el método {method}.").format(method=request.method))
    given = _given(request)
    municipality = _municipality(request, given, is_needed=needs_jurisdiction)
    inside = in_municipality(municipality) if municipality else nullcontext()
    with inside:
        if municipality and _is_closed(request, municipality):
            raise refuse(FORBIDDEN, _("Esta municipalidad todavía no abre su atención al público."))
        try:
            return operations[method](Call(request, given, municipality), **arguments)
        except DomainError as refusal:
            raise refuse(BAD_REQUEST, refusal.sentence) from refusal


def _given(request: HttpRequest) -> Given:
    """Parameters of the address and of the body; a body that cannot be read is a plain 400."""
    try:
        sent = dict(request.GET.lists())
        if request.method == "POST":
            sent |= dict(request.POST.lists())
    except (BadRequest, SuspiciousOperation, MultiPartParserError) as error:
        raise refuse(BAD_REQUEST, _("No se pudo leer lo enviado. Use un formulario en UTF-8.")) from error
    return tidy(sent)


def _municipality(request: HttpRequest, given: Given, *, is_needed: bool) -> Municipality | None:
    here: Municipality | None = request.municipality  # type: ignore[attr-defined]
    asked = first(given, "jurisdiction_id")
    if here is not None:
        found = here if asked in ("", here.slug) else None
    elif asked:
        found = Municipality.objects.filter(slug=asked).first() if "\x00" not in asked else None
    elif is_needed:
        raise refuse(BAD_REQUEST, _("Falta «jurisdiction_id»: el nombre corto de la municipalidad."))
    else:
        return None
    if found is None:
        raise refuse(NOT_FOUND, _("No hay una municipalidad con ese «jurisdiction_id»."))
    return found


def _is_closed(request: HttpRequest, municipality: Municipality) -> bool:
    """Before the opening its officials alone see it, and at its own address: there their session counts."""
    is_own_address = request.municipality is not None  # type: ignore[attr-defined]
    return municipality.opened_at is None and (not is_own_address or is_closed_to(request))


def nowhere(request: HttpRequest, fmt: str) -> HttpResponse:
    """What an address below Open311 that leads nowhere answers, an unknown municipality's too."""
    missing = SpecError(NOT_FOUND, _("Esta dirección no existe. Revise la municipalidad y el recurso."))
    return _rendered(request, Answer("errors", documents.errors([missing]), NOT_FOUND), fmt)


def _rendered(request: HttpRequest, answer: Answer, fmt: str) -> HttpResponse:
    form = FORMATS[fmt]
    body = form.render(answer.root, answer.content)
    response = HttpResponse(body, content_type=form.CONTENT_TYPE, status=answer.status, headers=answer.headers)
    if request.method in ("GET", "HEAD"):
        response["Access-Control-Allow-Origin"] = "*"
    return response


def _refusal_headers(refusal: Refused) -> dict[str, str]:
    return {"Retry-After": str(SECONDS_TO_WAIT)} if refusal.status == TOO_MANY else {}
