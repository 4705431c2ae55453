"""Are the protocols known and kept? Every figure with its numerator and denominator."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from cabildo.accounts.access import roles_with
from cabildo.accounts.models import Membership, User
from cabildo.accounts.queries import in_force
from cabildo.tickets.choices import ProtocolState, ProtocolStep, State, TicketPermission
from cabildo.tickets.models import Category, Derivation, Protocol, ProtocolAcknowledgement, Ticket
from cabildo.tickets.queries.tracking import ACKNOWLEDGE_WITHIN, overdue_derivations

STEP_PERMISSION = {
    ProtocolStep.INTAKE: TicketPermission.REGISTER,
    ProtocolStep.DERIVATION: TicketPermission.DERIVE,
    ProtocolStep.ANSWER: TicketPermission.WORK,
    ProtocolStep.CLOSING: TicketPermission.CLOSE,
}


@dataclass(frozen=True)
class Part:
    """`numerator` of `denominator`; with a denominator of 0 there is nothing to say."""

    numerator: int
    denominator: int


@dataclass(frozen=True)
class Compliance:
    """Of one protocol: officials who know it, requests answered in term, requests closed."""

    acknowledgement: Part
    deadline: Part
    closing: Part


@dataclass(frozen=True)
class DayRule:
    """Derivations acknowledged within 24 hours, of those whose 24 hours are over; `pending` are still inside them."""

    kept: Part
    pending: int


@dataclass(frozen=True)
class Reader:
    """An official who must know a protocol; `known_at` None while they have not said so."""

    person: User
    known_at: datetime | None


def readers_of(protocol: Protocol, today: date) -> list[Reader]:
    """Who must know it, those who have not said so first. Two queries."""
    known = dict(ProtocolAcknowledgement.objects.filter(protocol=protocol).values_list("user_id", "at"))
    people = User.objects.filter(pk__in=_audience(protocol, today).values("user")).order_by("full_name", "pk")
    readers = [Reader(person, known.get(person.pk)) for person in people]
    return sorted(readers, key=lambda reader: reader.known_at is not None)


def unread_by(user: User, today: date) -> list[Protocol]:
    """Those in force that this person must know and has not said to know. Three queries at most."""
    in_force_now = Protocol.objects.filter(state=ProtocolState.APPROVED).select_related("department")
    unread = list(in_force_now.exclude(acknowledgements__user=user))
    if not unread:
        return []
    held = list(Membership.objects.filter(in_force(today), user=user).values_list("role", "department_id"))
    tree = list(Category.objects.values_list("group_code", "code", "department_id"))
    return [one for one in unread if any(_concerns(one, role, department, tree) for role, department in held)]


def _concerns(protocol: Protocol, role: str, department: int | None, tree: list[tuple[str, str, int | None]]) -> bool:
    """The same as `_audience`, for one role of one person."""
    if role not in roles_with(STEP_PERMISSION[ProtocolStep(protocol.step)]):
        return False
    if department is None or not (protocol.groups or protocol.categories):
        return True
    return any(
        answers == department and (group in protocol.groups or code in protocol.categories)
        for group, code, answers in tree
    )


def compliance_of(protocol: Protocol, *, since: date, until: date, today: date) -> Compliance:
    """How the protocol was kept for the requests received between two days, both included. Two queries."""
    known = ProtocolAcknowledgement.objects.filter(protocol=protocol).values("user_id")
    people = _audience(protocol, today).aggregate(
        all=Count("user", distinct=True), known=Count("user", distinct=True, filter=Q(user__in=known))
    )
    counted = _in_scope(protocol, since, until).aggregate(**_counts(today))
    return Compliance(
        acknowledgement=Part(people["known"], people["all"]),
        deadline=Part(counted["in_term"], counted["judged"]),
        closing=Part(counted["closed"], counted["received"]),
    )


def _counts(today: date) -> dict[str, Any]:
    """A request is judged once it was answered or its legal term is over. One opened again was closed all the same."""
    judged = Q(legal_due_on__isnull=False) & (Q(answered_at__isnull=False) | Q(legal_due_on__lt=today))
    return {
        "received": Count("pk"),
        "closed": Count("pk", filter=Q(state=State.CLOSED) | Q(reopened_count__gt=0)),
        "judged": Count("pk", filter=judged),
        "in_term": Count("pk", filter=Q(answered_on__lte=F("legal_due_on"))),
    }


def _in_scope(protocol: Protocol, since: date, until: date) -> QuerySet[Ticket]:
    tickets = Ticket.objects.annotate(answered_on=TruncDate("answered_at")).filter(
        received_at__gte=_midnight(since), received_at__lt=_midnight(until + timedelta(days=1))
    )
    if protocol.channels:
        tickets = tickets.filter(channel__in=protocol.channels)
    if protocol.kinds:
        tickets = tickets.filter(kind__in=protocol.kinds)
    if protocol.groups or protocol.categories:
        tickets = tickets.filter(_categories(protocol, "category__"))
    return tickets


def _categories(protocol: Protocol, prefix: str = "") -> Q:
    return Q(**{f"{prefix}group_code__in": protocol.groups}) | Q(**{f"{prefix}code__in": protocol.categories})


def _audience(protocol: Protocol, today: date) -> QuerySet[Membership]:
    """Who must know it: those whose role takes its step, in the departments that answer its categories."""
    held = Membership.objects.filter(
        in_force(today), role__in=roles_with(STEP_PERMISSION[ProtocolStep(protocol.step)]), user__is_active=True
    )
    if not protocol.groups and not protocol.categories:
        return held
    departments = Category.objects.filter(_categories(protocol)).values("department")
    return held.filter(Q(department=None) | Q(department__in=departments))


def compliance(
    *, since: date, until: date, today: date, departments: Collection[int] | None = None
) -> list[tuple[Protocol, Compliance]]:
    """Every protocol in force, or those that these departments wrote. Two queries for each, besides one."""
    in_force = Protocol.objects.filter(state=ProtocolState.APPROVED).select_related("department")
    if departments is not None:
        in_force = in_force.filter(department__in=departments)
    return [(one, compliance_of(one, since=since, until=until, today=today)) for one in in_force]


def day_rule(*, since: date, until: date, now: datetime, departments: Collection[int] | None = None) -> DayRule:
    """The 24-hour rule (Ley 19.880, art. 24) over the derivations made between two days. One query.

    With `departments`, only those made to them.
    """
    waited = ExpressionWrapper(F("acknowledged_at") - F("at"), output_field=DurationField())
    made = Derivation.objects.filter(at__gte=_midnight(since), at__lt=_midnight(until + timedelta(days=1)))
    if departments is not None:
        made = made.filter(to_department__in=departments)
    counted = made.annotate(waited=waited).aggregate(
        all=Count("pk"),
        kept=Count("pk", filter=Q(waited__lte=ACKNOWLEDGE_WITHIN)),
        pending=Count("pk", filter=Q(acknowledged_at=None, at__gt=now - ACKNOWLEDGE_WITHIN)),
    )
    return DayRule(Part(counted["kept"], counted["all"] - counted["pending"]), counted["pending"])


def unacknowledged(now: datetime) -> QuerySet[Derivation]:
    """Derivations that a department has had for more than 24 hours without acknowledging, oldest first."""
    return overdue_derivations(now).select_related("ticket__category", "to_department").order_by("at", "pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
