"""The register of the desk's navigation: every app adds its entries in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from os.path import commonpath

from cabildo.ui.addresses import address
from cabildo.ui.parts import Words

MUNICIPALITY, AGENCY = "municipality", "agency"


@dataclass(frozen=True)
class NavigationEntry:
    """One line of the left navigation, under the heading `area`. `order` decides within and between areas.

    `desk` says on which kind of desk it stands: of a municipality, or of an agency.
    """

    area: Words
    label: Words
    url_name: str
    permission: str | None
    icon: str
    order: int
    desk: str = MUNICIPALITY


@dataclass(frozen=True)
class Link:
    """An entry as the shell draws it."""

    label: Words
    url: str
    icon: str
    active: bool
    count: int | None


@dataclass(frozen=True)
class Section:
    """The entries of one area a person may open."""

    label: Words
    entries: tuple[Link, ...]


_entries: dict[tuple[str, str], NavigationEntry] = {}


def register(entry: NavigationEntry) -> None:
    """Adds an entry. The same one twice is harmless; another one for the same address raises ValueError."""
    if _entries.setdefault((entry.desk, entry.url_name), entry) != entry:
        raise ValueError(f"{entry.url_name} already has a navigation entry")
    entries.cache_clear()


@lru_cache(maxsize=1)
def entries() -> tuple[NavigationEntry, ...]:
    """Every entry, areas in the order of their first entry."""
    first: dict[Words, int] = {}
    for entry in sorted(_entries.values(), key=attrgetter("order")):
        first.setdefault(entry.area, entry.order)
    return tuple(sorted(_entries.values(), key=lambda entry: (first[entry.area], str(entry.area), entry.order)))


def sections(
    *, may: Callable[[str], bool], path: str, counts: Mapping[str, int] | None = None, desk: str = MUNICIPALITY
) -> tuple[Section, ...]:
    """What a person sees: entries `may` allows, the one `path` belongs to marked, `counts` by url_name beside them."""
    known = (entry for entry in entries() if entry.desk == desk)
    allowed = [entry for entry in known if entry.permission is None or may(entry.permission)]
    urls = {entry.url_name: address(entry.url_name) for entry in allowed}
    home = f"{commonpath(urls.values())}/" if urls else ""  # every page lies below it: it stands for itself alone
    active = max((url for url in urls.values() if path.startswith(url) and url != home), key=len, default=None)
    active = path if path == home else active
    return tuple(
        Section(area, tuple(_link(entry, urls[entry.url_name], active, counts or {}) for entry in group))
        for area, group in groupby(allowed, key=attrgetter("area"))
    )


def _link(entry: NavigationEntry, url: str, active: str | None, counts: Mapping[str, int]) -> Link:
    return Link(entry.label, url, entry.icon, url == active, counts.get(entry.url_name))
