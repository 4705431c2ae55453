"""What was observed and measured, and how does it stand against its targets?"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from django.db.models import QuerySet

from cabildo.indicators.choices import MeasurementState
from cabildo.indicators.models import Indicator, Measurement, ObservationRecord, Target
from cabildo.indicators.rules import Band, Direction, Light, Observation, Thresholds, attainment


def series(code: str, since: date) -> list[tuple[date, Observation]]:
    """The stored observations of an indicator whose period starts on `since` or later, oldest first. One query."""
    records = ObservationRecord.objects.filter(code=code, since__gte=since).order_by("since", "until")
    return [(record.since, Observation(record.numerator, record.denominator, record.cut_off)) for record in records]


def measurements(indicators: Iterable[Indicator]) -> QuerySet[Measurement]:
    """Those in force of the whole municipality: what a correction replaced is left out, oldest cut-off first."""
    found = Measurement.objects.filter(indicator__in=list(indicators), area__isnull=True, corrected_by__isnull=True)
    return found.order_by("cut_off", "pk")


def measured(indicator: Indicator) -> QuerySet[Measurement]:
    """Everything ever measured of the whole municipality, what was corrected too; the last cut-off first."""
    found = Measurement.objects.filter(indicator=indicator, area__isnull=True).select_related("by", "corrected_by")
    return found.order_by("-cut_off", "-pk")


def value_of(measurement: Measurement) -> Fraction | None:
    """The value, or 100 times numerator over denominator when it is counted; None is «sin dato»."""
    if measurement.value is not None:
        return Fraction(measurement.value)
    if measurement.numerator is None or not measurement.denominator:
        return None
    return 100 * Fraction(measurement.numerator) / Fraction(measurement.denominator)


@dataclass(frozen=True)
class Standing:
    """How an indicator stands: its last measurement of one state against the target of that day, or the next one.

    `reached` is the part of the target; without measurement, datum or target the light says «sin dato».
    """

    indicator: Indicator
    measurement: Measurement | None
    value: Fraction | None
    target: Target | None
    reached: Fraction | None
    light: Light


def standings(indicators: Sequence[Indicator], today: date, state: str = MeasurementState.DECLARED) -> list[Standing]:
    """How each stands today, declared or validated apart. Two queries, however many there are."""
    last: dict[int, Measurement] = {}
    for measurement in measurements(indicators).filter(state=state, cut_off__lte=today):
        last[measurement.indicator_id] = measurement
    targets: dict[int, list[Target]] = defaultdict(list)
    for target in Target.objects.filter(indicator__in=list(indicators)):
        targets[target.indicator_id].append(target)
    return [_standing(one, last.get(one.pk), targets[one.pk], today) for one in indicators]


def _standing(indicator: Indicator, last: Measurement | None, targets: list[Target], today: date) -> Standing:
    day = last.cut_off if last else today
    target = next((one for one in targets if one.due_on >= day), targets[-1] if targets else None)
    value = value_of(last) if last else None
    reached = attainment(value, _wanted(indicator, target), Direction(indicator.direction))
    limits = Thresholds(Fraction(indicator.green_from, 100), Fraction(indicator.yellow_from, 100))
    return Standing(indicator, last, value, target, reached, limits.light(reached))


def _wanted(indicator: Indicator, target: Target | None) -> Fraction | Band | None:
    if indicator.band_low is not None and indicator.band_high is not None:
        return Band(Fraction(indicator.band_low), Fraction(indicator.band_high))
    return None if target is None else Fraction(target.value)


def corrections(measurement: Measurement) -> list[Measurement]:
    """What was written before in place of this measurement, the latest first."""
    chain, earlier = [], measurement.corrects
    while earlier is not None:
        chain.append(earlier)
        earlier = earlier.corrects
    return chain


def total(rows: Iterable[Measurement]) -> tuple[Decimal, Decimal] | None:
    """The counts of several areas as one: both are summed, never averaged; None when one of them is not counted."""
    found = list(rows)
    if not found or any(row.numerator is None or row.denominator is None for row in found):
        return None
    zero = Decimal(0)
    return sum((row.numerator or zero for row in found), zero), sum((row.denominator or zero for row in found), zero)
