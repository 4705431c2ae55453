"""The JSON interface: officials work with their session, other systems read with a key. docs/reference/api.md."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import NinjaAPI, Path, Query, Status
from ninja.errors import HttpError, ValidationError
from ninja.security import APIKeyHeader, SessionAuth

from cabildo.accounts.access import can, lacks_second_factor, log_reads, public, saw
from cabildo.accounts.models import Department
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.kit.errors import DomainError
from cabildo.tickets import api_shapes
from cabildo.tickets.actions import handling
from cabildo.tickets.actions.clients import admit
from cabildo.tickets.api_schemas import (
    Acknowledgement,
    Derivation,
    Folio,
    Note,
    Problem,
    Published,
    PublishedFilters,
    PublishedPage,
    TicketDetail,
    TicketFilters,
    TicketPage,
    TimelineLine,
)
from cabildo.tickets.choices import EventKind, TicketPermission
from cabildo.tickets.models import ApiClient, Ticket, TicketEvent
from cabildo.tickets.queries import lists
from cabildo.tickets.queries.clients import active_client
from cabildo.tickets.queries.visibility import may_see_identity, visible_ticket, visible_tickets
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import DUE_SOON_DAYS

PAGE_SIZE = 50
REFUSALS = dict.fromkeys((400, 401, 403, 404, 422), Problem)
LIMITED = {**REFUSALS, 429: Problem}
NEWEST = ("-received_at", "-pk")


class StaffSession(SessionAuth):
    """Whoever entered with an account and works with requests here. Changes need the CSRF token of the session."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        if not request.user.is_authenticated:
            return None
        if not can(request.user, TicketPermission.VIEW) or lacks_second_factor(request):
            raise HttpError(403, "")
        return request.user


class ClientKey(APIKeyHeader):
    """A system with a key of this municipality that may read, within its calls per minute."""

    param_name = "X-Api-Key"

    def authenticate(self, request: HttpRequest, key: str | None) -> ApiClient | None:
        client = active_client(key or "")
        if client is None:
            return None
        if not client.may_read:
            raise HttpError(403, "")
        if not admit(client):
            raise HttpError(429, "")
        return client


STAFF, CLIENT = StaffSession(), ClientKey()
api = NinjaAPI(
    title="Cabildo",
    version="1",
    description="Requests of one municipality. Officials use their session, other systems a key.",
    docs_url=None,  # its page needs inline script, which the Content-Security-Policy refuses
    docs_decorator=public,  # the description is for anyone
    urls_namespace="api",
)


def _fetch(request: HttpRequest, folio: str, permission: str = TicketPermission.VIEW) -> Ticket:
    """The request of this folio, if this person may see it, and may do this with it."""
    ticket = visible_ticket(request.user, folio.upper())
    if not can(request.user, permission, on=ticket):
        raise PermissionDenied
    return ticket


@api.get("/tickets", auth=STAFF, response={200: TicketPage, **REFUSALS}, operation_id="list_tickets")
def list_tickets(request: HttpRequest, filters: Query[TicketFilters]) -> Any:
    """Requests this person may see, with the filters of the desk's list."""
    listing = lists.spec().read(request.GET)
    today = timezone.localdate()
    days = municipal_calendar(today)
    asked = (visible_tickets(request.user), listing.values, today, days.add(today, DUE_SOON_DAYS))
    matches = lists.matches_of(listing.values)
    count = capped_count(lists.filtered(*asked, matches=matches), cap=lists.FEW)
    found = lists.filtered(*asked, are_many=not count.exact, matches=matches)
    rows = found.select_related("category", "department", "assignee").defer("text", "answers", "category__definition")
    shown = page(rows, listing.sort.order, filters.pagina, PAGE_SIZE)
    items = [api_shapes.line(ticket, today, days) for ticket in shown.items]
    return {"items": items, "next": shown.next_cursor, "previous": shown.previous_cursor}


@api.get("/tickets/{folio}", auth=STAFF, response={200: TicketDetail, **REFUSALS}, operation_id="read_ticket")
def read_ticket(request: HttpRequest, folio: Path[Folio]) -> Any:
    """One request whole. Its requester comes only for those who may know, and the reading is logged."""
    return _detail(request, _fetch(request, folio))


def _detail(request: HttpRequest, ticket: Ticket) -> api_shapes.Shape:
    shows_identity = may_see_identity(request.user, ticket)
    if shows_identity and ticket.requester is not None:
        saw(request, [ticket.requester])
        log_reads(request, purpose="api_read_ticket")
    today = timezone.localdate()
    return api_shapes.detail(ticket, today, municipal_calendar(today), shows_identity=shows_identity)


@api.get(
    "/tickets/{folio}/timeline",
    auth=STAFF,
    response={200: list[TimelineLine], **REFUSALS},
    operation_id="read_timeline",
)
def read_timeline(request: HttpRequest, folio: Path[Folio]) -> Any:
    """Everything that happened to it, oldest first."""
    ticket = _fetch(request, folio)
    events = TicketEvent.objects.filter(ticket=ticket).select_related("by", "department").order_by("at", "pk")
    if ticket.requester is not None:
        saw(request, [ticket.requester])
        log_reads(request, purpose="api_read_timeline")
    return [api_shapes.event(event) for event in events]


@api.post(
    "/tickets/{folio}/acknowledge",
    auth=STAFF,
    response={200: TicketDetail, **REFUSALS},
    operation_id="acknowledge_ticket",
)
def acknowledge_ticket(request: HttpRequest, folio: Path[Folio], sent: Acknowledgement) -> Any:
    """The department has it; whoever calls is in charge if nobody was."""
    ticket = _fetch(request, folio, TicketPermission.WORK)
    handling.acknowledge(ticket, by=_user(request), seen_version=sent.version)
    return _detail(request, _fetch(request, folio))


@api.post("/tickets/{folio}/notes", auth=STAFF, response={201: TimelineLine, **REFUSALS}, operation_id="add_note")
def add_note(request: HttpRequest, folio: Path[Folio], sent: Note) -> Any:
    """A note that only officials read."""
    ticket = _fetch(request, folio, TicketPermission.WORK)
    handling.note(ticket, text=sent.text, by=_user(request))
    notes = TicketEvent.objects.filter(ticket=ticket, kind=EventKind.NOTE, by=_user(request))
    return Status(201, api_shapes.event(notes.select_related("by", "department").latest("pk")))


@api.post("/tickets/{folio}/derive", auth=STAFF, response={200: TicketDetail, **REFUSALS}, operation_id="derive_ticket")
def derive_ticket(request: HttpRequest, folio: Path[Folio], sent: Derivation) -> Any:
    """Another department must answer it from now on; who derives it goes on seeing it."""
    ticket = _fetch(request, folio, TicketPermission.DERIVE)
    department = Department.objects.filter(code=sent.department, is_active=True).first()
    if department is None:
        raise Http404
    handling.derive(ticket, to=department, reason=sent.reason, by=_user(request), seen_version=sent.version)
    return _detail(request, _fetch(request, folio))


def _user(request: HttpRequest) -> Any:
    return request.user


@api.get("/published", auth=CLIENT, response={200: PublishedPage, **LIMITED}, operation_id="list_published")
def list_published(request: HttpRequest, filters: Query[PublishedFilters]) -> Any:
    """Published requests, newest first."""
    tickets = _published()
    if filters.materia:
        tickets = tickets.filter(category__code=filters.materia)
    if filters.updated_after:
        tickets = tickets.filter(updated_at__gt=filters.updated_after)
    shown = page(tickets, NEWEST, filters.pagina, PAGE_SIZE)
    items = [api_shapes.published(ticket) for ticket in shown.items]
    return {"items": items, "next": shown.next_cursor, "previous": shown.previous_cursor}


@api.get("/published/{folio}", auth=CLIENT, response={200: Published, **LIMITED}, operation_id="read_published")
def read_published(request: HttpRequest, folio: Path[Folio]) -> Any:
    ticket = _published().filter(folio=folio.upper()).first()
    if ticket is None:
        raise Http404
    return api_shapes.published(ticket)


def _published() -> Any:
    tickets = Ticket.objects.filter(is_public=True, is_reserved=False)
    return tickets.select_related("category", "department", "area").defer("text", "answers", "category__definition")


# --- refusals, all with one shape ----------------------------------------------------------------

WORDS = {
    400: ("bad_request", _("No se pudo leer lo enviado. Envíe JSON en UTF-8.")),
    401: ("not_authenticated", _("Entre con su cuenta, o envíe una clave válida en X-Api-Key.")),
    403: ("forbidden", _("No tiene permiso para esto, o falta el token CSRF de su sesión.")),
    404: ("not_found", _("No existe, o no es de lo que puede ver.")),
    429: ("too_many_calls", _("Se pasó del límite de llamadas por minuto. Espere un minuto.")),
}


def _refusal(request: HttpRequest, status: int) -> HttpResponse:
    code, message = WORDS[status]
    return api.create_response(request, {"code": code, "message": str(message), "fields": []}, status=status)


@api.exception_handler(HttpError)
def _http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _refusal(request, error.status_code)


@api.exception_handler(PermissionDenied)
def _denied(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return _refusal(request, 403)


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _refusal(request, 404)


@api.exception_handler(DomainError)
def _refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    return api.create_response(request, {"code": error.code, "message": error.sentence, "fields": []}, status=400)


@api.exception_handler(InvalidCursor)
def _bad_cursor(request: HttpRequest, error: InvalidCursor) -> HttpResponse:
    message = _("«pagina» no es de esta lista. Empiece por la primera.")
    return api.create_response(
        request, {"code": "invalid_cursor", "message": str(message), "fields": ["pagina"]}, status=400
    )


@api.exception_handler(ValidationError)
def _invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    fields = [".".join(str(part) for part in one["loc"]) for one in error.errors]
    message = _("Hay datos que faltan o no sirven: revise los que se nombran en «fields».")
    return api.create_response(request, {"code": "invalid", "message": str(message), "fields": fields}, status=422)


def addresses() -> Any:
    """What is mounted at `/api/v1/`. The root page of the library only says that there is nothing: it is public."""
    patterns, app, namespace = api.urls
    root = next(pattern for pattern in patterns if isinstance(pattern, URLPattern) and pattern.name == "api-root")
    root.callback = public(root.callback)
    return patterns, app, namespace
