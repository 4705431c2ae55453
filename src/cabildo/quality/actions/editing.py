"""What the verbs of the programme share: the cycle held open, and days that have come."""

from datetime import date

from cabildo.db.locking import lock_rows
from cabildo.quality import queries
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle


def hold_open(cycle_id: int, *, even_left: bool = False) -> Cycle:
    """The cycle, locked to the end of the transaction. QualityError cycle_closed, cycle_left.

    `even_left` is for what must be put in order although the cycle left the programme: accounts, and who goes home.
    """
    cycle = lock_rows(Cycle.objects.filter(pk=cycle_id)).get()
    if cycle.closed_on is not None:
        raise QualityError("cycle_closed", number=cycle.number)
    if not even_left and queries.has_left(cycle):
        raise QualityError("cycle_left", number=cycle.number)
    return cycle


def must_have_come(today: date, **days: date | None) -> None:
    """QualityError in_future, whose fact `field` names the first of these days that is after today."""
    for field, day in days.items():
        if day is not None and day > today:
            raise QualityError("in_future", field=field)
