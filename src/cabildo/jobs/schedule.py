"""Put scheduled tasks in the queue when they are due, once, however many workers look."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cabildo.jobs import actions, registry, rules
from cabildo.jobs.choices import JobState
from cabildo.jobs.models import Job, Schedule

KEY = "schedule"


def sync() -> None:
    """Make the table say what the code says: new rhythms, changed ones, and none that is gone."""
    rhythms = registry.schedules()
    with transaction.atomic():
        Schedule.objects.exclude(name__in=rhythms).delete()
        unchanged = [
            row.name for row in Schedule.objects.filter(name__in=rhythms) if row.rhythm == repr(rhythms[row.name])
        ]
        changed = [_first(name, rhythm) for name, rhythm in rhythms.items() if name not in unchanged]
        Schedule.objects.bulk_create(
            changed, update_conflicts=True, unique_fields=["name"], update_fields=["rhythm", "next_run_at"]
        )


def fire_due() -> int:
    """Enqueue what is due; returns how many. What was missed while no worker ran is made up for once.

    A task whose last scheduled run still goes on waits for its end.
    """
    now = timezone.now()
    due = Schedule.objects.filter(next_run_at__lte=now, name__in=registry.schedules()).order_by("next_run_at")
    if not due.exists():
        return 0
    with transaction.atomic():
        return sum(_fire(row, now) for row in due.select_for_update(skip_locked=True))


def _fire(row: Schedule, now: datetime) -> bool:
    if Job.objects.filter(name=row.name, key=KEY, state=JobState.RUNNING).exists():
        return False
    actions.enqueue(row.name, key=KEY)
    row.last_run_at = now
    row.next_run_at = _next(registry.schedules()[row.name], now)
    row.save()
    return True


def _first(name: str, rhythm: rules.Rhythm) -> Schedule:
    return Schedule(name=name, rhythm=repr(rhythm), next_run_at=_next(rhythm, timezone.now()))


def _next(rhythm: rules.Rhythm, after: datetime) -> datetime:
    zone = timezone.get_default_timezone()
    return rules.next_occurrence(rhythm, after=after, zone=zone, is_business_day=_is_business_day)


def _is_business_day(day: date) -> bool:
    """National holidays only: what a municipality adds to them concerns its deadlines, not this clock."""
    from cabildo.kit.workdays import chile

    return chile([day.year]).is_business_day(day)
