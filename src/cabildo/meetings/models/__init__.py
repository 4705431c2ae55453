from cabildo.meetings.models.agreement import Agreement
from cabildo.meetings.models.body import Body, Member, Person
from cabildo.meetings.models.meeting import AgendaItem, Attendance, Call, Meeting
from cabildo.meetings.models.minutes import Acta, Minute, Signature

__all__ = [
    "Acta",
    "AgendaItem",
    "Agreement",
    "Attendance",
    "Body",
    "Call",
    "Meeting",
    "Member",
    "Minute",
    "Person",
    "Signature",
]
