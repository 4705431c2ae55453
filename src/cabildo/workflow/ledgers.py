"""What departments owe, whatever the programme: the register that management control reads.

«Mi trabajo» asks what one person does next (`duties`); here a department, or the whole municipality, sees all it owes.
What names no department counts in that of the person who answers for it; what has neither counts in none (None).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from cabildo.accounts.models import Membership
from cabildo.accounts.queries import in_force
from cabildo.ui.parts import Words


@dataclass(frozen=True)
class Owed:
    """One thing that a department owes. `due_on` is None without a date, or while its term is stopped."""

    folio: str
    what: str
    person: str
    due_on: date | None
    url: str


@dataclass(frozen=True)
class Ledger:
    """What one kind of record owes. `rows(user)` are the open ones that this person may know of.

    `due` and `department` are paths from a row to its date and to its department, if it names one; `persons`, to
    whoever answers for it, the first that is known. `tell` words a row, without a query when `related` were fetched
    with it. `counted` are the rows that whoever sees the department counts, where `rows` hides the subject of some;
    `left_out` names what is not even counted.
    """

    code: str
    label: Words
    rows: Callable[[Any], QuerySet]
    tell: Callable[[Any], Owed]
    due: str = "due_on"
    department: str = "department"
    related: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    counted: Callable[[], QuerySet] | None = None
    left_out: Words = ""

    def counted_rows(self, user: Any) -> QuerySet:
        return self.counted() if self.counted else self.rows(user)


@dataclass(frozen=True)
class Tally:
    """Open things of one department and ledger by date; `undated` have none."""

    late: int = 0
    soon: int = 0
    later: int = 0
    undated: int = 0

    @property
    def total(self) -> int:
        return self.late + self.soon + self.later + self.undated

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.late + other.late, self.soon + other.soon, self.later + other.later, self.undated + other.undated
        )


_ledgers: dict[str, Ledger] = {}


def register(ledger: Ledger) -> None:
    """Declare what an app's departments owe, from `AppConfig.ready()`."""
    _ledgers[ledger.code] = ledger


def ledgers() -> list[Ledger]:
    """In the order of their names."""
    return sorted(_ledgers.values(), key=lambda ledger: str(ledger.label))


def ledger(code: str) -> Ledger | None:
    return _ledgers.get(code)


def standing_in(ledger: Ledger, standing: str, today: date, soon: date) -> Q:
    """The rows of one standing: late, soon (until `soon`, included), later, undated; every row for another word."""
    conditions: dict[str, dict[str, Any]] = {
        "late": {"lt": today},
        "soon": {"gte": today, "lte": soon},
        "later": {"gt": soon},
        "undated": {"isnull": True},
    }
    return Q(**{f"{ledger.due}__{how}": value for how, value in conditions.get(standing, {}).items()})


def tallies(
    ledger: Ledger, user: Any, departments: Iterable[int | None], today: date, soon: date
) -> dict[int | None, Tally]:
    """Department → what it owes here; None, if asked for, is what no department at work owes. One query."""
    rows = _owed_in(ledger, ledger.counted_rows(user), list(departments)).order_by()
    counts = {
        name: Count("pk", filter=standing_in(ledger, name, today, soon), distinct=True)
        for name in ("late", "soon", "later", "undated")
    }
    found = rows.values("owing").annotate(**counts)
    return {row.pop("owing"): Tally(**row) for row in found}


def owed_by(ledger: Ledger, user: Any, department: int | None) -> QuerySet:
    """The open rows of a department, or of none, that this person may read, with what `tell` needs."""
    return _owed_in(ledger, ledger.rows(user), [department]).select_related(*ledger.related)


def counted_of(ledger: Ledger, user: Any, department: int | None) -> QuerySet:
    """The open rows of a department, or of none, as they are counted: perhaps more than this person may read."""
    return _owed_in(ledger, ledger.counted_rows(user), [department])


def _owed_in(ledger: Ledger, rows: QuerySet, departments: list[int | None]) -> QuerySet:
    """Those of these departments, each with the one that is `owing` it."""
    found = rows.annotate(owing=_owing(ledger))
    wanted = Q(owing__in=[one for one in departments if one is not None])
    return found.filter(wanted | Q(owing__isnull=True) if None in departments else wanted)


def _owing(ledger: Ledger) -> Case:
    """Its department while it is at work; else that of the membership in force of who answers, the oldest first."""
    path = ledger.department
    named = [When(**{f"{path}__is_active": True, "then": F(f"{path}_id")})] if path else []
    if not ledger.persons:
        return Case(*named, default=None, output_field=BigIntegerField())
    paths = [OuterRef(path) for path in ledger.persons]
    who = Coalesce(*paths) if len(paths) > 1 else paths[0]
    held = Membership.objects.filter(in_force(timezone.localdate()), user=who, department__is_active=True)
    theirs = Subquery(held.order_by("starts_on", "pk").values("department_id")[:1])
    return Case(*named, default=theirs, output_field=BigIntegerField())
