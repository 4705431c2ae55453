from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from cabildo.jobs.errors import JobsError
from cabildo.jobs.rules import Daily, Every, delay_after, describe, may_survive_loss, may_try_again, next_occurrence

SANTIAGO = ZoneInfo("America/Santiago")
FRIDAY_NOON = datetime(2026, 12, 18, 12, 0, tzinfo=SANTIAGO)


def weekday(day: date) -> bool:
    return day.weekday() < 5


def due(rhythm, after: datetime) -> datetime:
    found = next_occurrence(rhythm, after=after, zone=SANTIAGO, is_business_day=weekday)
    assert found.tzinfo is UTC
    return found.astimezone(SANTIAGO)


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 10), (2, 20), (3, 40), (6, 320), (10, 3600), (5000, 3600)])
def test_each_attempt_doubles_the_wait_up_to_an_hour(attempts: int, seconds: int) -> None:
    assert delay_after(attempts) == timedelta(seconds=seconds)


def test_jobs_that_failed_together_return_apart() -> None:
    assert {delay_after(1, seed=seed).total_seconds() for seed in range(20)} == {10 + tenth / 10 for tenth in range(10)}


def test_a_job_is_tried_until_its_last_attempt() -> None:
    assert may_try_again(ValueError(), attempts=2, max_attempts=3)
    assert not may_try_again(ValueError(), attempts=3, max_attempts=3)


def test_a_job_that_outgrew_its_memory_is_not_tried_again() -> None:
    assert not may_try_again(MemoryError(), attempts=1, max_attempts=6)


def test_the_third_death_of_a_worker_is_forgiven_and_the_fourth_is_not() -> None:
    assert [may_survive_loss(times) for times in (1, 2, 3, 4)] == [True, True, True, False]


def test_a_repeated_schedule_is_due_one_interval_later() -> None:
    assert due(Every(timedelta(minutes=5)), FRIDAY_NOON) == FRIDAY_NOON + timedelta(minutes=5)


def test_a_daily_schedule_is_due_later_today_or_tomorrow() -> None:
    assert due(Daily(time(18)), FRIDAY_NOON) == datetime(2026, 12, 18, 18, 0, tzinfo=SANTIAGO)
    assert due(Daily(time(8)), FRIDAY_NOON) == datetime(2026, 12, 19, 8, 0, tzinfo=SANTIAGO)


def test_the_instant_itself_is_not_its_own_next_occurrence() -> None:
    assert due(Daily(time(12)), FRIDAY_NOON) == datetime(2026, 12, 19, 12, 0, tzinfo=SANTIAGO)


def test_business_days_leave_out_the_weekend() -> None:
    assert due(Daily(time(8), business_days=True), FRIDAY_NOON) == datetime(2026, 12, 21, 8, 0, tzinfo=SANTIAGO)


def test_a_daily_schedule_keeps_its_local_hour_across_a_clock_change() -> None:
    before = datetime(2026, 9, 5, 9, 0, tzinfo=SANTIAGO)

    after = due(Daily(time(8)), before)

    assert after == datetime(2026, 9, 6, 8, 0, tzinfo=SANTIAGO)
    assert after.astimezone(UTC) - before.astimezone(UTC) == timedelta(hours=22)


def test_an_hour_that_the_clock_change_skips_is_due_once() -> None:
    first = due(Daily(time(0, 30)), datetime(2026, 9, 5, 12, 0, tzinfo=SANTIAGO))

    assert first.astimezone(UTC) == datetime(2026, 9, 6, 4, 30, tzinfo=UTC)
    assert due(Daily(time(0, 30)), first).date() == date(2026, 9, 7)


def test_a_calendar_without_business_days_is_an_error() -> None:
    with pytest.raises(ValueError, match="no business day"):
        next_occurrence(
            Daily(time(8), business_days=True), after=FRIDAY_NOON, zone=SANTIAGO, is_business_day=lambda day: False
        )


def test_an_error_is_kept_without_its_message() -> None:
    try:
        raise ValueError("Rosa, 12.345.678-5")
    except ValueError as error:
        failure = describe(error)

    assert failure.error_class == "builtins.ValueError"
    assert failure.detail.startswith(f"{__name__}:")
    assert "Rosa" not in failure.detail


def test_a_refusal_is_kept_by_its_code() -> None:
    assert describe(JobsError("worker_lost")).detail == "worker_lost"
