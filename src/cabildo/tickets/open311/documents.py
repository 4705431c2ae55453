"""What each answer holds: pure shaping, in the order and with the names of the specification.

Of a published request: its category, department, dates, state, published text, and a place no finer than
about a hundred metres. Never the typed address, the answers in free text, or anyone's name.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from cabildo.tickets.choices import Channel, EventKind, Outcome, State
from cabildo.tickets.open311.errors import SpecError
from cabildo.tickets.rules.cells import coarse

type Document = dict[str, Any]

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGESET = "2026-11-21 12:00"  # when what this interface offers last changed
DATATYPES = {
    "number": "number",
    "date": "datetime",
    "single": "singlevaluelist",
    "multiple": "multivaluelist",
    "text": "string",
}
CHOSEN_TYPES = ("single", "multiple")  # answers that can be published: nobody typed them
# What the timeline tells anyone; messages to and from the requester are theirs alone.
TOLD = {
    EventKind.RECEIVED: "open",
    EventKind.ROUTED: "open",
    EventKind.DERIVED: "open",
    EventKind.ACKNOWLEDGED: "in_progress",
    EventKind.RESUMED: "in_progress",
    EventKind.EXTENDED: "in_progress",
    EventKind.ANSWERED: "closed",
    EventKind.CLOSED: "closed",
    EventKind.REOPENED: "open",
}
# Told on both requests, and each goes on or ends by itself: the status is that of the one it stands on.
JOINING = (EventKind.MERGED, EventKind.UNMERGED, EventKind.SPLIT, EventKind.UNSPLIT)
JOINED = (EventKind.MERGED, EventKind.UNSPLIT)
TOLD_KINDS = (*TOLD, *JOINING)
STATE_STATUS = {
    State.INTAKE: "open",
    State.DERIVED: "open",
    State.IN_PROGRESS: "in_progress",
    State.WAITING: "in_progress",
    State.APPROVAL: "in_progress",
    State.CLOSED: "closed",
}
OUTCOME_STATUS = {
    Outcome.RESOLVED: "fixed",
    Outcome.REJECTED: "no_further_action",
    Outcome.NOT_COMPETENT: "not_councils_responsibility",
    Outcome.DUPLICATE: "duplicate",
    Outcome.WITHDRAWN: "cancelled",
    Outcome.SILENCE: "closed",
}


@dataclass(frozen=True)
class Place:
    """A municipality's door in the discovery document."""

    url: str
    is_open: bool


def discovery(*, contact: str, key_service: str, places: Iterable[Place]) -> Document:
    return {
        "changeset": CHANGESET,
        "contact": contact,
        "key_service": key_service,
        "endpoints": [
            {
                "specification": SPECIFICATION,
                "url": place.url,
                "changeset": CHANGESET,
                "type": "production" if place.is_open else "test",
                "formats": ["text/xml", "application/json"],
            }
            for place in places
        ],
    }


def service(category: Any) -> Document:
    """`realtime` when a department answers it, so its folio is given at once; else `batch`, with a token."""
    definition = category.definition
    return {
        "service_code": category.code,
        "service_name": category.label,
        "description": definition.get("help", ""),
        "metadata": bool(definition.get("questions")),
        "type": "realtime" if category.department_id else "batch",
        "keywords": ", ".join(definition.get("keywords", [])),
        "group": category.group_label,
    }


def definition(category: Any) -> Document:
    questions = category.definition.get("questions", [])
    return {
        "service_code": category.code,
        "attributes": [_attribute(question, order, questions) for order, question in enumerate(questions, start=1)],
    }


def _attribute(question: Mapping[str, Any], order: int, questions: Sequence[Mapping[str, Any]]) -> Document:
    attribute = {
        "variable": True,
        "code": question["id"],
        "datatype": DATATYPES[question["type"]],
        "required": bool(question.get("required")) and not question.get("visible_if"),
        "datatype_description": _when(question, questions) or question.get("help") or None,
        "order": order,
        "description": question["label"],
    }
    if question.get("options"):
        attribute["values"] = [{"key": option["id"], "name": option["label"]} for option in question["options"]]
    return attribute


def _when(question: Mapping[str, Any], questions: Sequence[Mapping[str, Any]]) -> str:
    """In words, when a question applies only after some answer to another."""
    condition = question.get("visible_if")
    if not condition:
        return ""
    other = next(one for one in questions if one["id"] == condition["question"])
    wanted = condition["in"] if "in" in condition else [condition["equals"]]
    labels = [option["label"] for option in other.get("options", []) if option["id"] in wanted]
    sentence = _("Sólo si en «{question}» se responde: {answers}.")
    return sentence.format(question=other["label"], answers=", ".join(labels))


def request(ticket: Any, *, category: Any, photos: Sequence[str], zone: tzinfo) -> Document:
    is_closed = ticket.state == State.CLOSED
    return {
        "service_request_id": ticket.folio,
        "status": "closed" if is_closed else "open",
        "status_notes": str(Outcome(ticket.outcome).label if is_closed else State(ticket.state).label),
        "service_name": category.label,
        "service_code": category.code,
        "description": ticket.public_text or None,
        "agency_responsible": str(ticket.department) if ticket.department else None,
        "service_notice": None,
        "requested_datetime": w3c(ticket.received_at, zone),
        "updated_datetime": w3c(ticket.closed_at if is_closed else ticket.updated_at, zone),
        "expected_datetime": _end_of(ticket.legal_due_on, zone),
        "address": ticket.area.name if ticket.area else None,
        "address_id": None,
        "zipcode": None,
        "lat": None if ticket.latitude is None else coarse(ticket.latitude),
        "long": None if ticket.longitude is None else coarse(ticket.longitude),
        "media_url": photos[0] if photos else None,
    }


def extended(ticket: Any, *, category: Any, photos: Sequence[str], events: Iterable[Any], zone: tzinfo) -> Document:
    """What `extensions=true` adds: chosen answers, channel, photos and what happened."""
    chosen = {q["id"] for q in category.definition.get("questions", []) if q["type"] in CHOSEN_TYPES}
    answers = [answer for answer in ticket.answers if answer["id"] in chosen] if ticket.public_text else []
    return {
        "attributes": [{"code": a["id"], "name": a["label"], "value": a["shown"]} for a in answers],
        "extended_attributes": {"channel": str(Channel(ticket.channel).label), "photos": list(photos)},
        "notes": [
            {"datetime": w3c(event.at, zone), "description": _told(event), "type": str(event.kind)} for event in events
        ],
    }


def created(folio: str, notice: str) -> list[Document]:
    return [{"service_request_id": folio, "service_notice": notice, "account_id": None}]


def awaited(token: str, notice: str) -> list[Document]:
    return [{"token": token, "service_notice": notice, "account_id": None}]


def token(given: str, folio: str | None) -> list[Document]:
    """The folio appears once the request has a department."""
    return [{"token": given, **({"service_request_id": folio} if folio else {})}]


def update(event: Any, *, zone: tzinfo) -> Document:
    return {
        "update_id": event.pk,
        "service_request_id": event.ticket.folio,
        "status": _status(event),
        "description": _told(event),
        "updated_datetime": w3c(event.at, zone),
        "media_url": None,
    }


def errors(found: Iterable[SpecError]) -> list[Document]:
    return [{"code": error.code, "description": error.description} for error in found]


def _status(event: Any) -> str:
    kind = EventKind(event.kind)
    if kind in JOINED and "from" not in event.data:
        return OUTCOME_STATUS[Outcome.DUPLICATE]
    status = TOLD.get(kind) or STATE_STATUS[State(event.data.get("state") or event.ticket.state)]
    return OUTCOME_STATUS[Outcome(event.ticket.outcome)] if status == "closed" and event.ticket.outcome else status


def _told(event: Any) -> str:
    """What happened and where it went; never what anyone wrote."""
    kind = EventKind(event.kind)
    label = _("Otra solicitud se unió a esta") if kind in JOINED and "from" in event.data else str(kind.label)
    return f"{label}: {event.department}" if event.department else label


def w3c(moment: datetime, zone: tzinfo) -> str:
    """2026-11-20T09:30:00-03:00: the municipality's own time, with its zone."""
    return moment.astimezone(zone).isoformat(timespec="seconds")


def _end_of(day: date | None, zone: tzinfo) -> str | None:
    return None if day is None else w3c(datetime.combine(day, time(23, 59, 59), zone), zone)
