"""Business days of the Administration: neither Saturdays, Sundays nor holidays (Ley 19.880, art. 25)."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, cached_property
from types import MappingProxyType
from typing import Self

from cabildo.kit.errors import DomainError

DAY = timedelta(days=1)
_WEEKEND = {5: "sábado", 6: "domingo"}


class UnknownYearError(DomainError):
    """The calendar was not told the holidays of that year, so it refuses instead of forgetting them."""

    sentences = {
        "year_unknown": "El calendario no tiene los feriados del año {year}. Agréguelos antes de calcular el plazo."
    }


@dataclass(frozen=True)
class Calendar:
    """Holidays by date with their Spanish names. `years` are those it knows; None means that it answers for all."""

    holidays: Mapping[date, str] = field(default_factory=dict)
    years: frozenset[int] | None = None

    def __post_init__(self) -> None:
        named = {day: name or "feriado" for day, name in self.holidays.items()}
        object.__setattr__(self, "holidays", MappingProxyType(named))

    def is_business_day(self, day: date) -> bool:
        return self.why_not(day) is None

    def why_not(self, day: date) -> str | None:
        """Why the day does not count: the holiday's name, else "sábado" or "domingo"; None for a business day."""
        self._know(day.year)
        return self.holidays.get(day) or _WEEKEND.get(day.weekday())

    def next_business_day(self, day: date) -> date:
        """The day itself when it is a business day, else the first one after it."""
        return day if self.is_business_day(day) else self.add(day, 1)

    def add(self, day: date, n: int) -> date:
        """The n-th business day after `day`; `day` itself when n is 0. A negative n raises ValueError."""
        return self._step(day, n, DAY)

    def subtract(self, day: date, n: int) -> date:
        """The n-th business day before `day`; undoes `add` when `day` is a business day."""
        return self._step(day, n, -DAY)

    def count_between(self, start: date, end: date) -> int:
        """Business days after `start` up to `end` inclusive; negative, counted the same way, when `end` is earlier."""
        if end < start:
            return -self.count_between(end, start)
        for year in range((start + DAY).year, end.year + 1):
            self._know(year)
        return self._counted_until(end) - self._counted_until(start)

    def changed(
        self, added: Mapping[date, str] | Iterable[tuple[date, str]] = (), removed: Iterable[date] = ()
    ) -> Self:
        """The same calendar with a municipality's own holidays added and others removed; an added day wins."""
        added, gone = dict(added), set(removed)
        if not added and not gone:
            return self
        kept = {day: name for day, name in self.holidays.items() if day not in gone}
        return type(self)(kept | added, self.years)

    def _know(self, year: int) -> None:
        if self.years is not None and year not in self.years:
            raise UnknownYearError("year_unknown", year=year)

    @cached_property
    def _lost(self) -> list[date]:
        """Holidays that fall on a weekday."""
        return sorted(day for day in self.holidays if day.weekday() not in _WEEKEND)

    def _counted_until(self, day: date) -> int:
        """Business days since the first Monday there was."""
        weeks, rest = divmod(day.toordinal(), 7)
        return weeks * 5 + min(rest, 5) - bisect_right(self._lost, day)

    def _step(self, day: date, n: int, step: timedelta) -> date:
        if n < 0:
            raise ValueError("days to count cannot be negative")
        while n:
            day += step
            n -= self.is_business_day(day)
        return day


def chile(
    years: Iterable[int],
    added: Mapping[date, str] | Iterable[tuple[date, str]] = (),
    removed: Iterable[date] = (),
    *,
    region: str | None = None,
) -> Calendar:
    """Chile's national holidays of `years`, plus those of a region ("AP", "NB": ISO 3166-2:CL), with local changes.

    Asking the calendar about another year raises `UnknownYearError`.
    """
    return _national(frozenset(years), region).changed(added, removed)


def days_after(start: date, end: date) -> Iterator[date]:
    """Every calendar day after `start` up to `end` inclusive."""
    for offset in range(1, (end - start).days + 1):
        yield start + offset * DAY


@cache
def _national(years: frozenset[int], region: str | None) -> Calendar:
    import holidays as public_holidays  # the calendars of every creed: 24 MiB that no start needs

    chilean = public_holidays.country_holidays("CL", subdiv=region, years=years, language="es", expand=False)
    for year in years:
        if not chilean.start_year <= year <= chilean.end_year:
            raise UnknownYearError("year_unknown", year=year)
    return Calendar(dict(chilean), years)
