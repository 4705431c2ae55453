"""The timer of the diagnosis: what went by and what is left of the meeting, against the questions answered."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.instruments import actions as instruments
from cabildo.instruments.rules.answers import Answer
from cabildo.meetings.actions import holding
from cabildo.meetings.models import Meeting
from cabildo.quality import actions
from cabildo.quality.rules.timer import Timer, timer
from conftest import make_member

pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/diagnostico/"
TEN = datetime(2026, 11, 20, 13, tzinfo=UTC)


def after(minutes: int) -> datetime:
    return TEN + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("started_at", "ended_at", "now", "told"),
    [
        (None, None, after(80), Timer(240)),
        (after(90), None, after(80), Timer(240)),
        (TEN, None, after(80), Timer(240, 80, is_running=True)),
        (TEN, None, after(260), Timer(240, 260, is_running=True)),
        (TEN, after(190), after(999), Timer(240, 190)),
    ],
)
def test_time_runs_from_the_real_start_to_the_real_end(started_at, ended_at, now, told) -> None:
    assert timer(240, started_at, ended_at, now) == told


def test_what_is_left_never_is_less_than_nothing() -> None:
    assert [(one.left, one.over) for one in (Timer(240), Timer(240, 80), Timer(240, 260))] == [
        (240, 0),
        (160, 0),
        (0, 20),
    ]


@pytest.fixture
def meeting(cycle, counterpart) -> Meeting:
    """Planned; the questionnaire of the tests takes 60 minutes."""
    return actions.plan_diagnosis_meeting(cycle, starts_at=timezone.now(), place="Salón", by=counterpart)


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


def clock(desk) -> str:
    return desk.get(f"{HERE}reloj/", headers={"HX-Request": "true"}).content.decode().replace("\xa0", " ")


def test_without_a_start_nothing_is_said_of_the_time_that_went_by(desk, cycle, meeting) -> None:
    told = clock(desk)

    assert "La reunión no tiene hora de inicio: el tiempo no corre." in told
    assert "Minutos de la reunión" not in told
    Meeting.objects.all().delete()
    assert "La reunión no está planificada" in clock(desk)


def test_a_meeting_under_way_says_what_went_by_and_what_is_left_for_each_question(desk, meeting, counterpart) -> None:
    holding.start(meeting, at=timezone.now() - timedelta(minutes=20), by=counterpart)
    for page in (clock(desk), *(desk.get(address).content.decode() for address in (HERE, f"{HERE}todo/"))):
        assert "Van 20 min de 1 h; quedan 40 min." in page
        assert "Faltan 2 preguntas: cerca de 20 min para cada una." in page
        assert 'hx-trigger="every 60s, answered from:body"' in page


def test_it_stops_with_the_meeting_and_says_when_it_took_longer(desk, meeting, counterpart) -> None:
    holding.start(meeting, at=timezone.now() - timedelta(minutes=75), by=counterpart)
    assert "Van 1 h 15 min; se previeron 1 h y ya van 15 min de más." in clock(desk)

    holding.stop(meeting, at=timezone.now() - timedelta(minutes=5), by=counterpart)
    assert "La reunión terminó: duró 1 h 10 min y se previeron 1 h. El tiempo no corre." in clock(desk)


def test_an_answer_moves_the_clock_and_a_closed_diagnosis_stops_asking(desk, cycle, counterpart) -> None:
    data = {"plan-alternative": "a", "plan-revision": 0, "plan-confirms": "on"}
    assert desk.post(f"{HERE}todo/plan/", data, headers={"HX-Request": "true"})["HX-Trigger"] == "answered"
    assert "1 de 2" in clock(desk)
    instruments.answer(assessment=cycle.diagnosis, question="equipo", said=Answer("a"), by=counterpart)

    actions.close_diagnosis(cycle, by=counterpart)

    assert "hx-get" not in clock(desk)


def test_it_is_one_light_request_for_who_may_read_and_a_page_without_scripts(
    desk, cycle, meeting, puerto_claro, as_user
) -> None:
    clock(desk)
    with CaptureQueriesContext(connection) as asked:
        clock(desk)
    assert len(asked) <= 12
    assert desk.get(f"{HERE}reloj/").url == HERE
    counter = as_user(make_member("Rosa Gil", puerto_claro, "counter_officer"))
    assert counter.get(f"{HERE}reloj/").status_code == 403
