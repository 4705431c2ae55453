"""A request full of words that nobody else uses, and every address that could show or change it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib import import_module
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from django.apps import apps
from django.core import signing
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver
from django.utils.timezone import localdate

from cabildo.accounts.models import Department, Municipality, User
from cabildo.accounts.scoping import TenantModel, in_municipality
from cabildo.documents.actions import store_upload
from cabildo.documents.models import Document
from cabildo.notifications.models import InboxItem, Message
from cabildo.people.actions import Contact
from cabildo.tickets import links
from cabildo.tickets.actions import answering, handling, internal
from cabildo.tickets.actions.intake import Intake, receive
from cabildo.tickets.models import Answer, Category, InternalRequest, Ticket

# each stands where one kind of thing is kept; RUN and telephone are looked for in every way of writing them
SECRETS = {
    "text": "zafiro-texto",
    "place": "zafiro-lugar",
    "name": "Zafirina Nombre",
    "address": "zafiro-domicilio",
    "email": "zafiro-correo@vecinos.cl",
    "phone": "987612345",
    "run": "7654321-6",
    "run as shown": "7.654.321-6",
    "note": "zafiro-nota",
    "message": "zafiro-mensaje",
    "document": "zafiro-documento",
    "asked inside": "zafiro-pedido",
    "answered inside": "zafiro-informe",
    "draft answer": "zafiro-borrador",
}
WORD = "zafiro"  # finds all of them in a search, and gives none away when a page repeats it
SEARCH = {"q": WORD, "formato": "csv", "ver": "pedidas"}  # searched, as a file, and in the other tab of a list
LIBRARIES = {"allauth", "django"}  # pages of one's own account, and plain redirects
PLACE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Planted:
    """The request, and what the addresses about it are filled with."""

    ticket: Ticket
    asked: InternalRequest
    places: dict[str, Any] = field(default_factory=dict)

    @property
    def payload(self) -> dict[str, Any]:
        """What somebody with the right would send, for every step at once."""
        self.ticket.refresh_from_db()
        words = ("text", "reason", "words", "answer", "asks", "procedure", "title", "body", "label", "notice")
        folio, department = self.ticket.folio, self.ticket.department_id
        return {
            **dict.fromkeys(words, "Intruso"),
            "version": self.ticket.version,
            "outcome": "resolved",
            "department": department,
            "to": department,
            "person": self.ticket.assignee_id or "",
            "category": self.ticket.category_id,
            "kind": "solicitud",
            "days": 2,
            "name": "Intruso",
            "email": "intruso@ejemplo.cl",
            "folio": folio,
            "folios": folio,
            "chosen": folio,
            "ticket": folio,
            "other": folio,
            "target": folio,
            "action": "note",
            "said_by": "requester",
            "how": "phone",
            "said_on": localdate(self.ticket.received_at).isoformat(),
            "confirmed": "1",
        }


def plant(category: Category, origin: Department, adviser: Department, officer: User, **more: Any) -> Planted:
    """A reserved request derived by `origin` to the officer's department, which asked `adviser` for a report."""
    here = category.municipality
    contact = Contact(
        name=SECRETS["name"],
        run=SECRETS["run"],
        email=SECRETS["email"],
        phone=SECRETS["phone"],
        address=SECRETS["address"],
    )
    asked = Intake(
        category=category,
        kind="denuncia",
        text=SECRETS["text"],
        channel="web",
        contact=contact,
        place=SECRETS["place"],
        latitude=-33.04,
        longitude=-71.62,
        wants_reserve=True,
        **more,
    )
    ticket = receive(asked, by=None).ticket
    responsible = ticket.department
    if responsible != origin:
        handling.derive(ticket, to=origin, reason="Por competencia", by=officer)
        handling.derive(ticket, to=responsible, reason="Vuelve", by=officer)
    handling.acknowledge(ticket, by=officer)
    handling.note(ticket, text=SECRETS["note"], by=officer)
    handling.write_to_requester(ticket, text=SECRETS["message"], by=officer)
    paper = ContentFile(SECRETS["document"].encode(), name="acta.txt")
    store_upload(paper, owner=ticket, kind="evidence", visibility="internal", by=officer)
    report = _ask_inside(ticket, adviser, officer)
    answering.submit_answer(ticket, text=SECRETS["draft answer"], outcome="resolved", by=officer)
    ticket.refresh_from_db()
    return Planted(ticket, report, _places(here, ticket, report, officer))


def _ask_inside(ticket: Ticket, adviser: Department, officer: User) -> InternalRequest:
    asking = {"to": adviser, "kind": "informe", "days": 5, "by": officer, "today": localdate(), "ticket": ticket}
    answered = internal.ask(asks="Un primer informe", **asking)
    internal.answer(answered, text=SECRETS["answered inside"], by=officer)
    return internal.ask(asks=SECRETS["asked inside"], **asking)


def _places(here: Municipality, ticket: Ticket, asked: InternalRequest, officer: User) -> dict[str, Any]:
    forged = signing.dumps({"t": ticket.pk, "m": here.pk + 1000}, salt=links.TRACKING_SALT, compress=True)
    notice = InboxItem.objects.order_by("-pk").first()
    message = Message.objects.filter(on_id=str(ticket.pk)).order_by("-pk").first()
    numbers = ("person_id", "membership_id", "substitution_id", "change_id", "upload_id", "layer_id", "job_id", "pk")
    of_plans = ("plan_id", "node_id", "milestone_id", "line_id", "measure_id", "link_id")
    of_meetings = ("body_id", "member_id", "meeting_id", "item_id", "attendance_id", "agreement_id", "acta_id")
    return {
        **dict.fromkeys((*numbers, *of_meetings, *of_plans), 1),
        "folio": ticket.folio,
        "code": ticket.category.code,
        "channel": "counter",
        "answer_id": Answer.objects.get(ticket=ticket).pk,
        "act_id": 1,
        "public_id": Document.objects.filter(owner_id=str(ticket.pk)).latest("pk").public_id,
        "item_id": notice.pk if notice else 1,
        "message_id": message.pk if message else 1,
        "year": asked.year,
        "number": asked.number,
        "token": forged,
        "person": officer.pk,
        "digest": "0" * 16,
        "slug": "funcionarios",
        "fmt": "json",
        "question": "plan_vigente",
        "what": "solicitudes",
        "hue": 210,
        "stage": "autoevaluacion",
        "visit": 2,
        "element": "reunion_directiva",
        "part": "conduccion",
        "methodology": "agenda_directiva",
        "file": UUID(int=1),
    }


@dataclass(frozen=True)
class Address:
    """One address inside a municipality, filled; `name` is what the program calls it."""

    path: str
    name: str

    @property
    def is_api(self) -> bool:
        return self.path.startswith("api/")


def addresses(planted: Planted) -> list[Address]:
    """Every address of a municipality, each step of a request apart; fails on a place nobody gave a value for."""
    found = list(_filled(import_module("cabildo.site.urls_municipality").urlpatterns, planted.places))
    unfilled = sorted({place for address in found for place in re.findall(r"\{(\w+)\}", address.path)})
    assert unfilled == [], "give these a value in _places()"
    return found


def _filled(patterns: list[Any], places: dict[str, Any], before: str = "") -> Iterator[Address]:
    from cabildo.tickets.views.steps import STEPS

    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _filled(pattern.url_patterns, places, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern) and not _is_of_a_library(pattern):
            template = before + str(pattern.pattern)
            steps = [step.code for step in STEPS] if "step>" in template else [""]
            for step in steps:
                yield Address(_fill(template, {**places, "step": step}), f"{pattern.name}{step and f':{step}'}")


def _is_of_a_library(pattern: URLPattern) -> bool:
    view = getattr(pattern.callback, "view_class", pattern.callback)
    return view.__module__.partition(".")[0] in LIBRARIES


def _fill(template: str, places: dict[str, Any]) -> str:
    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        return str(places.get(name, f"{{{name}}}"))

    return PLACE.sub(value, template).replace("^", "").replace("$", "").replace("\\.", ".")


def shown(response: Any) -> set[str]:
    """Which planted words an answer gives away, in its body or its headers; a PDF, which hides them, counts as such."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    if body.startswith(b"%PDF"):
        return {"a paper"}
    text = _unpacked(body).decode(errors="replace") + str(response.headers)
    return {kind for kind, secret in SECRETS.items() if secret.lower() in text.lower()}


def _unpacked(body: bytes) -> bytes:
    """The files inside a ZIP or a spreadsheet, one after the other; anything else as it is."""
    if not body.startswith(b"PK"):
        return body
    with ZipFile(BytesIO(body)) as packed:
        return b"\n".join(packed.read(name) for name in packed.namelist())


def reads(client: Client, base: str, address: Address, *queries: dict[str, str]) -> set[str]:
    """What an address shows to these queries together."""
    return set().union(*(shown(client.get(base + address.path, query)) for query in queries))


def sends(client: Client, base: str, address: Address, payload: dict[str, Any]) -> set[str]:
    """What an address shows when somebody tries to change something there."""
    options = {"content_type": "application/json"} if address.is_api else {}
    return shown(client.post(base + address.path, payload, **options))


Rows = dict[tuple[str, Any], dict[str, Any]]


def rows_of(municipality: Municipality, only: set[str] | None = None) -> Rows:
    """Every row of a municipality, or those of some models, as they are stored."""
    with in_municipality(municipality):
        return {
            (model._meta.label, row["pk"]): row
            for model in apps.get_models()
            if issubclass(model, TenantModel) and (only is None or model._meta.label in only)
            for row in model.objects.filter(municipality=municipality).values("pk", *_columns(model))
        }


def _columns(model: Any) -> list[str]:
    return [column.attname for column in model._meta.concrete_fields]


def about_requests() -> set[str]:
    """The models that hold a request or hang from one."""
    hanging = {
        model._meta.label
        for model in apps.get_models()
        if issubclass(model, TenantModel) and any(f.related_model is Ticket for f in model._meta.concrete_fields)
    }
    return hanging | {"tickets.Ticket", "people.Requester", "documents.Document", "notifications.Message"}


def changed(before: Rows, after: Rows) -> list[Any]:
    """Rows that were there and are gone or different."""
    return [key for key, row in before.items() if after.get(key) != row]


def added_to(ticket: Ticket, before: Rows, after: Rows) -> list[Any]:
    """New rows that hang from the request."""
    return [key for key, row in after.items() if key not in before and row.get("ticket_id") == ticket.pk]
