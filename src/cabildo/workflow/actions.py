"""How a correlative number is taken, and how the municipality changes its calendar."""

from datetime import date

from django.db import connection, transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.workflow import hooks
from cabildo.workflow.models import FolioSequence, HolidayChange

ONE_MORE = (
    f'UPDATE {FolioSequence._meta.db_table} SET "last" = "last" + 1 '  # noqa: S608 - nothing of it comes from outside
    "WHERE municipality_id = %s AND series = %s AND year = %s "
    'RETURNING "last"'
)


def take_number(series: str, year: int) -> int:
    """The next correlative of the series, without holes, inside the caller's transaction.

    The row stays locked until that transaction ends, so that numbers follow commits.
    """
    taken = _one_more(series, year)
    if taken is None:
        FolioSequence.objects.get_or_create(municipality=current_municipality(), series=series, year=year)
        taken = _one_more(series, year)
    if taken is None:
        raise LookupError(f"no series {series} in {year}")
    return taken


def _one_more(series: str, year: int) -> int | None:
    """Count and read in one statement, which the ORM cannot do; None when the series has not begun."""
    with connection.cursor() as cursor:
        cursor.execute(ONE_MORE, [current_municipality().pk, series, year])
        row = cursor.fetchone()
    return row[0] if row else None


@transaction.atomic
def change_holiday(*, on: date, effect: str, name: str, act: str, by: User | audit.Actor) -> HolidayChange:
    """Add or take away a holiday, and have every open deadline counted again after commit."""
    change, _created = HolidayChange.objects.update_or_create(
        municipality=current_municipality(), date=on, defaults={"effect": effect, "name": name, "act": act}
    )
    audit.record("holiday.changed", on=change, by=by, data={"date": on.isoformat(), "effect": effect})
    hooks.calendar_changed()
    return change


@transaction.atomic
def forget_holiday_change(change: HolidayChange, *, by: User) -> None:
    """The day is again what the national calendar says."""
    audit.record("holiday.restored", on=change, by=by, data={"date": change.date.isoformat()})
    change.delete()
    hooks.calendar_changed()
