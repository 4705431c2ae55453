"""How are minutes written, closed and corrected?"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from cabildo import audit, jobs
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.kit.revisions import conflicts
from cabildo.meetings.acta import content_of
from cabildo.meetings.actions.planning import OPEN
from cabildo.meetings.actions.steps import locked, must_be, next_state
from cabildo.meetings.choices import ActaState
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Acta, AgendaItem, Meeting, Minute
from cabildo.meetings.queries.sessions import gaps
from cabildo.meetings.queries.signing import acta_in_force, paper_of, unsealed_copy
from cabildo.meetings.rules.drafting import digest
from cabildo.meetings.wording import gap_words

WRITE_PAPER = "meetings.write_acta"
FIELDS = ("text", "dissent")


@transaction.atomic
def write_minute(item: AgendaItem, changes: Mapping[str, str], *, base: int, by: User) -> Minute:
    """Store `text`, `dissent` or both of a point, read at revision `base`.

    MeetingsError minute_conflict, naming the fields that somebody else changed meanwhile; nothing is stored then.
    """
    must_be(locked(item.meeting), *OPEN)
    minute = _stored(item)
    changed = {name: text for name, text in changes.items() if getattr(minute, name) != text}
    touched = {name: getattr(minute, f"{name}_revision") for name in FIELDS}
    if clashing := conflicts(touched, base, changed):
        words = [str(Minute._meta.get_field(name).verbose_name) for name in clashing]  # type: ignore[union-attr]
        raise MeetingsError("minute_conflict", fields=", ".join(words))
    return _keep(minute, changed, by=by) if changed else minute


@transaction.atomic
def draft_minute(item: AgendaItem, *, text: str, dissent: str, by: User) -> bool:
    """What the platform knows of a point, where nobody wrote or nobody changed what it wrote before; did it write?

    What a person wrote is never touched. MeetingsError not_in_state once the acta is closed.
    """
    must_be(locked(item.meeting), *OPEN)
    minute = _stored(item)
    if not (minute.is_blank or minute.is_as_drafted):
        return False
    said = {"text": text, "dissent": dissent}
    changed = {name: words for name, words in said.items() if getattr(minute, name) != words}
    if changed:
        minute.drafted = digest(text, dissent)
        _keep(minute, changed, by=by)
    return bool(changed)


def _stored(item: AgendaItem) -> Minute:
    Minute.objects.get_or_create(item=item, defaults={"municipality": item.municipality})
    stored: Minute = lock_rows(Minute.objects.filter(item=item)).get()
    return stored


def _keep(minute: Minute, changed: Mapping[str, str], *, by: User) -> Minute:
    minute.revision += 1
    for name, text in changed.items():
        setattr(minute, name, text)
        setattr(minute, f"{name}_revision", minute.revision)
    minute.changed_by, minute.changed_at = by, timezone.now()
    minute.save()
    audit.record("minute.written", on=minute, by=by, data={"fields": sorted(changed), "revision": minute.revision})
    return minute


@transaction.atomic
def close_minutes(meeting: Meeting, *, at: datetime, by: User) -> Acta:
    """Freeze the minutes as a version of the acta; its PDF is made after commit.

    MeetingsError not_in_state, or not_ready with everything that is missing.
    """
    meeting = locked(meeting)
    state = next_state(meeting, "close_minutes")
    missing = gaps(meeting)
    if missing:
        raise MeetingsError("not_ready", gaps="; ".join(gap_words(gap) for gap in missing))
    version = meeting.actas.count() + 1
    acta = Acta.objects.create(
        municipality=meeting.municipality,
        meeting=meeting,
        version=version,
        correction=meeting.reason if version > 1 else "",
        content=content_of(meeting),
        closed_by=by,
        closed_at=at,
    )
    meeting.state = state
    meeting.save(update_fields=["state"])
    audit.record("acta.closed", on=acta, by=by, data={"meeting": meeting.pk, "version": version})
    jobs.enqueue(WRITE_PAPER, municipality=meeting.municipality_id, by=by, acta=acta.pk)
    return acta


@transaction.atomic
def reopen(meeting: Meeting, *, reason: str, by: User) -> Meeting:
    """Correct a closed acta: the minutes open again and the next closing is a new version (rectificación).

    The version before stays as it is, and its verification page says that it is no longer in force.
    """
    meeting = locked(meeting)
    state = next_state(meeting, "reopen", reason=reason)
    acta = acta_in_force(meeting)
    if acta is None:
        raise MeetingsError("no_acta")
    acta.state = ActaState.SUPERSEDED
    acta.save(update_fields=["state"])
    for paper in (paper_of(acta), unsealed_copy(acta)):
        if paper is not None:
            documents.annul(paper, by=by, reason="superseded")
    meeting.state, meeting.reason = state, reason.strip()
    meeting.save(update_fields=["state", "reason"])
    audit.record("acta.reopened", on=acta, by=by, data={"meeting": meeting.pk})
    return meeting
