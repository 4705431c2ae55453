"""The answers as the acta of their meeting tells them: a point for each area, with dissent apart."""

from cabildo.accounts.models import User
from cabildo.instruments.models import Assessment
from cabildo.meetings.actions.minutes import draft_minute
from cabildo.meetings.actions.planning import OPEN
from cabildo.meetings.models import Meeting
from cabildo.quality.queries.acta import told


def write_answers(meeting: Meeting, assessment: Assessment, *, by: User) -> int:
    """Put the agreed answers of each area under its point; how many points were written.

    What a person wrote is not touched, nor an acta that is closed: it asks for a corrected version.
    """
    if meeting.state not in OPEN:
        return 0
    points = list(told(meeting, assessment))
    return sum(draft_minute(one.item, text=one.text, dissent=one.dissent, by=by) for one in points)
