"""Which requests does a board count? The address says it, so that it can be shared."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department
from cabildo.dashboards.wording import in_words
from cabildo.indicators import Period
from cabildo.indicators.rules import first_of_month, last_month
from cabildo.tickets.choices import Channel, Kind
from cabildo.tickets.queries.figures import Scope
from cabildo.tickets.queries.figures_places import counting_areas
from cabildo.ui.lists import ChoiceFilter, DateRange, DateRangeFilter, ListSpec, ListState, SortOption
from cabildo.ui.parts import Column

USUAL, LAST_MONTH, TWELVE_MONTHS, THIS_YEAR = "30-dias", "mes-pasado", "12-meses", "este-ano"
PERIODS = [
    (USUAL, _("Los últimos 30 días")),
    (LAST_MONTH, _("El mes pasado")),
    (TWELVE_MONTHS, _("Los últimos 12 meses")),
    (THIS_YEAR, _("Este año")),
]
TREND_MONTHS = 12


@dataclass(frozen=True)
class Selection:
    """What a board counts: the state of its filters, the scope they make, and the departments of who asks."""

    listing: ListState
    scope: Scope
    today: date

    @property
    def trend(self) -> Scope:
        """The same filters over the twelve months that end with the period."""
        months = Period(first_of_month(self.scope.period.until, 1 - TREND_MONTHS), self.scope.period.until)
        return replace(self.scope, period=months)

    @property
    def words(self) -> str:
        """Period and filters, for the head of the page and of the paper."""
        filters = [one for one in self.listing.spec.filters if one.name not in ("periodo", "fechas")]
        others = [removal.text for one in filters for removal in one.removals(self.listing.values[one.name])]
        return " · ".join([in_words(self.scope.period), *others])


def read(query: QueryDict, departments: list[Department], *, everywhere: bool, today: date) -> Selection:
    """The selection an address asks for among these departments; outside them nothing is counted."""
    listing = _spec(departments).read(query)
    values = listing.values
    chosen = [department.pk for department in departments if department.code == values["direccion"]]
    mine = None if everywhere else tuple(department.pk for department in departments)
    scope = Scope(
        period=_period(values["periodo"], values["fechas"], today),
        departments=tuple(chosen) or mine,
        area=values["sector"],
        channel=values["canal"],
        kind=values["tipo"],
    )
    return Selection(listing, scope, today)


def _spec(departments: list[Department]) -> ListSpec:
    return ListSpec(
        filters=[
            ChoiceFilter("periodo", _("Período"), PERIODS),
            ChoiceFilter("direccion", _("Dirección"), _choices(departments)),
            ChoiceFilter("sector", _("Sector"), [(area.code, area.name) for area in counting_areas()]),
            ChoiceFilter("canal", _("Canal"), Channel.choices),
            ChoiceFilter("tipo", _("Tipo"), Kind.choices),
            DateRangeFilter("fechas", _("Fechas de ingreso")),
        ],
        columns=[Column("figure", _("Cifra"))],
        sorts=[SortOption("usual", _("Usual"), ())],
    )


def _choices(departments: list[Department]) -> list[tuple[str, str]]:
    """One alone is no choice."""
    return [(one.code, one.name) for one in departments] if len(departments) > 1 else []


def _period(name: str, dates: DateRange, today: date) -> Period:
    """Two dates win over a named period; one alone reaches to today, or a month back."""
    if dates:
        until = min(dates.until or today, today)
        return Period(min(dates.since or until - timedelta(days=29), until), until)
    named: dict[str, Any] = {
        USUAL: Period(today - timedelta(days=29), today),
        LAST_MONTH: last_month(today),
        TWELVE_MONTHS: Period(first_of_month(today, 1 - TREND_MONTHS), today),
        THIS_YEAR: Period(date(today.year, 1, 1), today),
    }
    return named.get(name, named[USUAL])
