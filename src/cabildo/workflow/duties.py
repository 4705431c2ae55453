"""What somebody owes, whatever the app: the register that «Mi trabajo» and the digests read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

MINE, WAITING = "mine", "waiting"


@dataclass(frozen=True)
class Duty:
    """One thing owed. `state` is a DutyState; `action` names the next step as a button says it."""

    what: str
    folio: str
    department: str
    person: str
    due_on: date | None
    state: str
    url: str
    action: str
    group: str = MINE


# A source answers what this person owes today: at most `limit` duties, the first due first.
Source = Callable[[Any, date, int], Iterable[Duty]]
_sources: dict[str, Source] = {}
# The same at the desk of an agency, which looks at several municipalities.
AgencySource = Callable[[Any, Any, date, int], Iterable[Duty]]
_agency_sources: dict[str, AgencySource] = {}


def register(name: str, source: Source) -> None:
    _sources[name] = source


def of(user: Any, today: date, limit: int = 50) -> list[Duty]:
    """Everything this person owes in the municipality of the scope, sorted by what falls due."""
    return _first([duty for source in _sources.values() for duty in source(user, today, limit)], limit)


def register_for_agencies(name: str, source: AgencySource) -> None:
    _agency_sources[name] = source


def of_agency(user: Any, agency: Any, today: date, limit: int = 50) -> list[Duty]:
    """Everything this person owes at the desk of this agency, sorted by what falls due."""
    return _first([duty for source in _agency_sources.values() for duty in source(user, agency, today, limit)], limit)


def _first(found: list[Duty], limit: int) -> list[Duty]:
    return sorted(found, key=lambda duty: (duty.due_on or date.max, duty.folio))[:limit]
