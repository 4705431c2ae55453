"""Requests as the JSON interface gives them: columns chosen one by one, so that nothing slips out."""

from datetime import date
from typing import Any

from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import Outcome, State
from cabildo.tickets.duties import standing
from cabildo.tickets.models import Ticket, TicketEvent
from cabildo.tickets.rules.cells import coarse

type Shape = dict[str, Any]


def line(ticket: Ticket, today: date, days: Calendar) -> Shape:
    department = ticket.department
    return {
        "folio": ticket.folio,
        "kind": ticket.kind,
        "category": {"code": ticket.category.code, "name": ticket.category.label},
        "department": {"code": department.code, "name": department.name} if department else None,
        "state": ticket.state,
        "outcome": ticket.outcome,
        "channel": ticket.channel,
        "assignee": str(ticket.assignee or ""),
        "standing": str(standing(ticket, today, days)) if ticket.is_open else None,
        "received_at": ticket.received_at,
        "legal_due_on": ticket.legal_due_on,
        "goal_due_on": ticket.goal_due_on,
        "closed_at": ticket.closed_at,
        "version": ticket.version,
    }


def detail(ticket: Ticket, today: date, days: Calendar, *, shows_identity: bool) -> Shape:
    return {
        **line(ticket, today, days),
        "text": ticket.text,
        "answers": ticket.answers,
        "place": ticket.place,
        "latitude": ticket.latitude,
        "longitude": ticket.longitude,
        "is_urgent": ticket.is_urgent,
        "is_reserved": ticket.is_reserved,
        "requester": _requester(ticket) if shows_identity else None,
    }


def _requester(ticket: Ticket) -> Shape | None:
    person = ticket.requester
    if person is None:
        return None
    return {name: getattr(person, name) or "" for name in ("name", "run", "email", "phone", "address")}


def event(entry: TicketEvent) -> Shape:
    return {
        "at": entry.at,
        "kind": entry.kind,
        "title": entry.get_kind_display(),
        "text": entry.words,
        "by": str(entry.by or ""),
        "department": str(entry.department or ""),
        "is_public": entry.is_public,
    }


def published(ticket: Ticket) -> Shape:
    closed = not ticket.is_open
    return {
        "folio": ticket.folio,
        "category": {"code": ticket.category.code, "name": ticket.category.label},
        "department": str(ticket.department or ""),
        "status": "closed" if closed else "open",
        "status_notes": str(Outcome(ticket.outcome).label if closed else State(ticket.state).label),
        "text": ticket.public_text,
        "received_at": ticket.received_at,
        "updated_at": ticket.updated_at,
        "legal_due_on": ticket.legal_due_on,
        "area": ticket.area.name if ticket.area else "",
        "latitude": None if ticket.latitude is None else coarse(ticket.latitude),
        "longitude": None if ticket.longitude is None else coarse(ticket.longitude),
    }
