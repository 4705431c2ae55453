"""A person's deadlines as an iCalendar feed (RFC 5545), read from the duties register."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.fields import blind
from cabildo.tickets.models import CalendarFeed
from cabildo.workflow import duties
from cabildo.workflow.duties import Duty

MOST = 500
PURPOSE = "tickets.feed"
ONE_DAY = timedelta(days=1)


def feed_of(user: User) -> CalendarFeed | None:
    """The feed in use of this person, if any."""
    return CalendarFeed.objects.filter(user=user, revoked_at=None).order_by("-pk").first()


def reader_of(token: str) -> User | None:
    """Whose deadlines a secret address shows; None when it is unknown, revoked or of an account that was closed."""
    found = CalendarFeed.objects.filter(token_index=blind(PURPOSE, token), revoked_at=None, user__is_active=True)
    feed = found.select_related("user").first()
    return feed.user if feed else None


@transaction.atomic
def open_feed(*, by: User) -> str:
    """The secret of a new address; the one before stops working. It is shown once and kept only as an index."""
    revoke(by=by)
    token = secrets.token_urlsafe(24)
    feed = CalendarFeed.objects.create(
        municipality=current_municipality(), user=by, token_index=blind(PURPOSE, token), created_at=timezone.now()
    )
    audit.record("calendar_feed.opened", on=feed, by=by)
    return token


@transaction.atomic
def revoke(*, by: User) -> None:
    """From now on the address answers nothing."""
    for feed in CalendarFeed.objects.filter(user=by, revoked_at=None):
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit.record("calendar_feed.revoked", on=feed, by=by)


def calendar_of(user: User, *, now: datetime, host: str) -> bytes:
    """What this person owes, with a date: a day event each, for telephones, and a task each, for desks."""
    owed = [duty for duty in duties.of(user, timezone.localdate(now), MOST) if duty.due_on]
    municipality = current_municipality()
    return _drawn(owed, now, f"{municipality.slug}.{host}", municipality.name)


def _drawn(owed: Iterable[Duty], now: datetime, place: str, municipality: str) -> bytes:
    from icalendar import Calendar

    drawn = Calendar()
    drawn.add("prodid", "-//Cabildo//Plazos//ES")
    drawn.add("version", "2.0")
    drawn.add("x-wr-calname", _("Plazos de %s") % municipality)
    drawn.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for duty in owed:
        drawn.add_component(_event(duty, now, place))
        drawn.add_component(_task(duty, now, place))
    return bytes(drawn.to_ical())


def _event(duty: Duty, now: datetime, place: str) -> Any:
    from icalendar import Event

    event = _told(Event(), duty, now, f"{duty.folio}-plazo@{place}")
    event.add("dtstart", duty.due_on)
    event.add("dtend", duty.due_on + ONE_DAY if duty.due_on else None)
    event.add("transp", "TRANSPARENT")
    return event


def _task(duty: Duty, now: datetime, place: str) -> Any:
    from icalendar import Todo

    task = _told(Todo(), duty, now, f"{duty.folio}@{place}")
    task.add("due", duty.due_on)
    task.add("status", "NEEDS-ACTION")
    return task


def _told(component: Any, duty: Duty, now: datetime, uid: str) -> Any:
    """The folio and the next step; never who asked nor what they wrote."""
    component.add("uid", uid.replace(" ", "-"))
    component.add("dtstamp", now)
    component.add("summary", f"{duty.action}: {duty.folio}, {duty.what}")
    component.add("description", duty.department)
    return component
