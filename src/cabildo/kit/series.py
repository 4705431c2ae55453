"""Values fixed by decree for each day or month: UF by day, UTM by month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from cabildo.kit.errors import DomainError


class Step(StrEnum):
    DAY = "day"
    MONTH = "month"


class UnknownValueError(DomainError):
    """The series has no value for that date. It is never guessed from a neighbouring one."""

    sentences = {"value_unknown": "No hay valor de {name} para el {day:%d-%m-%Y}. Cargue la serie hasta esa fecha."}


@dataclass(frozen=True)
class DatedSeries:
    """A published series in pesos. Keys are days, or the first day of each month when `step` is `MONTH`.

    Raises ValueError for a month key that is not its first day, TypeError for a value that is not exact.
    """

    name: str
    values: Mapping[date, Decimal]
    step: Step = Step.DAY

    def __post_init__(self) -> None:
        if not all(isinstance(value, Decimal) for value in self.values.values()):
            raise TypeError("the values of a series are Decimal: money is exact")
        if any(self._key(day) != day for day in self.values):
            raise ValueError("a monthly series is keyed by the first day of each month")
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def value_on(self, day: date) -> Decimal:
        """The value in force that day; raises `UnknownValueError` when it was not loaded."""
        try:
            return self.values[self._key(day)]
        except KeyError:
            raise UnknownValueError("value_unknown", name=self.name, day=day) from None

    def _key(self, day: date) -> date:
        return day.replace(day=1) if self.step is Step.MONTH else day
