"""Verbs of packs: publish, adopt, follow updates, clone, save and publish drafts."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.content import queries, validation
from cabildo.content.errors import ContentError, PackError
from cabildo.content.kinds import Find
from cabildo.content.models import Adoption, Draft, Pack, PackVersion

type By = User | audit.Actor


@dataclass(frozen=True, slots=True)
class Published:
    """`created`: a pack never seen; `updated`: a new version; `unchanged`: the same version with the same content."""

    version: PackVersion
    outcome: Literal["created", "updated", "unchanged"]


@transaction.atomic
def publish(*, body: Mapping[str, Any], by: By, owner: Municipality | None = None) -> Published:
    """Publish a version that can never change; refuses one already published with other content.

    Raises ContentError: pack_invalid, pack_of_another, version_changed, version_older.
    """
    body = validation.checked(body, _in_reach_of(owner))
    pack, created = _pack_for(body["pack"], owner)
    number, sha256 = body["pack"]["version"], validation.digest(body)
    known = pack.versions.filter(version=number).first()
    if known is not None:
        return _same_version(known, sha256)
    _refuse_older(pack, number)
    version = pack.versions.create(
        version=number, sha256=sha256, body=body, valid_from=date.fromisoformat(body["pack"]["valid_from"])
    )
    Pack.objects.filter(pk=pack.pk).update(**_facts(body["pack"]))
    audit.record("pack_version.published", on=version, by=by, data={"pack": str(pack), "version": number})
    return Published(version, "created" if created else "updated")


def _in_reach_of(owner: Municipality | None) -> Find:
    """The packs that one of this owner may name: the platform's and its own."""
    return partial(queries.published, owner_id=owner.pk if owner else None)


def _pack_for(header: Mapping[str, Any], owner: Municipality | None) -> tuple[Pack, bool]:
    """The locked pack of this header."""
    kind, slug = header["id"].split("/")
    pack, created = Pack.objects.select_for_update().get_or_create(
        kind=kind, slug=slug, defaults={"owner": owner, **_facts(header)}
    )
    if pack.owner_id != (owner.pk if owner else None):
        raise ContentError("pack_of_another", pack=str(pack))
    return pack, created


def _facts(header: Mapping[str, Any]) -> dict[str, Any]:
    """What each version may change of its pack."""
    return {name: header[name] for name in ("title", "publisher", "licence", "official")}


def _same_version(known: PackVersion, sha256: str) -> Published:
    if known.sha256 != sha256:
        raise ContentError("version_changed", pack=str(known.pack), version=known.version)
    return Published(known, "unchanged")


def _refuse_older(pack: Pack, number: int) -> None:
    last = pack.versions.order_by("-version").values_list("version", flat=True).first() or 0
    if number < last:
        raise ContentError("version_older", pack=str(pack), last=last, next=last + 1)


@transaction.atomic
def adopt(*, municipality: Municipality, version: PackVersion, follows_updates: bool, by: By) -> Adoption:
    """Put a version into use; of an exclusive kind, what was in use until now ends."""
    if version.pack.owner_id not in (None, municipality.pk):
        raise ContentError("pack_unknown", pack=str(version.pack))
    with in_municipality(municipality):
        Municipality.objects.select_for_update().get(pk=municipality.pk)
        _end_others(municipality, version.pack, by)
        adoption, _created = Adoption.objects.update_or_create(
            municipality=municipality,
            pack=version.pack,
            ended_at=None,
            defaults={"version": version, "follows_updates": follows_updates},
        )
        _take_into_use(adoption)
        audit.record("pack.adopted", on=adoption, by=by, data={"pack": str(version.pack), "version": version.version})
    return adoption


@transaction.atomic
def leave(*, municipality: Municipality, pack: Pack, by: By) -> None:
    """Stop using a pack; what began with one of its versions goes on with it.

    Raises ContentError: pack_needed (of an exclusive kind another is adopted instead), pack_not_in_use.
    """
    if queries.kind_named(pack.kind).exclusive:
        raise ContentError("pack_needed")
    with in_municipality(municipality):
        used = Adoption.objects.select_for_update().filter(municipality=municipality, pack=pack, ended_at=None)
        adoption = used.first()
        if adoption is None:
            raise ContentError("pack_not_in_use", pack=str(pack))
        _end(adoption, pack, by)


def _end_others(municipality: Municipality, pack: Pack, by: By) -> None:
    if not queries.kind_named(pack.kind).exclusive:
        return
    others = Adoption.objects.filter(municipality=municipality, pack__kind=pack.kind, ended_at=None).exclude(pack=pack)
    for other in others.select_related("pack"):
        _end(other, other.pack, by)


def _end(adoption: Adoption, pack: Pack, by: By) -> None:
    adoption.ended_at = timezone.now()
    adoption.save(update_fields=["ended_at"])
    audit.record("pack.abandoned", on=adoption, by=by, data={"pack": str(pack)})


def _take_into_use(adoption: Adoption) -> None:
    kind = queries.kind_named(adoption.pack.kind)
    if kind.adopted is not None:
        kind.adopted(queries.as_adopted(adoption), queries.body(adoption.version))


def follow_updates(*, on_date: date, by: By) -> int:
    """Move the adoptions that follow updates to the newest version in force; how many moved. May run twice."""
    return sum(_follow_in(municipality, on_date, by) for municipality in Municipality.objects.order_by("pk"))


@transaction.atomic
def _follow_in(municipality: Municipality, on_date: date, by: By) -> int:
    with in_municipality(municipality):
        versions = list(queries.updates(municipality.pk, on_date))
        for version in versions:
            adopt(municipality=municipality, version=version, follows_updates=True, by=by)
    return len(versions)


@transaction.atomic
def clone(*, version: PackVersion, municipality: Municipality, slug: str, title: str, by: User) -> Draft:
    """Open a draft with the content of a version under the municipality's own name, free to edit."""
    kind = version.pack.kind
    owner = Pack.objects.filter(kind=kind, slug=slug).values_list("owner_id", flat=True)
    if any(owner_id != municipality.pk for owner_id in owner):
        raise ContentError("pack_of_another", pack=f"{kind}/{slug}")
    body = deepcopy(version.body)
    body["pack"] |= {
        "id": f"{kind}/{slug}",
        "title": title,
        "publisher": municipality.name,
        "official": False,
        "source": str(version),
        "version": _next_version(kind, slug),
    }
    return start_draft(municipality=municipality, body=body, based_on=version, by=by)


def _next_version(kind: str, slug: str) -> int:
    last = PackVersion.objects.filter(pack__kind=kind, pack__slug=slug).order_by("-version").first()
    return last.version + 1 if last else 1


@transaction.atomic
def start_draft(
    *, municipality: Municipality, body: Mapping[str, Any], by: User, based_on: PackVersion | None = None
) -> Draft:
    """Open a draft; one that was open under the same name is kept and returned as it stands."""
    kind, slug = body["pack"]["id"].split("/")
    queries.kind_named(kind)
    with in_municipality(municipality):
        draft, created = Draft.objects.get_or_create(
            municipality=municipality,
            kind=kind,
            slug=slug,
            defaults={"body": body, "based_on": based_on, "updated_by": by},
        )
    if created:
        audit.record("pack_draft.opened", on=draft, by=by, data={"pack": str(draft)})
    return draft


@transaction.atomic
def save_draft(*, draft: Draft, body: Mapping[str, Any], revision: int, by: User) -> tuple[PackError, ...]:
    """Keep what was written, right or wrong, and say what is wrong. Refuses a revision that is not the last."""
    with in_municipality(draft.municipality):
        current = Draft.objects.select_for_update().get(pk=draft.pk)
        if current.revision != revision:
            raise ContentError("draft_changed")
        current.body, current.revision, current.updated_by = dict(body), revision + 1, by
        current.save(update_fields=["body", "revision", "updated_by", "updated_at"])
    draft.body, draft.revision = current.body, current.revision
    audit.record("pack_draft.saved", on=draft, by=by, data={"revision": draft.revision})
    _whole, problems = validation.validate(body, _in_reach_of(draft.municipality))
    return validation.draft_errors(str(draft), problems)


@transaction.atomic
def publish_draft(*, draft: Draft, by: User) -> Published:
    """Publish a draft as the next version of the municipality's own pack, close it and use it where it was in use."""
    body = deepcopy(draft.body)
    if isinstance(body.get("pack"), dict):
        body["pack"] |= {"id": str(draft), "kind": draft.kind, "version": _next_version(draft.kind, draft.slug)}
    published = publish(body=body, by=by, owner=draft.municipality)
    with in_municipality(draft.municipality):
        draft.delete()
    _follow_in(draft.municipality, timezone.localdate(), by)
    return published
