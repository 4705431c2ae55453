"""What departments owe, whatever the programme: the register that management control reads.

«Mi trabajo» asks what one person does next (`duties`); here a department, or the whole municipality, sees all it owes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

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

    `due` and `department` are paths from a row to its date and to its department; `tell` words a row, without a query
    when `related` were fetched with it.
    """

    code: str
    label: Words
    rows: Callable[[Any], QuerySet]
    tell: Callable[[Any], Owed]
    due: str = "due_on"
    department: str = "department"
    related: tuple[str, ...] = ()


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


def tallies(ledger: Ledger, user: Any, departments: Iterable[int], today: date, soon: date) -> dict[int, Tally]:
    """Department → what it owes here. One query."""
    rows = ledger.rows(user).filter(**{f"{ledger.department}__in": list(departments)}).order_by()
    counts = {
        name: Count("pk", filter=standing_in(ledger, name, today, soon), distinct=True)
        for name in ("late", "soon", "later", "undated")
    }
    found = rows.values(owing=F(ledger.department)).annotate(**counts)
    return {row.pop("owing"): Tally(**row) for row in found}


def owed_by(ledger: Ledger, user: Any, department: int) -> QuerySet:
    """The open rows of a department, with what `tell` needs."""
    return ledger.rows(user).filter(**{ledger.department: department}).select_related(*ledger.related)
