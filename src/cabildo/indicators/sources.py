"""The register of computed indicators: every app adds its own in `AppConfig.ready()`."""

from collections.abc import Callable
from dataclasses import dataclass

from cabildo.indicators.rules import Definition, Observation, Period

# Computes in the municipality of the scope; two calls with the same data answer the same.
Compute = Callable[[Period], Observation]


@dataclass(frozen=True)
class Source:
    """A definition and what computes it."""

    definition: Definition
    compute: Compute


_sources: dict[str, Source] = {}


def register(definition: Definition, compute: Compute) -> None:
    """Add an indicator. The same definition twice is harmless; another one with its code raises ValueError."""
    if _sources.setdefault(definition.code, Source(definition, compute)).definition != definition:
        raise ValueError(f"{definition.code} is already an indicator")


def definitions() -> list[Definition]:
    """Every registered indicator, by code."""
    return [_sources[code].definition for code in sorted(_sources)]


def definition_of(code: str) -> Definition:
    """KeyError when nobody registered it."""
    return _sources[code].definition


def compute(code: str, period: Period) -> Observation:
    """The indicator over the period, now, in the municipality of the scope."""
    return _sources[code].compute(period)
