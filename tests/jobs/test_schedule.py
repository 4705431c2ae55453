from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from cabildo.jobs import actions, registry, schedule
from cabildo.jobs.models import Job, Schedule
from cabildo.jobs.rules import Every

pytestmark = pytest.mark.django_db
NAME = "sample.nightly"
NOON = datetime(2026, 12, 18, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _only_nightly(monkeypatch) -> None:
    monkeypatch.setattr(registry, "_schedules", {NAME: registry._schedules[NAME]})


def make_due() -> None:
    schedule.sync()
    Schedule.objects.update(next_run_at=timezone.now() - timedelta(days=3))


def test_a_new_schedule_waits_for_its_first_occurrence() -> None:
    with time_machine.travel(NOON, tick=False):
        schedule.sync()
        assert schedule.fire_due() == 0

    assert Schedule.objects.get().next_run_at == datetime(2026, 12, 19, 6, 0, tzinfo=UTC)


def test_days_without_a_worker_are_made_up_for_once() -> None:
    make_due()

    assert (schedule.fire_due(), schedule.fire_due()) == (1, 0)

    row = Schedule.objects.get()
    assert Job.objects.get().name == NAME
    assert row.last_run_at <= timezone.now() < row.next_run_at


def test_a_waiting_run_is_not_doubled() -> None:
    make_due()
    schedule.fire_due()
    make_due()
    schedule.fire_due()

    assert Job.objects.count() == 1


def test_the_next_run_waits_for_the_end_of_the_last() -> None:
    make_due()
    schedule.fire_due()
    running = actions.claim(worker="one", lease=timedelta(minutes=1))
    make_due()

    assert schedule.fire_due() == 0
    actions.succeed(running)
    assert schedule.fire_due() == 1


def test_syncing_again_keeps_the_next_occurrence() -> None:
    make_due()
    before = Schedule.objects.get().next_run_at

    schedule.sync()

    assert Schedule.objects.get().next_run_at == before


def test_a_changed_rhythm_counts_from_now(monkeypatch) -> None:
    make_due()
    monkeypatch.setitem(registry._schedules, NAME, Every(timedelta(minutes=5)))

    schedule.sync()

    assert Schedule.objects.get().next_run_at > timezone.now()


def test_a_schedule_that_left_the_code_leaves_the_table(monkeypatch) -> None:
    make_due()
    monkeypatch.setattr(registry, "_schedules", {})

    schedule.sync()

    assert not Schedule.objects.exists()


def test_business_days_follow_the_national_holidays() -> None:
    assert not schedule._is_business_day(datetime(2026, 12, 25, tzinfo=UTC).date())
    assert schedule._is_business_day(datetime(2026, 12, 28, tzinfo=UTC).date())
