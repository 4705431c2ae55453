"""Which coded reasons does the adopted pack give, and is a clock stopped now?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from cabildo.accounts.scoping import current_municipality
from cabildo.content import queries as content
from cabildo.kit.workdays import Calendar
from cabildo.tickets.models import Ticket, TicketPause

# Asking the neighbour to complete the request has its own step, with its own state and notice.
OWN_STEP = ("Ley 19.880", "artículo 31")


@dataclass(frozen=True)
class PauseReason:
    """A reason to stop a clock. Without `norm` only the internal goal stops; `max_days` are of `unit`."""

    code: str
    label: str
    norm: str
    max_days: int
    unit: str
    explanation: str

    def business_days(self, today: date, calendar: Calendar) -> int:
        """The maximum as business days from today, at least one."""
        if self.unit == "habiles":
            return self.max_days
        return max(1, calendar.count_between(today, today + timedelta(days=self.max_days)))


def pack_body() -> Mapping[str, Any] | None:
    """The category pack in use here, whole; None before one is adopted. One query."""
    in_use = content.adopted(current_municipality().pk, "tickets")
    return content.body(in_use[0]) if in_use else None


def pause_reasons() -> list[PauseReason]:
    """Those of the adopted pack that an official may choose, in its order."""
    body = pack_body()
    return [_reason(item) for item in body["reasons"]["pause"] if not _has_own_step(item)] if body else []


def _has_own_step(item: Mapping[str, Any]) -> bool:
    source = item["source"]
    return source is not None and (source["norm"], source["article"]) == OWN_STEP


def _reason(item: Mapping[str, Any]) -> PauseReason:
    source = item["source"]
    stops_legal = item["stops"] == "legal_and_goal" and source is not None
    norm = ", ".join(part for part in (source["norm"], source["article"]) if part) if stops_legal else ""
    return PauseReason(item["id"], item["label"], norm, item["max_days"], item["unit"], item["explanation"])


def open_pause(ticket: Ticket) -> TicketPause | None:
    return TicketPause.objects.filter(ticket=ticket, ended_on=None).first()
