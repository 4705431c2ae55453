"""What a step on a request is, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Ticket

KEEP_INTERNAL = "keep_internal"  # the tick of a step that closes: what other departments owe goes on

Run = Callable[[Ticket, Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class Step:
    """One step. `form` is None when a confirmation is enough; `states` are those it may start from.

    `protocols` are the moments whose attention protocols it shows; `has_templates` offers the pack's texts.
    `closes` names what other departments still owe, which ends with the request unless the officer keeps it.
    """

    code: str
    label: Any
    lead: Any
    permission: TicketPermission
    states: tuple[str, ...]
    run: Run
    form: type | None = None
    form_options: dict[str, Any] | None = None
    icon: str = "arrow-right"
    applies: Callable[[Ticket], bool] = lambda _ticket: True
    protocols: tuple[str, ...] = ()
    has_templates: bool = False
    closes: bool = False
