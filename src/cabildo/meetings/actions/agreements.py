"""How does a meeting agree on something, and how is it done?"""

from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.db.locking import lock_rows
from cabildo.meetings.actions.planning import OPEN
from cabildo.meetings.actions.steps import locked, must_be
from cabildo.meetings.choices import AgreementState
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import AgendaItem, Agreement, Meeting
from cabildo.meetings.queries.sessions import day_of, next_agreement


@transaction.atomic
def agree(
    meeting: Meeting,
    *,
    what: str,
    due_on: date,
    by: User,
    user: User | None = None,
    department: Department | None = None,
    outsider: str = "",
    item: AgendaItem | None = None,
) -> Agreement:
    """Note what is to be done, by whom and by when. MeetingsError no_responsible or due_before_meeting."""
    meeting = locked(meeting)
    must_be(meeting, *OPEN)
    if not (user or department or outsider.strip()):
        raise MeetingsError("no_responsible")
    if due_on < day_of(meeting):
        raise MeetingsError("due_before_meeting")
    agreement: Agreement = Agreement.objects.create(
        municipality=meeting.municipality,
        meeting=meeting,
        item=item,
        number=next_agreement(meeting),
        what=what,
        user=user,
        department=department,
        outsider=outsider.strip(),
        due_on=due_on,
    )
    audit.record("agreement.made", on=agreement, by=by, data={"meeting": meeting.pk, "due_on": due_on.isoformat()})
    return agreement


@transaction.atomic
def drop_agreement(agreement: Agreement, *, reason: str, by: User) -> Agreement:
    """It is no longer to be done; the reason stays with it."""
    if not reason.strip():
        raise MeetingsError("reason_missing")
    return _settle(agreement, AgreementState.DROPPED, by=by, evidence=reason.strip())


@transaction.atomic
def complete_agreement(agreement: Agreement, *, done_on: date, evidence: str, today: date, by: User) -> Agreement:
    """It was done, on a day from the meeting to today, and the evidence says where that shows."""
    if not evidence.strip():
        raise MeetingsError("evidence_missing")
    if done_on > today:
        raise MeetingsError("done_in_future")
    if done_on < day_of(agreement.meeting):
        raise MeetingsError("done_before_meeting")
    return _settle(agreement, AgreementState.DONE, by=by, done_on=done_on, evidence=evidence.strip())


def _settle(agreement: Agreement, state: str, *, by: User, **facts: Any) -> Agreement:
    fresh: Agreement = lock_rows(Agreement.objects.select_related("meeting").filter(pk=agreement.pk)).get()
    if fresh.state != AgreementState.OPEN:
        raise MeetingsError("agreement_not_open")
    fresh.state, fresh.settled_by = state, by
    for name, value in facts.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=["state", "settled_by", *facts])
    audit.record(f"agreement.{state}", on=fresh, by=by)
    return fresh
