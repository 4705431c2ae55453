"""The register of the desk's navigation: every app adds its entries in `AppConfig.ready()`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from os.path import commonpath

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

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


@dataclass(frozen=True)
class Menu:
    """The entries that people with the same permissions may open, with their addresses here."""

    entries: tuple[tuple[NavigationEntry, str], ...]

    def active(self, path: str) -> str | None:
        """The address of the entry that `path` belongs to, if any."""
        urls = [url for _entry, url in self.entries]
        home = f"{commonpath(urls)}/" if urls else ""  # every page lies below it: it stands for itself alone
        return (
            path if path == home else max((u for u in urls if path.startswith(u) and u != home), key=len, default=None)
        )

    def sections(self, active: str | None, counts: Mapping[str, int] | None = None) -> tuple[Section, ...]:
        """Its entries by area, the active one marked, `counts` by url_name beside them."""
        return tuple(
            Section(area, tuple(_link(entry, url, active, counts or {}) for entry, url in group))
            for area, group in groupby(self.entries, key=lambda pair: pair[0].area)
        )


def menu(may: Callable[[str], bool], desk: str = MUNICIPALITY) -> Menu:
    """What `may` allows on a kind of desk."""
    known = (entry for entry in entries() if entry.desk == desk)
    allowed = (entry for entry in known if entry.permission is None or may(entry.permission))
    return Menu(tuple((entry, address(entry.url_name)) for entry in allowed))


def drawn(sections: Sequence[Section]) -> SafeString:
    """As the shell shows them."""
    return mark_safe(render_to_string("ui/shell/modules.html", {"navigation": sections}))


def _link(entry: NavigationEntry, url: str, active: str | None, counts: Mapping[str, int]) -> Link:
    return Link(entry.label, url, entry.icon, url == active, counts.get(entry.url_name))
