"""What indicators do in the background. Each may run twice without harm."""

from django.utils import timezone

from cabildo.accounts.models import Municipality
from cabildo.indicators import sources
from cabildo.indicators.actions import observe
from cabildo.indicators.rules import last_month
from cabildo.jobs import daily, enqueue, task


@daily(at="04:10")
@task(name="indicators.observe_everywhere")
def observe_everywhere() -> None:
    """Ask every municipality for its indicators of last month."""
    for municipality in Municipality.objects.order_by("pk"):
        enqueue("indicators.observe_month", municipality=municipality, key=f"observe:{municipality.pk}")


@task(name="indicators.observe_month")
def observe_month() -> None:
    """Compute and keep every indicator of last month, in the municipality of the scope."""
    period = last_month(timezone.localdate())
    for definition in sources.definitions():
        observe(definition.code, period)
