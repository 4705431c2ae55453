"""What the contents page shows: every kind that a municipality adopts, its packs, and what is in use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cabildo.accounts.access import can, roles, roles_with
from cabildo.accounts.choices import AccountsPermission
from cabildo.content import queries as content
from cabildo.content.kinds import Adoptable, Adopted, PackKind, adoptable_kinds
from cabildo.content.models import Pack, PackVersion


@dataclass(frozen=True)
class Listed:
    """A pack that may be adopted: its newest version, the one in use, and the lines of what the newest would change."""

    pack: Pack
    newest: PackVersion
    in_use: Adopted | None
    says: str
    changes: Sequence[str]
    may_leave: bool

    @property
    def is_behind(self) -> bool:
        return self.in_use is not None and self.in_use.version < self.newest.version


@dataclass(frozen=True)
class Section:
    """A kind with its packs; `who` names the roles that adopt when this person may not."""

    title: Any
    lead: Any
    takes_one: bool
    listed: Sequence[Listed]
    may: bool
    who: Sequence[str]


def sections(municipality_id: int, user: Any) -> list[Section]:
    """Every kind that is adopted, in order. Two queries, and one for each body not read before."""
    known = adoptable_kinds()
    newest = content.newest(municipality_id, [kind.kind for kind, _shown in known])
    used = {(one.kind, one.slug): one for one in content.in_use(municipality_id)}
    return [
        Section(
            adoptable.title,
            adoptable.lead,
            kind.exclusive,
            [_listed(kind, adoptable, one, used) for one in newest if one.pack.kind == kind.kind],
            may=can(user, permission_of(adoptable)),
            who=_who(adoptable),
        )
        for kind, adoptable in known
    ]


def permission_of(adoptable: Adoptable) -> str:
    """What whoever adopts a pack of this kind needs."""
    return adoptable.permission or AccountsPermission.MANAGE_MUNICIPALITY


def adoptable_of(pack: Pack) -> Adoptable:
    """How the kind of a pack is adopted."""
    return next(adoptable for kind, adoptable in adoptable_kinds() if kind.kind == pack.kind)


def _who(adoptable: Adoptable) -> list[str]:
    holders = roles_with(permission_of(adoptable))
    return [str(role.name) for slug, role in roles().items() if slug in holders]


def _listed(kind: PackKind, adoptable: Adoptable, newest: PackVersion, used: dict[tuple[str, str], Adopted]) -> Listed:
    in_use, body = used.get((kind.kind, newest.pack.slug)), content.body(newest)
    is_behind = in_use is not None and in_use.version < newest.version
    return Listed(
        newest.pack,
        newest,
        in_use,
        kind.describe(body),
        list(_changes(adoptable, in_use, body)) if in_use and is_behind else [],
        may_leave=in_use is not None and not kind.exclusive,
    )


def _changes(adoptable: Adoptable, in_use: Adopted, body: Any) -> Iterator[str]:
    """The lines of what the owner of the kind finds, else those of the changelog since the version in use."""
    if adoptable.changes is not None:
        yield from adoptable.changes(content.body(in_use), body)
        return
    for entry in body["pack"].get("changelog", ()):
        if entry["version"] > in_use.version:
            yield _("versión %(version)s: %(changes)s") % {"version": entry["version"], "changes": entry["changes"]}
