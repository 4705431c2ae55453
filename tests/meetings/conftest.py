"""A committee created by decree: Ana chairs it, Sonia keeps its minutes, Diego and a neighbour belong to it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cabildo.accounts.models import User
from cabildo.meetings.actions import bodies, holding, minutes, planning
from cabildo.meetings.actions.bodies import Act, Who
from cabildo.meetings.models import Acta, Body, Meeting
from conftest import make_member

DECREE = Act("decree", "1234", date(2026, 1, 5))
TEN = datetime(2026, 11, 3, 13, 0, tzinfo=UTC)  # ten in the morning in Santiago
HOUR = timedelta(hours=1)
DAY = date(2026, 11, 3)


@pytest.fixture
def sonia(puerto_claro) -> User:
    return make_member("Sonia Tapia", puerto_claro, "municipal_secretary")


@pytest.fixture
def committee(alcaldesa, sonia, diego) -> Body:
    """Four with voice, more than half of them to meet."""
    body = bodies.create_body(name="Comité de Emergencias", kind="committee", act=DECREE, by=alcaldesa)
    since = {"starts_on": DECREE.on, "by": alcaldesa, "act": DECREE}
    bodies.appoint(body, Who(user=alcaldesa, sector="municipal", sex="female"), role="chair", **since)
    bodies.appoint(body, Who(user=sonia, sector="municipal"), role="secretary", **since)
    bodies.appoint(body, Who(user=diego, sector="municipal", sex="male"), **since)
    rosa = Who(name="Rosa Pérez", organisation="Junta de vecinos 4", email="rosa@ejemplo.cl", sector="community")
    bodies.appoint(body, rosa, **since)
    return body


@pytest.fixture
def meeting(committee, sonia) -> Meeting:
    """An ordinary session with two points."""
    return planning.plan_meeting(
        title="Sesión de noviembre",
        kind="ordinary",
        starts_at=TEN,
        ends_at=TEN + HOUR,
        place="Salón municipal",
        body=committee,
        agenda=[planning.Point("Plan de invierno", 30, "Diego Soto"), planning.Point("Varios", 20)],
        by=sonia,
    )


def mark(meeting: Meeting, by: User, *, absent: tuple[str, ...] = ()) -> None:
    """Everybody came but the named."""
    marks = {
        person.pk: holding.Noted("absent" if person.full_name in absent else "came")
        for person in meeting.attendances.select_related("user", "requester")
    }
    holding.take_attendance(meeting, marks, by=by)


@pytest.fixture
def held(meeting, sonia) -> Meeting:
    """Held, everybody present but Diego, quorum declared and both points written."""
    ends = TEN + HOUR + timedelta(minutes=15)
    holding.note_times(meeting, started_at=TEN, ended_at=ends, now=ends, by=sonia)
    mark(meeting, sonia, absent=("Diego Soto",))
    holding.state_quorum(meeting, note="", at=ends, by=sonia)
    for item in meeting.items.all():
        minutes.write_minute(item, {"text": f"Se trató {item.title}."}, base=0, by=sonia)
    meeting.refresh_from_db()
    return meeting


@pytest.fixture
def acta(held, sonia) -> Acta:
    return minutes.close_minutes(held, at=TEN + 2 * HOUR, by=sonia)
