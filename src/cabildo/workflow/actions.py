"""How a correlative number is taken, and how the municipality changes its calendar."""

from datetime import date

from django.db import transaction
from django.db.models import F

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.workflow import hooks
from cabildo.workflow.models import FolioSequence, HolidayChange


def take_number(series: str, year: int) -> int:
    """The next correlative of the series, without holes, inside the caller's transaction.

    The row stays locked until that transaction ends, so that numbers follow commits.
    """
    row = FolioSequence.objects.filter(series=series, year=year)
    if not row.update(last=F("last") + 1):
        FolioSequence.objects.get_or_create(municipality=current_municipality(), series=series, year=year)
        row.update(last=F("last") + 1)
    return row.values_list("last", flat=True).get()


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
