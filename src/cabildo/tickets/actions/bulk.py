"""How is one step taken on many requests, each by its own action and with its own result?"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from cabildo.accounts.access import can
from cabildo.accounts.models import User
from cabildo.accounts.queries import members_of
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import handling
from cabildo.tickets.choices import State, TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket

MOST = 100
Data = Mapping[str, Any]


@dataclass(frozen=True)
class Verb:
    """A step that may be taken on many: who may, from which states, and the action of each."""

    permission: str
    states: tuple[str, ...]
    run: Callable[[Ticket, User, Data], Any]


@dataclass(frozen=True)
class Result:
    """How it went with one request; `sentence` says why it was refused."""

    ticket: Ticket
    is_done: bool
    sentence: str = ""


def _assign(ticket: Ticket, by: User, data: Data) -> None:
    person: User = data["person"]
    if ticket.department is None or not members_of(ticket.department).filter(pk=person.pk).exists():
        raise TicketsError("not_in_department", person=person)
    handling.assign(ticket, to=person, by=by, seen_version=ticket.version)


VERBS = {
    "acknowledge": Verb(
        TicketPermission.WORK,
        (State.DERIVED,),
        lambda ticket, by, _data: handling.acknowledge(ticket, by=by, seen_version=ticket.version),
    ),
    "assign": Verb(TicketPermission.WORK, (State.DERIVED, State.IN_PROGRESS, State.WAITING), _assign),
    "derive": Verb(
        TicketPermission.DERIVE,
        (State.INTAKE, State.DERIVED, State.IN_PROGRESS),
        lambda ticket, by, data: handling.derive(
            ticket, to=data["department"], reason=data["reason"], by=by, seen_version=ticket.version
        ),
    ),
    "note": Verb(
        TicketPermission.WORK,
        tuple(State.values),
        lambda ticket, by, data: handling.note(ticket, text=data["text"], by=by),
    ),
}


def refusal(verb: Verb, ticket: Ticket, by: User) -> str:
    """Why this person cannot take the step on this request now; empty when they can."""
    if not can(by, verb.permission, on=ticket):
        return TicketsError("not_allowed").sentence
    if ticket.state not in verb.states:
        return TicketsError("state_refuses", state=ticket.get_state_display()).sentence
    return ""


def run(code: str, tickets: Iterable[Ticket], *, by: User, data: Data) -> list[Result]:
    """Take the step on each, in its own transaction: one that is refused stops no other."""
    tickets = list(tickets)
    if len(tickets) > MOST:
        raise TicketsError("too_many", most=MOST)
    return [_one(VERBS[code], ticket, by, data) for ticket in tickets]


def _one(verb: Verb, ticket: Ticket, by: User, data: Data) -> Result:
    if sentence := refusal(verb, ticket, by):
        return Result(ticket, is_done=False, sentence=sentence)
    try:
        verb.run(ticket, by, data)
    except DomainError as refused:
        return Result(ticket, is_done=False, sentence=refused.sentence)
    return Result(ticket, is_done=True)
