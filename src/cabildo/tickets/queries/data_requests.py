"""Requests over personal data: which are open, whose records they may be about, and what is held of a person."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cabildo.accounts.access import roles
from cabildo.accounts.models import Membership
from cabildo.accounts.scoping import current_municipality
from cabildo.audit.models import ActorKind, Entry
from cabildo.db.fields import blind
from cabildo.kit.workdays import Calendar
from cabildo.people.models import Requester
from cabildo.tickets.choices import DataRequestState
from cabildo.tickets.models import Adhesion, DataSubjectRequest, Satisfaction, Ticket, TicketEvent
from cabildo.tickets.rules.data_requests import DOWNLOAD_DAYS, EXPORTING
from cabildo.workflow.rules.standing import standing_on


def open_requests() -> QuerySet[DataSubjectRequest]:
    return DataSubjectRequest.objects.exclude(state=DataRequestState.ANSWERED)


def candidates(asked: DataSubjectRequest) -> list[Requester]:
    """Records that may be of who asks: the same RUN, mail or telephone. An officer says which really are."""
    who = asked.requester
    if who is None:
        return []
    same = Q(pk=who.pk)
    if who.run:
        same |= Q(run_index=blind("people.run", who.run))
    if who.email_index:
        same |= Q(email_index=who.email_index)
    if who.phone_index:
        same |= Q(phone_index=who.phone_index)
    return list(Requester.objects.filter(same, anonymised_at=None).order_by("created_at", "pk"))


def identified_first(subjects: Iterable[Requester]) -> list[Requester]:
    """The record that carries the RUN leads; else the oldest."""
    return sorted(subjects, key=lambda one: (one.run_index is None, one.created_at))


def tickets_of(subjects: Iterable[Requester]) -> QuerySet[Ticket]:
    """Requests of these persons that still are tied to them."""
    return Ticket.objects.filter(requester__in=list(subjects), anonymised_at=None).order_by("received_at", "pk")


def standing(asked: DataSubjectRequest, today: date, calendar: Calendar) -> str:
    """How an open request stands against its term; the term of a block is counted in business days."""
    return standing_on(asked.expires_on, today, calendar)


def may_download(asked: DataSubjectRequest, today: date) -> bool:
    """Whether the person may take their copy now: granted, and for thirty days."""
    if not asked.granted or asked.right not in EXPORTING or asked.answered_at is None:
        return False
    return today <= timezone.localdate(asked.answered_at) + timedelta(days=DOWNLOAD_DAYS)


@dataclass(frozen=True)
class Held:
    """Everything the municipality holds of a person, as plain values: dates in ISO 8601, texts as they were written."""

    person: list[dict[str, Any]]
    requests: list[dict[str, Any]]
    adhesions: list[dict[str, Any]]
    rights: list[dict[str, Any]]
    reads: list[dict[str, Any]]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def held_of(asked: DataSubjectRequest) -> Held:
    """What is held of the persons that a verified request is about."""
    subjects = list(asked.subjects.all())
    return Held(
        person=[_person(subject) for subject in subjects],
        requests=[_request(ticket) for ticket in tickets_of(subjects).select_related("category", "department")],
        adhesions=[_adhesion(one) for one in _adhesions(subjects)],
        rights=[_right(one) for one in DataSubjectRequest.objects.filter(requester__in=subjects).order_by("pk")],
        reads=_reads(subjects),
    )


def _person(who: Requester) -> dict[str, Any]:
    shown = {"nombre": who.name, "run": who.run, "correo": who.email, "telefono": who.phone, "domicilio": who.address}
    return {
        **{name: value or "" for name, value in shown.items()},
        "registrado": who.created_at.isoformat(),
        "bloqueado": who.blocked_at.isoformat() if who.blocked_at else "",
    }


def _request(ticket: Ticket) -> dict[str, Any]:
    events = TicketEvent.objects.filter(ticket=ticket, is_public=True).order_by("at", "pk")
    opinions = Satisfaction.objects.filter(ticket=ticket).exclude(answered_at=None)
    return {
        "folio": ticket.folio,
        "ingreso": ticket.received_at.isoformat(),
        "tipo": ticket.get_kind_display(),
        "materia": ticket.category.label,
        "direccion": str(ticket.department or ""),
        "estado": ticket.get_state_display(),
        "texto": ticket.text,
        "respuestas": [{"pregunta": item["label"], "respuesta": item["shown"]} for item in ticket.answers],
        "lugar": ticket.place,
        "latitud": ticket.latitude,
        "longitud": ticket.longitude,
        "publico": ticket.is_public,
        "historia": [
            {"cuando": event.at.isoformat(), "que": event.get_kind_display(), "texto": event.words} for event in events
        ],
        "evaluaciones": [{"nota": one.grade, "resuelto": one.solved, "comentario": one.comment} for one in opinions],
    }


def _adhesions(subjects: list[Requester]) -> QuerySet[Adhesion]:
    return Adhesion.objects.filter(requester__in=subjects).select_related("ticket__category").order_by("at", "pk")


def _adhesion(one: Adhesion) -> dict[str, Any]:
    """Of another's request only its subject: the rest is not this person's."""
    return {"materia": one.ticket.category.label, "desde": one.at.isoformat(), "solo_sigue": one.is_follower_only}


def _right(asked: DataSubjectRequest) -> dict[str, Any]:
    return {
        "folio": asked.folio,
        "derecho": asked.get_right_display(),
        "ingreso": asked.received_at.isoformat(),
        "estado": asked.get_state_display(),
        "detalle": asked.detail or "",
    }


def _reads(subjects: list[Requester]) -> list[dict[str, Any]]:
    """Who read the data, by role and never by name: the role is what the law lets the person know."""
    ids = [str(subject.pk) for subject in subjects]
    entries = Entry.objects.filter(
        municipality_id=current_municipality().pk,
        action="personal_data.read",
        subject_type="people.requester",
        subject_id__in=ids,
    ).order_by("at")
    found = list(entries.values("at", "actor_kind", "actor_id", "reason"))
    names = _role_names({row["actor_id"] for row in found if row["actor_kind"] == ActorKind.USER})
    return [
        {
            "cuando": row["at"].isoformat(),
            "quien": names.get(row["actor_id"], ActorKind(row["actor_kind"]).label),
            "para": row["reason"],
        }
        for row in found
    ]


def _role_names(user_ids: set[str]) -> dict[str, str]:
    known = roles()
    rows = Membership.objects.filter(user_id__in=[int(pk) for pk in user_ids]).select_related("department")
    return {
        str(row.user_id): f"{known[row.role].name if row.role in known else row.role}"
        + (f", {row.department}" if row.department else "")
        for row in rows.order_by("starts_on")
    }
