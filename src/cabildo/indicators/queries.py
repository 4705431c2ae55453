"""What was observed, month after month?"""

from datetime import date

from cabildo.indicators.models import ObservationRecord
from cabildo.indicators.rules import Observation


def series(code: str, since: date) -> list[tuple[date, Observation]]:
    """The stored observations of an indicator whose period starts on `since` or later, oldest first. One query."""
    records = ObservationRecord.objects.filter(code=code, since__gte=since).order_by("since", "until")
    return [(record.since, Observation(record.numerator, record.denominator, record.cut_off)) for record in records]
