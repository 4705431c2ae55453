"""The register behind the one search box: every app offers a provider, the box asks those a person may use."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cabildo.ui.parts import Words


@dataclass(frozen=True)
class SearchHit:
    """One line of the answer. `kind` is the word before the title: «Solicitud», «Persona»."""

    title: str
    subtitle: str
    url: str
    kind: Words


@dataclass(frozen=True)
class SearchProvider:
    """`search(user, query, limit)` answers only what that user may see and logs reads of personal data itself."""

    label: Words
    permission: str | None
    search: Callable[[Any, str, int], Sequence[SearchHit]]


@dataclass(frozen=True)
class SearchGroup:
    """The hits of one provider."""

    label: Words
    hits: tuple[SearchHit, ...]


_providers: dict[str, SearchProvider] = {}


def register(provider: SearchProvider) -> None:
    """Adds a provider. The same one twice is harmless; another one with the same label raises ValueError."""
    if _providers.setdefault(str(provider.label), provider) != provider:
        raise ValueError(f"{provider.label} already has a search provider")


def find(user: Any, query: str, *, may: Callable[[str], bool], limit: int = 10) -> tuple[SearchGroup, ...]:
    """At most `limit` hits of every provider that `may` allows; providers without hits are left out."""
    query = query.strip()
    if not query:
        return ()
    allowed = [provider for provider in _providers.values() if provider.permission is None or may(provider.permission)]
    groups = (SearchGroup(one.label, tuple(one.search(user, query, limit))[:limit]) for one in allowed)
    return tuple(group for group in groups if group.hits)
