"""How is an indicator observed and kept, defined, given targets, measured and corrected?"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.content.models import PackVersion
from cabildo.content.queries import body
from cabildo.db.locking import lock_rows
from cabildo.indicators import sources
from cabildo.indicators.choices import Aim, MeasurementState
from cabildo.indicators.errors import IndicatorsError
from cabildo.indicators.models import DEFINED, Indicator, Measurement, ObservationRecord, Target
from cabildo.indicators.rules import Observation, Period
from cabildo.territory.models import Area


def observe(code: str, period: Period) -> Observation:
    """Compute an indicator and keep it; observing the same period again keeps the newer count."""
    observed = sources.compute(code, period)
    _keep(code, period, observed)
    return observed


@transaction.atomic
def _keep(code: str, period: Period, observed: Observation) -> None:
    counts = {
        "numerator": observed.numerator,
        "denominator": observed.denominator,
        "cut_off": observed.cut_off,
        "computed_at": timezone.now(),
    }
    record, _created = ObservationRecord.objects.update_or_create(
        municipality=current_municipality(), code=code, since=period.since, until=period.until, defaults=counts
    )
    audit.record("indicator.observed", on=record, by=audit.SYSTEM, data={"code": code})


@transaction.atomic
def define_indicator(*, by: User | audit.Actor, **fields: Any) -> Indicator:
    """An indicator of the municipality's own. Raises IndicatorsError band_missing, baseline_undated."""
    indicator = Indicator(municipality=current_municipality(), **fields)
    low, high = indicator.band_low, indicator.band_high
    if indicator.direction != Aim.BAND:
        indicator.band_low = indicator.band_high = None
    elif low is None or high is None or high < low:
        raise IndicatorsError("band_missing")
    if indicator.baseline is not None and indicator.baseline_on is None:
        raise IndicatorsError("baseline_undated")
    indicator.save()
    audit.record("indicator.defined", on=indicator, by=by, data={"definition": indicator.definition_code})
    return indicator


@transaction.atomic
def take_definition(version: PackVersion, code: str, *, by: User | audit.Actor, **fields: Any) -> Indicator:
    """An indicator with the words of a published definition, which it keeps whatever is published later.

    `fields` are what the municipality adds: its baseline. Raises IndicatorsError definition_unknown.
    """
    found = next((one for one in body(version)["indicators"] if one["id"] == code), None)
    if found is None:
        raise IndicatorsError("definition_unknown", name=code)
    band = {f"band_{end}": Decimal(str(value)) for end, value in (found["band"] or {}).items()}
    words = {name: found[name] for name in DEFINED}
    return define_indicator(by=by, definition_version=version, definition_code=code, **words, **band, **fields)


@transaction.atomic
def set_target(indicator: Indicator, *, due_on: date, value: Decimal, by: User | audit.Actor) -> Target:
    """What the indicator should reach by a day; the same day again replaces it."""
    target, _created = Target.objects.update_or_create(
        municipality=indicator.municipality, indicator=indicator, due_on=due_on, defaults={"value": value}
    )
    audit.record("indicator_target.set", on=target, by=by, data={"due_on": due_on.isoformat(), "value": str(value)})
    return target


@dataclass(frozen=True)
class Reading:
    """What was read: both counts, or a plain value, or nothing at all, which is «sin dato» and needs a note."""

    numerator: Decimal | None = None
    denominator: Decimal | None = None
    value: Decimal | None = None
    source_records: str = ""
    note: str = ""


@transaction.atomic
def measure(
    indicator: Indicator,
    reading: Reading,
    *,
    cut_off: date,
    by: User,
    today: date,
    state: str = MeasurementState.DECLARED,
    area: Area | None = None,
) -> Measurement:
    """Keep a measurement. Raises IndicatorsError already_measured, cut_off_in_future and those of the reading."""
    indicator = lock_rows(Indicator.objects.filter(pk=indicator.pk)).get()
    _check(reading)
    if cut_off > today:
        raise IndicatorsError("cut_off_in_future")
    if Measurement.objects.filter(indicator=indicator, cut_off=cut_off, state=state, area=area).exists():
        raise IndicatorsError("already_measured")
    return _keep_reading(reading, by=by, indicator=indicator, cut_off=cut_off, state=state, area=area)


@transaction.atomic
def correct(measurement: Measurement, reading: Reading, *, by: User) -> Measurement:
    """Keep what should have been written, with why; the row it corrects stays as it is.

    Raises IndicatorsError already_corrected, correction_without_note and those of the reading.
    """
    lock_rows(Indicator.objects.filter(pk=measurement.indicator_id)).get()
    _check(reading)
    if not reading.note.strip():
        raise IndicatorsError("correction_without_note")
    if Measurement.objects.filter(corrects=measurement).exists():
        raise IndicatorsError("already_corrected")
    same = {name: getattr(measurement, name) for name in ("indicator", "cut_off", "state", "area")}
    return _keep_reading(reading, by=by, corrects=measurement, **same)


def _check(reading: Reading) -> None:
    counts = (reading.numerator, reading.denominator)
    if (counts[0] is None) != (counts[1] is None) or (counts[0] is not None and reading.value is not None):
        raise IndicatorsError("counts_incomplete")
    if reading.denominator is not None and reading.denominator <= 0:
        raise IndicatorsError("denominator_not_positive")
    if counts == (None, None) and reading.value is None and not reading.note.strip():
        raise IndicatorsError("note_missing")


def _keep_reading(reading: Reading, *, by: User, **where: Any) -> Measurement:
    kept = Measurement.objects.create(
        municipality=current_municipality(), by=by, at=timezone.now(), **where, **vars(reading)
    )
    audit.record("indicator.measured", on=kept, by=by, data={"indicator": kept.indicator_id, "state": kept.state})
    return kept
