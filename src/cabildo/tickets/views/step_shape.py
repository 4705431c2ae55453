"""What a step on a request is, as data."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.in_place import TURNS

KEEP_INTERNAL = "keep_internal"  # the tick of a step that closes: what other departments owe goes on

Run = Callable[[Ticket, Any, dict[str, Any]], Any]


@dataclass(frozen=True)
class Step:
    """One step. `form` is None when a confirmation is enough; `states` are those it may start from.

    `protocols` are the moments whose attention protocols it shows; `has_templates` offers the pack's texts.
    `for_office` lets who stands for the office take it too (queries.in_place).
    `asks_approval` says who can give it. `closes` names what other departments still owe, which ends with the
    request unless the officer keeps it.
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
    asks_approval: bool = False
    for_office: bool = False

    @property
    def permissions(self) -> tuple[TicketPermission, ...]:
        """Any of them is enough."""
        return (self.permission, *TURNS) if self.for_office else (self.permission,)
