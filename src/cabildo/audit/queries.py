"""Is the record whole? Walks the chain of a municipality and names what does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from cabildo.audit import rules
from cabildo.audit.models import Entry, Seal

UNSEALED_LIMIT = timedelta(minutes=10)
# Entries commit out of order, so the sealer looks back this many ids for late ones.
LOOK_BACK = 10_000


@dataclass(frozen=True)
class Finding:
    """Something wrong: `code` is changed, removed, tail_removed or unsealed."""

    code: str
    sequence: int | None
    entry_id: int | None


@dataclass(frozen=True)
class Checkpoint:
    """The chain's end at an instant, to be kept outside the database."""

    municipality_id: int
    sequence: int
    hash: str
    at: str


def facts(entry: Entry) -> dict[str, Any]:
    """All stored fields of an entry in a form that is the same on both databases."""
    return {
        "id": entry.pk,
        "municipality": entry.municipality_id,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": [entry.actor_kind, entry.actor_id],
        "action": entry.action,
        "subject": [entry.subject_type, entry.subject_id],
        "reason": entry.reason,
        "data": entry.data,
    }


def pending(limit: int = 1000) -> QuerySet[Entry]:
    """Committed entries without a seal, oldest first."""
    sealed_until = Seal.objects.aggregate(last=Max("entry_id"))["last"] or 0
    seal = Seal.objects.filter(entry_id=OuterRef("pk"))
    return Entry.objects.filter(~Exists(seal), pk__gt=sealed_until - LOOK_BACK).order_by("pk")[:limit]


def last_seal(municipality_id: int) -> Seal | None:
    return Seal.objects.filter(municipality_id=municipality_id).order_by("-sequence").first()


def checkpoint(municipality_id: int, now: datetime) -> Checkpoint:
    """The present end of the chain; sequence 0 when nothing is sealed yet."""
    seal = last_seal(municipality_id)
    at = now.astimezone(UTC).isoformat()
    if seal is None:
        return Checkpoint(municipality_id, 0, rules.GENESIS, at)
    return Checkpoint(municipality_id, seal.sequence, seal.hash, at)


def findings(municipality_id: int, now: datetime, kept: Checkpoint | None = None) -> Iterator[Finding]:
    """Every place where the chain breaks: changed or removed rows, a removed tail, late entries."""
    yield from _broken_links(municipality_id)
    yield from _removed_tail(municipality_id, kept)
    seal = Seal.objects.filter(entry_id=OuterRef("pk"))
    late = Entry.objects.filter(~Exists(seal), municipality_id=municipality_id, at__lt=now - UNSEALED_LIMIT)
    for pk in late.values_list("pk", flat=True):
        yield Finding("unsealed", None, pk)


def _broken_links(municipality_id: int) -> Iterator[Finding]:
    previous, expected = rules.GENESIS, 1
    seals = Seal.objects.filter(municipality_id=municipality_id).order_by("sequence")
    for batch in _batches(seals):
        entries = Entry.objects.in_bulk([seal.entry_id for seal in batch])
        for seal in batch:
            if seal.sequence != expected:
                yield Finding("removed", expected, None)
            entry = entries.get(seal.entry_id)
            if entry is None:
                yield Finding("removed", seal.sequence, seal.entry_id)
            elif rules.link(previous, facts(entry)) != seal.hash and seal.sequence == expected:
                yield Finding("changed", seal.sequence, seal.entry_id)
            previous, expected = seal.hash, seal.sequence + 1


def _batches(seals: QuerySet[Seal], size: int = 500) -> Iterator[list[Seal]]:
    start = 0
    while batch := list(seals.filter(sequence__gt=start)[:size]):
        yield batch
        start = batch[-1].sequence


def _removed_tail(municipality_id: int, kept: Checkpoint | None) -> Iterator[Finding]:
    if kept is None or kept.sequence == 0:
        return
    seal = Seal.objects.filter(municipality_id=municipality_id, sequence=kept.sequence).first()
    if seal is None:
        yield Finding("tail_removed", kept.sequence, None)
    elif seal.hash != kept.hash:
        yield Finding("changed", kept.sequence, seal.entry_id)
