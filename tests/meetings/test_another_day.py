"""A meeting that is begun, or was held, on another day than the one it was planned for."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.meetings.conftest import HOUR, TEN, mark

from cabildo.audit.models import Entry
from cabildo.meetings.actions import agreements, holding, minutes, planning
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.models import Meeting
from cabildo.ui.spanish import long_date

DESK = "/m/puerto-claro/mesa/reuniones/"
DAY_LATER = timedelta(days=1)


@pytest.fixture
def coming(committee, sonia) -> Meeting:
    """Planned for eight days from now, with nobody called and no agenda."""
    starts = timezone.now() + timedelta(days=8)
    return planning.plan_meeting(
        title="Por venir",
        kind="ordinary",
        starts_at=starts,
        ends_at=starts + HOUR,
        place="Sede",
        body=committee,
        by=sonia,
    )


def page_of(answer) -> str:
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_begun_on_another_day_it_asks_first_and_says_what_is_missing(as_user, sonia, coming) -> None:
    desk, today = as_user(sonia), timezone.localdate()

    asked = page_of(desk.post(f"{DESK}{coming.pk}/comenzar/"))

    coming.refresh_from_db()
    assert coming.started_at is None
    assert f"Está planificada para el {long_date(coming.planned_start_at)}, a las" in asked
    assert f"¿Comenzarla hoy, {long_date(today)}?" in asked
    assert "La tabla no tiene puntos." in asked
    assert "No se ha convocado a nadie desde aquí." in asked


def test_whoever_says_yes_begins_it_today(as_user, sonia, coming) -> None:
    desk, today = as_user(sonia), timezone.localdate()

    desk.post(f"{DESK}{coming.pk}/comenzar/", {"on": (today - DAY_LATER).isoformat()})
    coming.refresh_from_db()
    assert coming.started_at is None

    desk.post(f"{DESK}{coming.pk}/comenzar/", {"on": today.isoformat()})
    coming.refresh_from_db()
    assert timezone.localdate(coming.started_at) == today


def test_on_its_day_one_press_begins_it_and_on_another_the_record_leads_to_the_question(as_user, sonia, coming) -> None:
    desk, address = as_user(sonia), f"{DESK}{coming.pk}/"
    assert f'href="{address}comenzar/"' in page_of(desk.get(address))

    now = timezone.now()
    Meeting.objects.update(planned_start_at=now, planned_end_at=now + HOUR)

    assert f'action="{address}comenzar/"' in page_of(desk.get(address))
    assert desk.get(f"{address}comenzar/")["Location"] == address
    desk.post(f"{address}comenzar/")
    coming.refresh_from_db()
    assert coming.started_at is not None


def test_the_record_and_the_list_say_when_it_was_held(as_user, sonia, meeting) -> None:
    desk, later = as_user(sonia), TEN + DAY_LATER
    holding.note_times(meeting, started_at=later, ended_at=later + HOUR, now=later + HOUR, by=sonia)

    shown = page_of(desk.get(f"{DESK}{meeting.pk}/"))

    assert "Planificada para el" in shown
    assert "martes 3 de noviembre de 2026, 10:00 a 11:00" in shown
    assert "Se hizo el" in shown
    assert "miércoles 4 de noviembre de 2026, 10:00 a 11:00" in shown
    assert "Agregar a mi calendario" not in shown
    assert "se hizo el 4 nov 2026" in page_of(desk.get(DESK))


def test_held_as_it_was_planned_there_is_one_date(as_user, sonia, meeting) -> None:
    holding.note_times(meeting, started_at=TEN, ended_at=TEN + HOUR, now=TEN + HOUR, by=sonia)

    shown = page_of(as_user(sonia).get(f"{DESK}{meeting.pk}/"))

    assert "Cuándo" in shown
    assert "Planificada para el" not in shown


def test_when_it_was_held_is_noted_again_until_the_acta_is_closed(as_user, sonia, held) -> None:
    desk, address = as_user(sonia), f"{DESK}{held.pk}/"
    assert f'href="{address}horas/"' in page_of(desk.get(address))

    desk.post(f"{address}horas/", {"on": "2026-11-03", "starts": "09:30", "ends": "10:40"})
    held.refresh_from_db()
    assert (held.started_at, held.ended_at) == (TEN - HOUR / 2, TEN + timedelta(minutes=40))
    assert Entry.objects.filter(action="meeting.times_corrected").count() == 1

    minutes.close_minutes(held, at=TEN + 2 * HOUR, by=sonia)
    assert f'href="{address}horas/"' not in page_of(desk.get(address))
    refused = desk.post(f"{address}horas/", {"on": "2026-11-03", "starts": "08:00", "ends": "09:00"})
    assert "ese paso no se puede dar" in page_of(refused)


def test_what_is_noted_again_starts_from_what_was_noted(as_user, sonia, held) -> None:
    form = as_user(sonia).get(f"{DESK}{held.pk}/horas/").context["form"]

    assert f"{form['ends'].value():%H:%M}" == "11:15"


def test_on_another_day_the_quorum_is_declared_again(held, sonia) -> None:
    given = {"now": TEN + 2 * DAY_LATER, "by": sonia}
    holding.note_times(held, started_at=TEN, ended_at=TEN + HOUR, **given)
    held.refresh_from_db()
    assert held.quorum_stated_at is not None

    holding.note_times(held, started_at=TEN + DAY_LATER, ended_at=TEN + DAY_LATER + HOUR, **given)
    held.refresh_from_db()
    assert held.quorum_stated_at is None


def test_a_quorum_declared_for_the_planned_day_falls_when_another_day_begins_it(meeting, sonia) -> None:
    mark(meeting, sonia)
    holding.state_quorum(meeting, note="", at=TEN, by=sonia)

    assert holding.start(meeting, at=TEN + DAY_LATER, by=sonia).quorum_stated_at is None


def test_it_is_not_moved_past_the_day_on_which_what_it_agreed_is_due(held, sonia) -> None:
    agreed = agreements.agree(held, what="Limpiar", due_on=timezone.localdate(TEN), outsider="Rosa", by=sonia)
    later = {"started_at": TEN + DAY_LATER, "ended_at": TEN + DAY_LATER + HOUR, "now": TEN + 2 * DAY_LATER, "by": sonia}

    with pytest.raises(MeetingsError, match="agreement_due_before") as refused:
        holding.note_times(held, **later)
    assert "3 nov 2026" in refused.value.sentence

    agreements.drop_agreement(agreed, reason="Se repite", by=sonia)
    assert holding.note_times(held, **later).started_at == TEN + DAY_LATER


@pytest.mark.parametrize(
    ("days", "ends", "said"),
    [(0, "09:00", ("ends", "anterior a la de inicio")), (1, "11:00", ("on", "Ese día todavía no llega"))],
)
def test_each_fault_of_the_times_is_said_at_its_field(days, ends, said, as_user, meeting) -> None:
    day = timezone.localdate() + days * DAY_LATER if days else timezone.localdate(TEN)
    desk = as_user(meeting.created_by)

    form = desk.post(f"{DESK}{meeting.pk}/horas/", {"on": day, "starts": "10:00", "ends": ends}).context["form"]

    assert said[1] in form.errors[said[0]][0]
    assert not form.non_field_errors()
