"""How does an action make sure that nobody else is changing the same request?"""

from cabildo.db.locking import lock_rows
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket
from cabildo.tickets.rules.states import MACHINE

WATCHED = {
    "state": "estado",
    "department_id": "dirección",
    "assignee_id": "persona a cargo",
    "category_id": "categoría",
}


def locked(ticket: Ticket, *, seen_version: int | None = None) -> Ticket:
    """The request as it is now, its row locked until the transaction ends.

    With `seen_version`, refuses when someone changed it since the page was made, naming what changed.
    """
    fresh: Ticket = lock_rows(Ticket.objects.filter(pk=ticket.pk)).get()
    if seen_version is not None and fresh.version != seen_version:
        changed = [name for field, name in WATCHED.items() if getattr(fresh, field) != getattr(ticket, field)]
        raise TicketsError("stale", fields=", ".join(changed) or "otros datos")
    return fresh


def move(ticket: Ticket, transition: str, *, reason: str = "", **changes: object) -> None:
    """Take a step of the process and save it with its changes; the version goes up by one."""
    ticket.state = MACHINE.apply(transition, ticket.state, reason=reason)
    save(ticket, "state", **changes)


def save(ticket: Ticket, *fields: str, **changes: object) -> None:
    """Save these fields and changes as one new version."""
    for name, value in changes.items():
        setattr(ticket, name, value)
    ticket.version += 1
    ticket.save(update_fields=[*fields, *changes, "version", "updated_at"])
