"""Which plans does a list show, in which order?"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department
from cabildo.db.folded import matching
from cabildo.plans.choices import PlanState
from cabildo.plans.kinds import kinds
from cabildo.plans.models import Plan
from cabildo.ui.lists import ChoiceFilter, DateRangeFilter, ListSpec, MultipleFilter, SortOption, TextFilter
from cabildo.ui.parts import Column

SORTS = [
    SortOption("recientes", _("Más recientes primero"), ("-created_at", "-pk")),
    SortOption("termino", _("Por fecha de término"), ("ends_on", "pk")),
    SortOption("nombre", _("Por nombre"), ("title", "pk")),
]
COLUMNS = [
    Column("title", _("Plan"), sort="nombre"),
    Column("kind", _("Tipo")),
    Column("department", _("Dirección")),
    Column("state", _("Estado")),
    Column("dates", _("Vigencia"), sort="termino"),
    Column("progress", _("Avance")),
    Column("light", _("Situación")),
]


def spec() -> ListSpec:
    """What the list offers. No query until the choices of departments are shown."""
    return ListSpec(
        filters=[
            TextFilter("q", _("Buscar")),
            MultipleFilter("estado", _("Estado"), PlanState.choices),
            ChoiceFilter("tipo", _("Tipo"), lambda: [(kind.code, kind.label) for kind in kinds()]),
            ChoiceFilter("direccion", _("Dirección"), _departments),
            DateRangeFilter("termino", _("Termina")),
        ],
        columns=COLUMNS,
        sorts=SORTS,
    )


def _departments() -> list[tuple[str, str]]:
    return list(Department.objects.filter(is_active=True).values_list("code", "name"))


def listed(values: Mapping[str, Any]) -> QuerySet[Plan]:
    """The plans of the municipality that pass the filters."""
    plain = {
        "state__in": values["estado"],
        "kind": values["tipo"],
        "department__code": values["direccion"],
        "ends_on__gte": values["termino"].since,
        "ends_on__lte": values["termino"].until,
    }
    given = {name: value for name, value in plain.items() if value}
    return Plan.objects.filter(matching(values["q"], "title"), **given).select_related("department")
