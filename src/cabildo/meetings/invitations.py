"""The appointment of a meeting as iCalendar (RFC 5545), behind a signed address that goes with the call."""

from datetime import datetime
from typing import Any

from django.core import signing

from cabildo.accounts.links import absolute
from cabildo.accounts.scoping import current_municipality
from cabildo.meetings.choices import State
from cabildo.meetings.models import Meeting

SALT = "meetings.invitation"


def token_of(meeting: Meeting) -> str:
    return signing.dumps({"m": meeting.pk, "t": meeting.municipality_id}, salt=SALT, compress=True)


def address_of(meeting: Meeting) -> str:
    return absolute("meeting_invitation", token_of(meeting))


def meeting_of(token: str) -> Meeting | None:
    """The meeting of an address; None when it was altered, or is of another municipality."""
    try:
        named = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    if named["t"] != current_municipality().pk:
        return None
    return Meeting.objects.filter(pk=named["m"]).select_related("body").first()


def calendar_of(meeting: Meeting, *, now: datetime) -> bytes:
    """One event: title, times, place and agenda; no persons. A cancelled meeting says so."""
    from icalendar import Calendar, Event

    event: Any = Event()
    event.add("uid", f"{meeting.folio}@{meeting.municipality.slug}")
    event.add("dtstamp", now)
    event.add("dtstart", meeting.planned_start_at)
    event.add("dtend", meeting.planned_end_at)
    event.add("summary", meeting.title)
    event.add("location", meeting.place or meeting.link)
    points = [f"{number}. {item.title}" for number, item in enumerate(meeting.items.all(), start=1)]
    event.add("description", "\n".join([*points, meeting.link]).strip())
    event.add("status", "CANCELLED" if meeting.state == State.CANCELLED else "CONFIRMED")
    drawn = Calendar()
    drawn.add("prodid", "-//Cabildo//Reuniones//ES")
    drawn.add("version", "2.0")
    drawn.add("method", "PUBLISH")
    drawn.add_component(event)
    return bytes(drawn.to_ical())
