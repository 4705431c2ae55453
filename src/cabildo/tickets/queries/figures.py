"""How many requests, answered when? Every figure keeps its numerator and denominator.

Requests are counted by the day they came in; what became of them is as it stood at the end of `as_of`, usually today:
a period and the one before it are compared at the same age. Whether a term is stopped is known for today alone.
Each request counts by how it first ended: opening it again makes it work again (`standing_now`, the backlog) and
changes no figure of a month that was told already.
Heavy questions are kept a minute.
"""

import functools
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any, cast

from django.core.cache import cache
from django.db.models import Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.scoping import current_municipality
from cabildo.indicators.rules import Period
from cabildo.tickets.choices import OPEN_STATES, OUTCOMES_WITHOUT_ANSWER, Channel, EventKind, Kind, State
from cabildo.tickets.models import Derivation, Ticket, TicketEvent
from cabildo.tickets.queries.tracking import ACKNOWLEDGE_WITHIN, overdue_derivations
from cabildo.tickets.rules.figures import Tally, median

KEPT_SECONDS = 60
WITH_TERM = Q(legal_due_on__isnull=False)


@dataclass(frozen=True)
class Scope:
    """What is counted: the days of entry, and filters; `departments` None means all of them."""

    period: Period
    departments: tuple[int, ...] | None = None
    area: str = ""
    channel: str = ""
    kind: str = ""

    @property
    def before(self) -> "Scope":
        """The same over the period to compare with."""
        return Scope(self.period.before, self.departments, self.area, self.channel, self.kind)


class Dimension(StrEnum):
    """By what a figure is told apart."""

    DEPARTMENT = "department"
    CATEGORY = "category"
    CHANNEL = "channel"
    AREA = "area"
    KIND = "kind"


@dataclass(frozen=True)
class Row[Figure]:
    """A figure of one department, channel, area... `label` is what a person reads."""

    code: str
    label: str
    figure: Figure


@dataclass(frozen=True)
class Today:
    """How open requests stand now. `unacknowledged` were derived more than 24 hours ago."""

    open: int
    due_today: int
    late: int
    unacknowledged: int
    waiting: int
    unclassified: int


FIELDS = {
    Dimension.DEPARTMENT: ("department__code", "department__name"),
    Dimension.CATEGORY: ("category__code", "category__label"),
    Dimension.AREA: ("area__code", "area__name"),
    Dimension.CHANNEL: ("channel", "channel"),
    Dimension.KIND: ("kind", "kind"),
}


def for_a_minute[**P, Answer](question: Callable[P, Answer]) -> Callable[P, Answer]:
    """Keep the answer a minute per municipality; arguments must have a repr that says all of them."""

    @functools.wraps(question)
    def asked(*args: P.args, **kwargs: P.kwargs) -> Answer:
        said = hashlib.sha256(repr((args, kwargs)).encode()).hexdigest()
        key = f"figures:{current_municipality().pk}:{question.__module__}.{question.__name__}:{said}"
        answer: Any = cache.get_or_set(key, lambda: question(*args, **kwargs), KEPT_SECONDS)
        return cast("Answer", answer)

    return asked


def received(scope: Scope) -> QuerySet[Ticket]:
    """The requests of a scope."""
    return Ticket.objects.filter(
        narrowed(scope),
        received_at__gte=midnight(scope.period.since),
        received_at__lt=_end_of(scope.period.until),
    )


def narrowed(scope: Scope, prefix: str = "") -> Q:
    """The filters of a scope but its days, on requests or, with `prefix`, on what hangs from them."""
    wanted = {"area__code": scope.area, "channel": scope.channel, "kind": scope.kind}
    found = Q(**{prefix + name: value for name, value in wanted.items() if value})
    if scope.departments is not None:
        found &= Q(**{f"{prefix}department__in": scope.departments})
    return found


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


@for_a_minute
def tally(scope: Scope, as_of: date) -> Tally:
    """The whole scope in one row. One query."""
    return Tally(**received(scope).aggregate(**_counts(as_of)))


@for_a_minute
def tallies(scope: Scope, dimension: Dimension, as_of: date) -> list[Row[Tally]]:
    """One row per department, channel... that received something, the largest first. One query."""
    code, label = FIELDS[dimension]
    counts = _counts(as_of)
    rows = received(scope).order_by().values(code, label).annotate(**counts)
    found = [
        Row(row[code] or "", label_of(dimension, row[label]), Tally(**{name: row[name] for name in counts}))
        for row in rows
    ]
    return sorted(found, key=lambda row: (-row.figure.received, row.label))


@for_a_minute
def monthly(scope: Scope, as_of: date) -> list[tuple[date, Tally]]:
    """One row per month of entry, months without any included. One query."""
    month = TruncMonth("received_at")
    rows = received(scope).order_by().annotate(month=month).values("month").annotate(**_counts(as_of))
    counted: list[dict[str, Any]] = [dict(row) for row in rows]
    found = {timezone.localdate(row.pop("month")): Tally(**row) for row in counted}
    return [(month, found.get(month, Tally())) for month in scope.period.months]


def _answered(as_of: date) -> Q:
    return Q(answered_at__lt=_end_of(as_of))


def _unanswered(as_of: date) -> Q:
    """Not answered by then, nor ended by then in a way that needs no answer, though it was opened again since."""
    ended = Q(outcome__in=OUTCOMES_WITHOUT_ANSWER, closed_at__isnull=False) & Q(closed_at__lt=_end_of(as_of))
    ended |= Q(spared_at__isnull=False) & Q(spared_at__lt=_end_of(as_of))
    return (Q(answered_at__isnull=True) | Q(answered_at__gte=_end_of(as_of))) & ~ended


def _end_of(day: date) -> datetime:
    return midnight(day + timedelta(days=1))


def _counts(as_of: date) -> dict[str, Count]:
    answered, unanswered = _answered(as_of), _unanswered(as_of)
    counted = {
        "answered": answered,
        "answered_with_term": answered & WITH_TERM,
        "answered_on_time": answered & WITH_TERM & Q(answered_at__date__lte=F("legal_due_on")),
        "unanswered": unanswered,
        "unanswered_with_term": unanswered & WITH_TERM,
        "overdue": unanswered & Q(legal_due_on__lt=as_of, is_stopped=False),
        "complaints_and_suggestions": Q(kind__in=[Kind.RECLAMO, Kind.SUGERENCIA]),
    }
    return {"received": Count("pk"), **{name: Count("pk", filter=which) for name, which in counted.items()}}


def label_of(dimension: Dimension, value: str | None) -> str:
    """What a person reads of a value; no value has words too."""
    if not value:
        return {Dimension.DEPARTMENT: _("Por clasificar"), Dimension.AREA: _("Sin sector")}.get(
            dimension, _("sin dato")
        )
    if dimension == Dimension.CHANNEL:
        return str(Channel(value).label)
    return str(Kind(value).label) if dimension == Dimension.KIND else value


@for_a_minute
def median_days(scope: Scope, as_of: date) -> Fraction | None:
    """Calendar days from entry to answer, the exact median of the answered ones. One query."""
    return median(_histograms(scope, None, as_of).get("", {}))


@for_a_minute
def median_days_by(scope: Scope, dimension: Dimension, as_of: date) -> dict[str, Fraction | None]:
    """The median by the code of each department, channel... One query."""
    return {code: median(days) for code, days in _histograms(scope, dimension, as_of).items()}


def _histograms(scope: Scope, dimension: Dimension | None, as_of: date) -> dict[str, dict[int, int]]:
    """How many were answered in how many days. Rows are as many as there are different days, not requests."""
    took = ExpressionWrapper(TruncDate("answered_at") - TruncDate("received_at"), output_field=DurationField())
    by = [FIELDS[dimension][0]] if dimension else []
    rows = (
        received(scope)
        .filter(_answered(as_of))
        .order_by()
        .annotate(took=took)
        .values_list(*by, "took")
        .annotate(Count("pk"))
    )
    found: dict[str, dict[int, int]] = {}
    for *code, days, count in rows:
        found.setdefault((code or [""])[0] or "", {})[days.days] = count
    return found


def standing_now(departments: tuple[int, ...] | None, now: datetime) -> Today:
    """How the open requests of some departments, or of all, stand. Two queries."""
    today = timezone.localdate(now)
    running = Q(is_stopped=False)
    counts = _open(departments).aggregate(
        open=Count("pk"),
        due_today=Count("pk", filter=running & Q(legal_due_on=today)),
        late=Count("pk", filter=running & Q(legal_due_on__lt=today)),
        waiting=Count("pk", filter=Q(state=State.WAITING)),
        unclassified=Count("pk", filter=Q(state=State.INTAKE)),
    )
    return Today(**counts, unacknowledged=_unacknowledged(departments, now).count())


def _open(departments: tuple[int, ...] | None) -> QuerySet[Ticket]:
    tickets = Ticket.objects.filter(state__in=OPEN_STATES).order_by()
    return tickets if departments is None else tickets.filter(department__in=departments)


def _unacknowledged(departments: tuple[int, ...] | None, now: datetime) -> QuerySet[Derivation]:
    late = overdue_derivations(now)
    return late if departments is None else late.filter(to_department__in=departments)


@dataclass(frozen=True)
class Load:
    """Open requests of a department or area, and how many of them are past their term."""

    open: int = 0
    late: int = 0


def open_by(dimension: Dimension, departments: tuple[int, ...] | None, today: date) -> list[Row[Load]]:
    """Open requests by department, area..., those with most late first. One query."""
    code, label = FIELDS[dimension]
    late = Count("pk", filter=Q(legal_due_on__lt=today, is_stopped=False))
    rows = _open(departments).values(code, label).annotate(open=Count("pk"), late=late)
    found = [Row(row[code] or "", label_of(dimension, row[label]), Load(row["open"], row["late"])) for row in rows]
    return sorted(found, key=lambda row: (-row.figure.late, -row.figure.open, row.label))


@dataclass(frozen=True)
class Acknowledged:
    """Derivations to a department, and those acknowledged within 24 hours."""

    derived: int = 0
    within: int = 0


def acknowledgements(scope: Scope, now: datetime) -> list[Row[Acknowledged]]:
    """Derivations of the period that are at least 24 hours old, by department. One query."""
    due = min(_end_of(scope.period.until), now - ACKNOWLEDGE_WITHIN)
    in_time = Q(acknowledged_at__lte=F("at") + ACKNOWLEDGE_WITHIN)
    derivations = Derivation.objects.filter(at__gte=midnight(scope.period.since), at__lt=due).order_by()
    if scope.departments is not None:
        derivations = derivations.filter(to_department__in=scope.departments)
    rows = derivations.values_list("to_department__code", "to_department__name").annotate(
        derived=Count("pk"), within=Count("pk", filter=in_time)
    )
    found = [Row(code, name, Acknowledged(derived, within)) for code, name, derived, within in rows]
    return sorted(found, key=lambda row: (row.figure.within - row.figure.derived, row.label))


@for_a_minute
def escalations(scope: Scope) -> list[Row[int]]:
    """Requests about whose term somebody was warned in the period, by department. One query."""
    events = TicketEvent.objects.filter(
        narrowed(scope, "ticket__"),
        kind=EventKind.ESCALATED,
        at__gte=midnight(scope.period.since),
        at__lt=_end_of(scope.period.until),
    ).order_by()
    rows = events.values_list("ticket__department__code", "ticket__department__name").annotate(
        Count("ticket", distinct=True)
    )
    found = [Row(code or "", label_of(Dimension.DEPARTMENT, name), count) for code, name, count in rows]
    return sorted(found, key=lambda row: (-row.figure, row.label))
