"""Which days count here? The national calendar with the municipality's own changes."""

from datetime import date

from cabildo.kit.workdays import Calendar, chile
from cabildo.workflow.choices import HolidayEffect
from cabildo.workflow.models import HolidayChange

# A term of a thousand business days reaches four years ahead; backlogs look twenty back.
YEARS_BACK, YEARS_AHEAD = 20, 12


def calendar(today: date) -> Calendar:
    """The calendar of the municipality in the scope, for the years around today. One query."""
    added, removed = {}, []
    for day, effect, name in HolidayChange.objects.values_list("date", "effect", "name"):
        if effect == HolidayEffect.ADDED:
            added[day] = name
        else:
            removed.append(day)
    return chile(range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1), added=added, removed=removed)
