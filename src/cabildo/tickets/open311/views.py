"""Discovery, services, requests and tokens. Each operation takes a `Call` and gives an `Answer`."""

from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.links import absolute
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import current_municipality, in_municipality
from cabildo.people.actions import Contact
from cabildo.tickets import redirects
from cabildo.tickets.actions import open311
from cabildo.tickets.actions.intake import Intake
from cabildo.tickets.choices import Channel, Kind
from cabildo.tickets.models import ApiClient, Category, Ticket
from cabildo.tickets.open311 import documents, parameters, selection, submission
from cabildo.tickets.open311.edge import Answer, Call, door
from cabildo.tickets.open311.errors import BAD_REQUEST, NOT_FOUND, refuse
from cabildo.tickets.open311.parameters import Search
from cabildo.tickets.open311.reader import Reader
from cabildo.tickets.open311.submission import Submission
from cabildo.tickets.rules.folio import normal_folio

TOKEN = signing.Signer(salt="tickets.open311.token")
MAX_MEDIA = 5


def _discovery(call: Call) -> Answer:
    """One endpoint inside a municipality; at the installation, one for each that has opened to the public."""
    opened = Municipality.objects.filter(opened_at__isnull=False).order_by("name")
    here = [call.municipality] if call.municipality else opened
    key_service = _("Las claves las entrega cada municipalidad: pídala a la que administra el sitio.")
    contact = call.municipality.name if call.municipality else _("La municipalidad que corresponda")
    places = [documents.Place(_root(one), one.opened_at is not None) for one in here]
    return Answer("discovery", documents.discovery(contact=contact, key_service=key_service, places=places))


def _root(municipality: Municipality) -> str:
    with in_municipality(municipality):
        return absolute("open311:discovery", "json").removesuffix("/discovery.json")


def _services(call: Call) -> Answer:
    return Answer("services", [documents.service(category) for category in selection.offered()])


def _definition(call: Call, code: str) -> Answer:
    category = selection.offered().filter(code=code).first()
    if category is None:
        raise refuse(NOT_FOUND, _("No existe ese servicio, o no recibe solicitudes por ahora."))
    return Answer("service_definition", documents.definition(category))


def _search(call: Call) -> Answer:
    asked = parameters.search(call.given, timezone.now(), call.zone)
    tickets, has_more = selection.page(asked, call.optional_client("may_read"))
    shaped = list(selection.shaped(tickets, extended=asked.extended, zone=call.zone))
    return Answer("service_requests", shaped, headers=_links(call, asked.page, has_more=has_more))


def _links(call: Call, page: int, *, has_more: bool) -> dict[str, str]:
    others = {"first": 1 if page > 1 else None, "prev": page - 1 or None, "next": page + 1 if has_more else None}
    found = [f'<{call.page_address(number)}>; rel="{name}"' for name, number in others.items() if number]
    return {"Link": ", ".join(found)} if found else {}


def _one(call: Call, folio: str) -> Answer:
    normal = normal_folio(folio)
    asked = Search(folios=(normal,) if normal else (), extended=Reader(call.given, call.zone).flag("extensions"))
    tickets, _has_more = selection.page(asked, call.optional_client("may_read"))
    if not tickets:
        raise refuse(NOT_FOUND, _("No hay una solicitud publicada con ese service_request_id."))
    return Answer("service_requests", list(selection.shaped(tickets, extended=asked.extended, zone=call.zone)))


def _create(call: Call) -> Answer:
    client = call.client("may_write")
    media = call.request.FILES.getlist("media")
    if len(media) > MAX_MEDIA:
        raise refuse(BAD_REQUEST, _("Se reciben hasta {limit} archivos.").format(limit=MAX_MEDIA))
    asked = submission.read(call.given, call.zone, category_of=_category, has_photo=bool(media))
    external_id = asked.external_id or call.request.headers.get("Idempotency-Key", "")[:80]
    intake = _intake(asked, client, external_id)
    ticket = open311.submit(intake, client=client, media=media, media_url=asked.media_url)
    return Answer("service_requests", _receipt(ticket))


def _category(code: str) -> Category | None:
    """The service; refused when it is asked for in a form of the portal, where who asks proves who they are."""
    category = Category.objects.filter(code=code).first()
    regime = redirects.of_category(category) if category else None
    if regime is not None and regime.has_own_form:
        words = _("«{label}» no se recibe por aquí. Se pide en {address}")
        raise refuse(BAD_REQUEST, words.format(label=regime.label, address=absolute("tickets:data_request_new")))
    return category


def _intake(asked: Submission, client: ApiClient, external_id: str) -> Intake:
    """Open311 has no kinds: the category's first one is taken, and the office may change it."""
    kinds = asked.category.definition.get("kinds") or [Kind.SOLICITUD]
    return Intake(
        category=asked.category,
        kind=kinds[0],
        text=asked.description or asked.category.label,
        channel=Channel.OPEN311,
        channel_detail=client.name,
        contact=Contact(name=asked.name, email=asked.email, phone=asked.phone),
        answers=asked.answers,
        latitude=asked.latitude,
        longitude=asked.longitude,
        place=asked.address,
        source=client.source,
        external_id=external_id or None,
    )


def _receipt(ticket: Ticket) -> list[documents.Document]:
    """The folio at once; a token while no department answers it yet."""
    if ticket.department_id is None:
        notice = _("Recibimos la solicitud. Su folio se entrega cuando tenga una dirección responsable.")
        return documents.awaited(_token_of(ticket), notice)
    return documents.created(ticket.folio, _("Debe responder: {name}.").format(name=ticket.department))


def _token_of(ticket: Ticket) -> str:
    return TOKEN.sign(f"{ticket.municipality_id}-{ticket.pk}").replace(":", "-")


def _token(call: Call, token: str) -> Answer:
    ticket = _ticket_of(token)
    if ticket is None:
        raise refuse(NOT_FOUND, _("Ese token no existe."))
    return Answer("service_requests", documents.token(token, ticket.folio if ticket.department_id else None))


def _ticket_of(token: str) -> Ticket | None:
    """The request a token names, when this municipality gave it."""
    municipality, _dash, rest = token.partition("-")
    number, _dash, signature = rest.partition("-")
    try:
        TOKEN.unsign(f"{municipality}-{number}:{signature}")
    except signing.BadSignature:
        return None
    return Ticket.objects.filter(pk=int(number)).first() if municipality == str(current_municipality().pk) else None


discovery = door(get=_discovery, needs_jurisdiction=False)
services = door(get=_services)
definition = door(get=_definition)
requests = door(get=_search, post=_create)
request = door(get=_one)
token = door(get=_token)
