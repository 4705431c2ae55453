"""The step of a meeting from one state to another, by the one machine."""

from cabildo.db.locking import lock_rows
from cabildo.meetings.choices import State
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Meeting
from cabildo.meetings.rules.states import MACHINE
from cabildo.workflow.rules.errors import WorkflowError


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it is stored now, locked to the end of the transaction."""
    fresh: Meeting = lock_rows(Meeting.objects.select_related("body").filter(pk=meeting.pk)).get()
    return fresh


def next_state(meeting: Meeting, step: str, *, reason: str = "") -> str:
    """Where a step leads; MeetingsError not_in_state or reason_missing when it does not."""
    try:
        return MACHINE.apply(step, meeting.state, reason=reason)
    except WorkflowError as refusal:
        code = "reason_missing" if refusal.code == "reason_required" else "not_in_state"
        raise MeetingsError(code, state=State(meeting.state).label) from refusal


def must_be(meeting: Meeting, *states: str) -> None:
    """MeetingsError not_in_state unless the meeting is in one of them."""
    if meeting.state not in states:
        raise MeetingsError("not_in_state", state=State(meeting.state).label)
