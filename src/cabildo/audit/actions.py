"""How is a fact put on record, and how are the committed ones chained?"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from cabildo.audit import hooks, queries, rules
from cabildo.audit.models import INSTALLATION, ActorKind, Entry, Seal


@dataclass(frozen=True)
class Actor:
    """Who acts when it is no user: the system, a citizen by a link, an external client."""

    kind: str
    pk: str = ""


SYSTEM = Actor(ActorKind.SYSTEM)
_gathered: ContextVar[list[Entry] | None] = ContextVar("gathered", default=None)


def entry(
    action: str,
    *,
    by: Model | Actor | None,
    on: Model | None = None,
    municipality_id: int | None = None,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> Entry:
    """An entry not written yet; `data` holds ids, field names and codes only.

    `action` reads noun.past_participle. The municipality is the subject's unless given.
    """
    actor = as_actor(by)
    return Entry(
        municipality_id=_municipality_of(on) if municipality_id is None else municipality_id,
        at=timezone.now(),
        actor_kind=actor.kind,
        actor_id=actor.pk,
        action=action,
        subject_type="" if on is None else on._meta.label_lower,
        subject_id="" if on is None else str(on.pk),
        reason=reason,
        data=dict(data or {}),
    )


def record(action: str, **facts: Any) -> None:
    """Insert one entry, made of the facts that `entry` takes, in the caller's transaction; `hooks` tells who asked."""
    record_together([entry(action, **facts)])
    hooks.recorded(action, facts.get("on"), facts.get("by"))


def record_together(entries: Iterable[Entry]) -> None:
    """Insert several entries at once, in their order, in the caller's transaction."""
    gathered = _gathered.get()
    if gathered is None:
        Entry.objects.bulk_create(entries)
    else:
        gathered.extend(entries)


@contextmanager
def gathering() -> Iterator[None]:
    """What is recorded inside is inserted at its end, in one statement; nothing when it fails.

    For one transaction: what a savepoint inside undoes must be recorded after it, not in it.
    """
    entries: list[Entry] = []
    token = _gathered.set(entries)
    try:
        yield
    finally:
        _gathered.reset(token)
    record_together(entries)


def record_reads(
    subjects: Iterable[tuple[str, str]], *, by: Model | Actor | None, municipality_id: int, purpose: str
) -> None:
    """Insert, at once, one entry for every person whose data was shown.

    `subjects` are (type, id) pairs; `purpose` is a short code such as the view's name.
    """
    actor, now = as_actor(by), timezone.now()
    Entry.objects.bulk_create(
        Entry(
            municipality_id=municipality_id,
            at=now,
            actor_kind=actor.kind,
            actor_id=actor.pk,
            action="personal_data.read",
            subject_type=subject_type,
            subject_id=subject_id,
            reason=purpose[:60],
        )
        for subject_type, subject_id in dict.fromkeys(subjects)
    )


def seal_pending(limit: int = 1000) -> int:
    """Chain the committed entries that have no seal yet; how many were sealed.

    May run twice at once: the unique sequence refuses the second writer, who tries later.
    """
    try:
        with transaction.atomic():
            return _seal(list(queries.pending(limit)))
    except IntegrityError:
        return 0


def _seal(entries: list[Entry]) -> int:
    ends: dict[int, tuple[int, str]] = {}
    seals = []
    for entry in entries:
        sequence, previous = ends.get(entry.municipality_id) or _end(entry.municipality_id)
        digest = rules.link(previous, queries.facts(entry))
        ends[entry.municipality_id] = (sequence + 1, digest)
        seals.append(
            Seal(
                municipality_id=entry.municipality_id,
                sequence=sequence + 1,
                entry_id=entry.pk,
                hash=digest,
                sealed_at=timezone.now(),
            )
        )
    Seal.objects.bulk_create(seals)
    return len(seals)


def _end(municipality_id: int) -> tuple[int, str]:
    seal = queries.last_seal(municipality_id)
    return (seal.sequence, seal.hash) if seal else (0, rules.GENESIS)


def as_actor(by: Model | Actor | None) -> Actor:
    if isinstance(by, Actor):
        return by
    if by is None or by.pk is None:
        return Actor(ActorKind.CITIZEN)
    return Actor(ActorKind.USER, str(by.pk))


def _municipality_of(subject: Model | None) -> int:
    return getattr(subject, "municipality_id", None) or INSTALLATION
