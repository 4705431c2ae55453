"""The report of the open cycle: a figure of its background, and places to write others; the acta of the one before."""

from datetime import date
from decimal import Decimal

from cabildo.accounts.links import addresses
from cabildo.accounts.models import User
from cabildo.meetings.actions.signing import write_acta
from cabildo.quality.actions import report as actions
from cabildo.quality.models import Cycle
from cabildo.quality.queries.report import backing_acta, budget_years, known_figure
from e2e.site_map import Values


def gather(lead: User, today: date) -> Values:
    """The places of its addresses."""
    cycle = Cycle.objects.get(closed_on=None)
    year = budget_years(cycle)[0]
    known = known_figure(cycle, "budget", year) or actions.save_figure(
        cycle,
        kind="budget",
        asked_year=year,
        year=year,
        value=Decimal(12_450_000_000),
        source="Balance de ejecución presupuestaria",
        revision=0,
        today=today,
        by=lead,
    )
    with addresses():
        write_acta(backing_acta(Cycle.objects.get(number=cycle.number - 1)))
    below = "mesa/calidad/{number}/informe/antecedentes"
    return {f"{below}/pk": [known.pk], f"{below}/slug": ["poblacion-rural"], f"{below}/presupuesto/year": [year]}
