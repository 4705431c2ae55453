"""The adopted pack's texts for answering, filled with what is known of one request."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cabildo.accounts.links import absolute
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.people.models import Requester
from cabildo.tickets.choices import ANSWERING_OUTCOMES
from cabildo.tickets.models import Derivation, Ticket
from cabildo.tickets.queries.reasons import pack_body
from cabildo.tickets.queries.signing import post_of
from cabildo.tickets.queries.tracking import legal_clock
from cabildo.tickets.rules.placeholders import fill
from cabildo.ui.spanish import long_date

NAME = "{nombre}"
SOMEONE = "vecina o vecino"
AT_THE_END = "el enlace o el código va al final"


@dataclass(frozen=True)
class AnswerTemplate:
    """A text that may begin an answer; `outcome` is the result it is written for."""

    code: str
    label: str
    outcome: str
    body: str


def offered(ticket: Ticket) -> list[AnswerTemplate]:
    """Those of the adopted pack for this category and kind, by result. One query."""
    body = pack_body()
    if body is None:
        return []
    found = [item for item in body["templates"] if item["state"] in ANSWERING_OUTCOMES and _applies(item, ticket)]
    return [AnswerTemplate(item["id"], item["label"], item["state"], item["body"]) for item in found]


def _applies(item: Mapping[str, Any], ticket: Ticket) -> bool:
    scope = item["applies_to"]
    groups, categories, kinds = scope.get("groups", ()), scope.get("categories", ()), scope.get("kinds", ())
    if kinds and ticket.kind not in kinds:
        return False
    return not (groups or categories) or ticket.category.group_code in groups or ticket.category.code in categories


def filled(template: AnswerTemplate, ticket: Ticket, *, by: User) -> str:
    """The text with everything the record knows; what a person must write stays between brackets."""
    return fill(template.body, values_for(ticket, by=by)).strip()


def values_for(ticket: Ticket, *, by: User) -> dict[str, str]:
    """What the record knows for the markers of a template. Three queries."""
    clock = legal_clock(ticket)
    return {
        "nombre": known.name if (known := _nameable(ticket)) else SOMEONE,
        "folio": ticket.folio,
        "categoria": ticket.category.label,
        "tipo": ticket.get_kind_display().lower(),
        "municipio": current_municipality().name,
        "departamento": str(ticket.department or ""),
        "departamento_anterior": _department_before(ticket),
        "fecha_ingreso": long_date(ticket.received_at),
        "fecha_limite": long_date(ticket.legal_due_on) if ticket.legal_due_on else "",
        "plazo": f"{clock.days} {clock.get_unit_display()}" if clock else "",
        # the answer is read by more people than may hold the person's own link, which the mail carries
        "enlace_seguimiento": absolute("tickets:find"),
        "enlace_encuesta": AT_THE_END,
        "firma": _signature(ticket, by),
    }


def person_named(template: AnswerTemplate, ticket: Ticket) -> Requester | None:
    """Whose name the text takes when it is filled, if anybody's."""
    return _nameable(ticket) if NAME in template.body else None


def _nameable(ticket: Ticket) -> Requester | None:
    """An answer is read by all who read the request: it does not name who made a reserved one."""
    known = None if ticket.is_reserved else ticket.requester
    return known if known and known.name else None


def _department_before(ticket: Ticket) -> str:
    last = Derivation.objects.filter(ticket=ticket, from_department__isnull=False).select_related("from_department")
    derivation = last.order_by("-at", "-pk").first()
    return str(derivation.from_department) if derivation else ""


def _signature(ticket: Ticket, by: User) -> str:
    post = post_of(by, ticket.department)
    return f"{by}\n{post.title}" if post.title else str(by)
