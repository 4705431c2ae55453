"""Who can approve an answer? A head of its department who did not write it; where there is none, who is above them.

Above are the heads of the unit of which the department is part, and then who approves in the whole municipality.
A complaint of which nobody knows yet whom it speaks of goes straight to the latter: units above do not read it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext

from cabildo.accounts.access import departments_where, holds_everywhere, roles_with
from cabildo.accounts.models import Membership, Substitution, User
from cabildo.accounts.queries import in_force
from cabildo.tickets.choices import AnswerState, State, TicketPermission
from cabildo.tickets.models import Answer, Mention, Ticket
from cabildo.tickets.queries.answers import pending_answer
from cabildo.tickets.queries.concerned import not_about

UNITS = ("department", "department__parent", "department__parent__parent")
NOBODY = 0


@dataclass(frozen=True)
class Kept:
    """Who cannot decide on an answer: its author, and of whom the request speaks or may. Ids, or an outer column."""

    author: Any
    official: Any
    mentions: QuerySet[Mention]


@dataclass(frozen=True)
class Approval:
    """Who can approve today, by name; `is_above` when they are not of the department itself."""

    people: list[User]
    is_above: bool

    @property
    def names(self) -> str:
        return get_text_list([str(person) for person in self.people], gettext("o"))


def approval_of(ticket: Ticket, author: User) -> Approval:
    """Who can approve what this person wrote, those away by who stands in for them. One query for each unit asked."""
    kept = Kept(author.pk, ticket.official_id or NOBODY, Mention.objects.filter(ticket=ticket))
    for unit in _units(ticket):
        own, in_stead = _holders(unit, kept)
        deciding = Q(pk__in=own.values("user")) | Q(pk__in=in_stead.values("substitute"))
        people = list(User.objects.filter(deciding).order_by("full_name", "pk"))
        if people:
            return Approval(people, is_above=unit != ticket.department_id)
    return Approval([], is_above=True)


def waits_for(ticket: Ticket) -> Approval | None:
    """Who can approve the answer that was handed in; None where there is none. One query more."""
    pending = pending_answer(ticket) if ticket.state == State.APPROVAL else None
    return approval_of(ticket, pending.drafted_by) if pending else None


def _units(ticket: Ticket) -> Iterator[int | None]:
    """The department, those above it, and None: the whole municipality."""
    unit = ticket.department
    for _level in UNITS[: 1 if ticket.official_pending else None]:
        if unit is None:
            break
        yield unit.pk
        unit = unit.parent
    yield None


def awaiting(user: Any) -> QuerySet[Ticket]:
    """Requests whose answer this person may approve: it is their turn, and they did not write it."""
    heads, everywhere = departments_where(user, TicketPermission.APPROVE), _approves_everywhere(user)
    if not (heads or everywhere):
        return Ticket.objects.none()
    return not_about(_submitted_by_others(user), user).filter(_turn(heads, everywhere))


def _approves_everywhere(user: Any) -> bool:
    return holds_everywhere(user, TicketPermission.APPROVE)


def _submitted_by_others(user: Any) -> QuerySet[Ticket]:
    """Requests with an answer that another person wrote, to be decided on, each with its `author`.

    `spoken_of` is the official whom it is about.
    """
    last = Answer.objects.filter(ticket=OuterRef("pk"), state=AnswerState.SUBMITTED).order_by("-pk")
    submitted = Ticket.objects.filter(state=State.APPROVAL).annotate(
        author=Coalesce(Subquery(last.values("drafted_by")[:1]), NOBODY, output_field=BigIntegerField()),
        spoken_of=Coalesce("official_id", NOBODY, output_field=BigIntegerField()),
    )
    return submitted.exclude(author=user.pk)


def _turn(heads: frozenset[int], everywhere: bool) -> Q:
    """Theirs in the first unit, going up, where anybody at all can decide; at last, whoever approves everywhere."""
    department, *above = UNITS
    turn, nobody_below = Q(**{f"{department}__in": heads}), ~_somebody_in(department)
    for unit in above:
        turn |= nobody_below & Q(**{f"{unit}__in": heads, "official_pending": False})
        nobody_below &= Q(official_pending=True) | ~_somebody_in(unit)
    return turn | nobody_below if everywhere else turn


def _somebody_in(unit: str) -> Q:
    mentions = Mention.objects.filter(ticket=OuterRef(OuterRef("pk")))
    own, in_stead = _holders(OuterRef(unit), Kept(OuterRef("author"), OuterRef("spoken_of"), mentions))
    return Q(Exists(own)) | Q(Exists(in_stead))


def _holders(unit: Any, kept: Kept) -> tuple[QuerySet[Membership], QuerySet[Substitution]]:
    """Who approves in a unit today and is there; who stands in for those that are not."""
    now, roles = in_force(timezone.localdate()), list(roles_with(TicketPermission.APPROVE))
    replaced = Substitution.objects.filter(now, substitute__is_active=True)
    here = Membership.objects.filter(now, role__in=roles, user__is_active=True, department=unit)
    absent = Membership.objects.filter(now, role__in=roles, user__is_active=True, department=_deeper(unit))
    in_stead = replaced.filter(absent__in=absent.values("user"))
    return _but(here.exclude(user__in=replaced.values("absent")), "user", kept), _but(in_stead, "substitute", kept)


def _but[Row: Model](rows: QuerySet[Row], field: str, kept: Kept) -> QuerySet[Row]:
    others = rows.exclude(**{field: kept.author}).exclude(**{field: kept.official})
    return others.exclude(**{f"{field}__in": kept.mentions.values("user")})


def _deeper(column: Any) -> Any:
    """The same column, from one query further inside."""
    return OuterRef(column) if isinstance(column, OuterRef) else column
