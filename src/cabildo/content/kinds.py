"""The register of pack kinds: each app that owns a kind says how it is checked, described and taken into use."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

type Body = Mapping[str, Any]
type Step = str | int
type Find = Callable[[str, int], Body | None]  # identity and version of another pack -> its completed body


@dataclass(frozen=True, slots=True)
class Problem:
    """What a checker found. `path` leads through the assembled body: `("groups", 0, "categories", 3, "days")`."""

    path: tuple[Step, ...]
    message: str
    fix: str
    code: str = "check"


@dataclass(frozen=True, slots=True)
class Adopted:
    """A pack version in use by a municipality."""

    municipality_id: int
    pack_id: int
    version_id: int
    kind: str
    slug: str
    title: str
    official: bool
    version: int
    sha256: str
    follows_updates: bool


@dataclass(frozen=True)
class Adoptable:
    """A kind whose packs municipalities adopt, on the page of its first day and by command.

    `title` is the heading; `lead` says what they are for, `done` what comes next once one is in use. `permission` is
    asked of whoever adopts; empty, that of the first day. `needed` says what is missing while none is in use and the
    municipality cannot open without; empty where it can. `changes` gives the lines of what a newer body brings; without
    it, its own changelog does. Lower `order` comes first.
    """

    title: Any
    lead: Any
    done: Any
    order: int
    permission: str = ""
    needed: Any = ""
    changes: Callable[[Body, Body], Iterable[str]] | None = None


@dataclass(frozen=True)
class PackKind:
    """One kind of pack and what its owner knows about it.

    `schema_path` is relative to the content folder or absolute. `check` receives the completed body and yields
    problems; `describe` gives one sentence about a body. `folders` maps a folder of the pack to the key of the body
    that lists its files (each file has an `id` equal to its name). Of an `exclusive` kind a municipality uses one pack
    at a time. `check_against` looks at the other packs that a body names, once `check` has nothing to say. `adopted`
    runs inside the transaction that puts a version into use and may run twice without harm. A kind without `adoptable`
    is not adopted: whoever uses its packs takes the published ones.
    """

    kind: str
    schema_path: str | Path
    check: Callable[[Body], Iterable[Problem]]
    describe: Callable[[Body], str]
    folders: Mapping[str, str] = field(default_factory=dict)
    exclusive: bool = False
    check_against: Callable[[Body, Find], Iterable[Problem]] | None = None
    adopted: Callable[[Adopted, Body], None] | None = None
    adoptable: Adoptable | None = None


_kinds: dict[str, PackKind] = {}


def register_kind(kind: PackKind) -> None:
    """Declare a kind, from `AppConfig.ready()`. Registering it again replaces the earlier declaration."""
    _kinds[kind.kind] = kind


def find_kind(name: str) -> PackKind | None:
    return _kinds.get(name)


def kind_names() -> list[str]:
    return sorted(_kinds)


def adoptable_kinds() -> list[tuple[PackKind, Adoptable]]:
    """The kinds that a municipality adopts, each with how it is shown, in order."""
    found = [(kind, kind.adoptable) for kind in _kinds.values() if kind.adoptable is not None]
    return sorted(found, key=lambda one: (one[1].order, one[0].kind))


def nearest(word: object, known: Iterable[str]) -> str | None:
    """The known name most like `word`, or None when none is near."""
    matches = get_close_matches(str(word), list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
