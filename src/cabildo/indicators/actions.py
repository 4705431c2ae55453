"""How is an indicator observed and kept?"""

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.scoping import current_municipality
from cabildo.indicators import sources
from cabildo.indicators.models import ObservationRecord
from cabildo.indicators.rules import Observation, Period


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
