"""How does a request come in, whatever the channel? Folio, secret, department, clocks, receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.fields import blind
from cabildo.people.actions import Contact, put_on_record
from cabildo.tickets import messages, search
from cabildo.tickets.actions import clocks, naming, redirecting
from cabildo.tickets.actions.events import By, Step, tell_together
from cabildo.tickets.choices import Channel, EventKind, State
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category, Derivation, Ticket, TicketClock
from cabildo.tickets.queries.catalogue import responsible_department
from cabildo.tickets.queries.places import place_of
from cabildo.tickets.rules import folio as folios
from cabildo.tickets.rules import publication
from cabildo.tickets.rules.questions import told
from cabildo.workflow.actions import take_number
from cabildo.workflow.queries import calendar as municipal_calendar

FOLIO_SERIES = "tickets"
CLOCK_SKEW = timedelta(minutes=5)


@dataclass(frozen=True)
class Intake:
    """What somebody asks, as a channel hands it over. Coordinates are WGS84 degrees."""

    category: Category
    kind: str
    text: str
    channel: str
    contact: Contact = field(default_factory=Contact)
    answers: Mapping[str, Any] = field(default_factory=dict)
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    channel_detail: str = ""
    received_at: datetime | None = None
    backdated_reason: str = ""
    wants_reserve: bool = False
    official: User | None = None
    source: str = ""
    external_id: str | None = None


@dataclass(frozen=True)
class Received:
    """The request on record, and the secret that only its receipt shows."""

    ticket: Ticket
    secret: str


def receive(intake: Intake, *, by: By, also: Callable[[Received], None] | None = None) -> Received:
    """Put a request on record, name the department that must answer, and start its clocks.

    Without a department for its category the request stays in intake, for the office to route. `also` is done in the
    same transaction: the request is received with it or not at all.
    """
    now = timezone.now()
    _check(intake, now)
    ticket = _build(intake, by, now)
    maybe = naming.prepare(ticket)
    _publish(ticket, by_officer=isinstance(by, User))
    running = clocks.prepared(ticket, municipal_calendar(timezone.localdate(ticket.received_at)))
    steps = [*_arrival(ticket, by), *redirecting.notes(ticket)]
    # whoever writes keeps others waiting: what could be read was read before
    with transaction.atomic(), audit.gathering():
        received = Received(ticket, _write(ticket, intake.contact, running, steps, by))
        naming.keep(ticket, maybe)
        if also is not None:
            also(received)
    return received


def sent_before(intake: Intake, *, by: User) -> Ticket | None:
    """The request that this person already made with the same form. TicketsError form_used when it said other things.

    Only of a form of the desk, whose key stands in `external_id`.
    """
    if intake.external_id is None:
        return None
    known = Ticket.objects.filter(source=intake.source, external_id=intake.external_id, registered_by=by)
    first = known.select_related("category").first()
    if first is None:
        return None
    if (first.category, first.kind, first.text) != (intake.category, intake.kind, intake.text.strip()):
        raise TicketsError("form_used", folio=first.folio)
    return first


def _write(ticket: Ticket, contact: Contact, running: list[TicketClock], steps: list[Step], by: By) -> str:
    """Everything that a request leaves in the database; its secret."""
    saw_the_card = ticket.registered_by is not None and ticket.channel == Channel.COUNTER
    ticket.requester = put_on_record(contact, by=by, trusted=saw_the_card) if contact else None
    year = timezone.localdate().year
    ticket.folio, secret = folios.folio(year, take_number(FOLIO_SERIES, year)), folios.new_secret()
    ticket.secret_index = secret_index(ticket.folio, secret)
    ticket.save(force_insert=True)
    TicketClock.objects.bulk_create(running)
    if ticket.department is not None:
        Derivation.objects.create(
            municipality_id=ticket.municipality_id, ticket=ticket, to_department=ticket.department, at=timezone.now()
        )
    tell_together(ticket, *steps)
    search.index(ticket)
    messages.received(ticket, secret)
    return secret


def _arrival(ticket: Ticket, by: By) -> list[Step]:
    """It came in; and, when its category knows who answers, it went there at once."""
    came = Step(EventKind.RECEIVED, by=by, is_public=True, at=ticket.received_at, data={"channel": ticket.channel})
    return [came, _routed(ticket.department, by=audit.SYSTEM)] if ticket.department else [came]


def _routed(department: Department, *, by: By) -> Step:
    return Step(EventKind.ROUTED, by=by, is_public=True, department=department, data={"to": department.pk})


def _check(intake: Intake, now: datetime) -> None:
    if not intake.category.is_open:
        raise TicketsError("category_closed", category=intake.category.label)
    if intake.received_at is None:
        return
    if intake.received_at > now + CLOCK_SKEW:
        raise TicketsError("received_in_future")
    is_earlier_day = timezone.localdate(intake.received_at) < timezone.localdate(now)
    if is_earlier_day and not intake.backdated_reason.strip():
        raise TicketsError("backdate_reason_missing")


def _build(intake: Intake, by: By, now: datetime) -> Ticket:
    """The request as it will be saved; its folio and its requester come with the writing."""
    category = intake.category
    place = place_of(intake.latitude, intake.longitude)
    department = responsible_department(category, place.area.code if place.area else None)
    return Ticket(
        municipality=current_municipality(),
        kind=intake.kind,
        category=category,
        state=State.INTAKE if department is None else State.DERIVED,
        department=department,
        channel=intake.channel,
        channel_detail=intake.channel_detail,
        text=intake.text.strip(),
        answers=told(category.definition.get("questions", []), intake.answers),
        is_reserved=intake.wants_reserve or category.is_reserved,
        registered_by=by if isinstance(by, User) and intake.channel != Channel.WEB else None,
        official=intake.official,
        latitude=intake.latitude,
        longitude=intake.longitude,
        place=intake.place.strip(),
        area=place.area,
        is_outside=place.is_outside,
        received_at=intake.received_at or now,
        backdated_reason=intake.backdated_reason.strip(),
        source=intake.source,
        external_id=intake.external_id,
    )


def _publish(ticket: Ticket, *, by_officer: bool) -> None:
    """What anyone may read of it from now on, decided before it is saved."""
    category = ticket.category
    first = publication.at_intake(
        ticket.text,
        channel=ticket.channel,
        publishes=category.publishes_text,
        is_reserved=ticket.is_reserved,
        concerns_official=category.concerns_official or ticket.official is not None,
        by_officer=by_officer,
    )
    ticket.moderation, ticket.public_text, ticket.is_public = first.state, first.text, first.is_public


def secret_index(folio: str, secret: str) -> str:
    """What is stored of the secret: nobody who reads the database can follow a request with it."""
    return blind("tickets.secret", f"{folio}:{folios.normal_secret(secret)}")


def route(ticket: Ticket, department: Department, *, by: By, reason: str = "") -> None:
    """Name the department that must answer; from here on there always is one."""
    if not department.is_active:
        raise TicketsError("department_inactive", department=department.name)
    ticket.state = State.DERIVED
    ticket.department = department
    ticket.save(update_fields=["state", "department", "updated_at"])
    Derivation.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        to_department=department,
        at=timezone.now(),
        by=by if isinstance(by, User) else None,
        reason=reason,
    )
    tell_together(ticket, _routed(department, by=by))
