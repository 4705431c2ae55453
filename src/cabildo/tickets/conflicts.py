"""What did somebody else change while a page was open?"""

import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo.tickets.choices import State
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.answers import order_of, pending_answer
from cabildo.ui.spanish import short_date

LABELS = {
    "state": _("estado"),
    "department": _("dirección"),
    "assignee": _("persona a cargo"),
    "category": _("materia"),
    "kind": _("tipo"),
    "due": _("plazo legal"),
    "urgent": _("urgencia"),
    "answer": _("respuesta por aprobar"),
}


@dataclass(frozen=True)
class Conflict:
    """A field that moved: what the page showed and what it is now, in words."""

    label: str
    before: str
    after: str


def _shown(ticket: Ticket) -> dict[str, str]:
    return {
        "state": str(ticket.get_state_display()),
        "department": str(ticket.department or _("ninguna")),
        "assignee": str(ticket.assignee or _("nadie")),
        "category": str(ticket.category),
        "kind": str(ticket.get_kind_display()),
        "due": short_date(ticket.legal_due_on) if ticket.legal_due_on else str(_("sin plazo")),
        "urgent": str(_("sí") if ticket.is_urgent else _("no")),
        "answer": _pending(ticket),
    }


def _pending(ticket: Ticket) -> str:
    """The answer to be approved: which of them, whose, and with what outcome."""
    pending = pending_answer(ticket) if ticket.state == State.APPROVAL else None
    if pending is None:
        return str(_("ninguna"))
    said = {"n": order_of(pending), "who": pending.drafted_by, "outcome": pending.get_outcome_display()}
    return str(_("la %(n)s.ª, de %(who)s: %(outcome)s")) % said


def snapshot(ticket: Ticket) -> str:
    """What a page shows of a request, for its form to carry; only ever compared, never believed."""
    return json.dumps(_shown(ticket), ensure_ascii=False)


def between(seen: str, ticket: Ticket) -> list[Conflict]:
    """The fields that changed since the snapshot was taken; nothing when it is not one of ours."""
    try:
        before: Any = json.loads(seen)
    except ValueError:
        return []
    if not isinstance(before, dict):
        return []
    now = _shown(ticket)
    return [
        Conflict(str(LABELS[name]), str(before[name])[:200], value)
        for name, value in now.items()
        if name in before and before[name] != value
    ]
