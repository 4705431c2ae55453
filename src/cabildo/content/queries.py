"""Named questions about packs."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from cabildo.content.errors import ContentError
from cabildo.content.kinds import Adopted, PackKind, adoptable_kinds, find_kind, kind_names
from cabildo.content.models import Adoption, Draft, Pack, PackVersion


def kind_named(name: str) -> PackKind:
    """The registered kind; refused with the list of known ones."""
    kind = find_kind(name)
    if kind is None:
        raise ContentError("kind_unknown", kind=name, known=", ".join(kind_names()))
    return kind


def available(municipality_id: int, kind: str) -> QuerySet[Pack]:
    """The packs of a kind this municipality may adopt: the platform's and its own."""
    return Pack.objects.filter(Q(owner=None) | Q(owner=municipality_id), kind=kind)


def pack_named(kind: str, slug: str) -> Pack:
    pack = Pack.objects.filter(kind=kind, slug=slug).first()
    if pack is None:
        raise ContentError("pack_unknown", pack=f"{kind}/{slug}")
    return pack


def pack_told(name: str) -> Pack:
    """A pack that municipalities adopt, by `kind/slug` or by its slug alone where only one has it.

    Raises ContentError: pack_unknown, pack_ambiguous, pack_not_adopted.
    """
    kind, _slash, slug = name.rpartition("/")
    kinds = [one.kind for one, _shown in adoptable_kinds()]
    found = list(Pack.objects.filter(slug=slug, kind__in=[kind] if kind else kinds).order_by("kind"))
    if len(found) > 1:
        raise ContentError("pack_ambiguous", name=name, known=", ".join(map(str, found)))
    if not found:
        raise ContentError("pack_unknown", pack=name)
    if found[0].kind not in kinds:
        raise ContentError("pack_not_adopted", pack=name, known=", ".join(kinds))
    return found[0]


def version_of(pack: Pack, number: int | None = None) -> PackVersion:
    """The version with this number, or the last published one."""
    versions = pack.versions.select_related("pack").order_by("-version")
    version = (versions if number is None else versions.filter(version=number)).first()
    if version is None:
        raise ContentError("version_unknown", pack=str(pack), version=number or 1)
    return version


def published(name: str, number: int, *, owner_id: int | None = None) -> Mapping[str, Any] | None:
    """The read-only body of a version by the identity `kind/slug` of its pack: of the platform, or of this owner.

    None when there is no such version.
    """
    kind, _slash, slug = name.partition("/")
    mine = Q(pack__owner=None) | Q(pack__owner=owner_id) if owner_id else Q(pack__owner=None)
    rows = PackVersion.objects.filter(mine, pack__kind=kind, pack__slug=slug, version=number)
    found = rows.values_list("pk", "sha256").first()
    return _body(*found) if found else None


def adopted(municipality_id: int, kind: str) -> list[Adopted]:
    """The packs of a kind in use, by slug. Needs the scope of the municipality."""
    in_use = _in_use(municipality_id).filter(pack__kind=kind).order_by("pack__slug")
    return [as_adopted(adoption) for adoption in in_use]


def in_use(municipality_id: int) -> list[Adopted]:
    """Every pack in use, by kind and slug. One query. Needs the scope of the municipality."""
    return [as_adopted(adoption) for adoption in _in_use(municipality_id).order_by("pack__kind", "pack__slug")]


def newest(municipality_id: int, kinds: Iterable[str]) -> list[PackVersion]:
    """The last version of each pack of these kinds that this municipality may adopt, by slug. One query."""
    last = PackVersion.objects.filter(pack=OuterRef("pack")).order_by("-version").values("version")[:1]
    mine = Q(pack__owner=None) | Q(pack__owner=municipality_id)
    found = PackVersion.objects.filter(mine, pack__kind__in=list(kinds), version=Subquery(last))
    return list(found.select_related("pack").defer("body").order_by("pack__slug"))


def bodies_in_use(municipality_id: int, kind: str) -> list[Mapping[str, Any]]:
    """The read-only bodies of the packs of a kind in use, by slug. One short query; the bodies are in memory."""
    in_use = Adoption.objects.filter(municipality_id=municipality_id, ended_at=None, pack__kind=kind)
    return [_body(*row) for row in in_use.order_by("pack__slug").values_list("version_id", "version__sha256")]


def as_adopted(adoption: Adoption) -> Adopted:
    pack, version = adoption.pack, adoption.version
    return Adopted(
        municipality_id=adoption.municipality_id,
        pack_id=pack.pk,
        version_id=version.pk,
        kind=pack.kind,
        slug=pack.slug,
        title=pack.title,
        official=pack.official,
        version=version.version,
        sha256=version.sha256,
        follows_updates=adoption.follows_updates,
    )


def _in_use(municipality_id: int) -> QuerySet[Adoption]:
    adoptions = Adoption.objects.filter(municipality_id=municipality_id, ended_at=None)
    return adoptions.select_related("pack", "version").defer("version__body")


def updates(municipality_id: int, on_date: date) -> QuerySet[PackVersion]:
    """The newest versions in force on a date of the packs this municipality follows, where it is behind them."""
    newest = PackVersion.objects.filter(pack=OuterRef("pack"), valid_from__lte=on_date).order_by("-version")
    following = Adoption.objects.filter(municipality_id=municipality_id, ended_at=None, follows_updates=True)
    behind = following.annotate(number=Subquery(newest.values("version")[:1])).filter(number__gt=F("version__version"))
    ids = behind.annotate(newest_id=Subquery(newest.values("pk")[:1])).values("newest_id")
    return PackVersion.objects.filter(pk__in=ids).select_related("pack")


def body(version: Adopted | PackVersion) -> Mapping[str, Any]:
    """The read-only body of a version, kept in memory: versions never change."""
    version_id = version.version_id if isinstance(version, Adopted) else version.pk
    return _body(version_id, version.sha256)


@lru_cache(maxsize=64)
def _body(version_id: int, sha256: str) -> Mapping[str, Any]:
    return frozen(PackVersion.objects.only("body").get(pk=version_id, sha256=sha256).body)


def frozen(value: Any) -> Any:
    """The value with read-only blocks and lists, all the way down."""
    if isinstance(value, dict):
        return MappingProxyType({key: frozen(inner) for key, inner in value.items()})
    return tuple(frozen(inner) for inner in value) if isinstance(value, list) else value


def drafts(municipality_id: int) -> QuerySet[Draft]:
    """What is being edited, the last saved first."""
    return Draft.objects.filter(municipality_id=municipality_id).select_related("updated_by").order_by("-updated_at")
