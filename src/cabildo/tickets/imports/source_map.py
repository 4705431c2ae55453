"""What a valid mapping says: how each column and each word of a source is read. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

CLOSED = "closed"


@dataclass(frozen=True)
class Translation:
    """Words of the source and what each is here; `default` takes those that are not listed, None refuses them."""

    values: Mapping[str, Any]
    default: Any

    def of(self, word: str) -> Any:
        return self.values.get(word, self.default)


@dataclass(frozen=True)
class Names:
    """Names of the source and the name or code each has here; others keep theirs, and are made if `create`."""

    values: Mapping[str, str]
    default: str
    create: bool

    def of(self, word: str) -> str:
        return self.values.get(word, word) or self.default


@dataclass(frozen=True)
class Bounds:
    """A rectangle in WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float

    def hold(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


@dataclass(frozen=True)
class SourceMap:
    """A valid mapping. `body` is its completed JSON: what a run stores and `from_body` reads again."""

    body: Mapping[str, Any]
    source: str
    label: str
    origin: str
    licence: str
    encoding: str
    delimiter: str
    sheet: str
    zone: ZoneInfo
    date_formats: tuple[str, ...]
    columns: Mapping[str, Any]
    keep: tuple[tuple[str, str], ...]
    states: Translation
    channels: Translation
    kinds: Translation
    categories: Names
    departments: Names
    due: str
    published: bool
    published_texts: bool
    bounds: Bounds | None
