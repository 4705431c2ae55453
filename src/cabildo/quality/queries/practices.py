"""Which good practices does a list show, in which order?"""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import Department
from cabildo.db.folded import matching
from cabildo.quality.models import GoodPractice
from cabildo.quality.queries.committee import published_practices
from cabildo.ui.lists import ChoiceFilter, ListSpec, SortOption, TextFilter
from cabildo.ui.parts import Column


def spec() -> ListSpec:
    """What the list offers. One query, when the departments are shown."""
    return ListSpec(
        filters=[TextFilter("q", _("Buscar")), ChoiceFilter("direccion", _("Dirección"), _departments)],
        columns=[
            Column("title", _("Práctica"), sort="nombre"),
            Column("department", _("Dirección")),
            Column("contact", _("A quién preguntar")),
            Column("published", _("Publicada"), sort="recientes"),
        ],
        sorts=[
            SortOption("recientes", _("Últimas publicadas"), ("-published_on", "-pk")),
            SortOption("nombre", _("Por nombre"), ("title", "pk")),
        ],
    )


def _departments() -> list[tuple[str, str]]:
    return list(Department.objects.filter(is_active=True).values_list("code", "name"))


def listed(values: Mapping[str, Any]) -> QuerySet[GoodPractice]:
    """The published ones that have every word, of the department asked for."""
    wanted = matching(values["q"], "title", "what", "department__name")
    given = {"department__code": values["direccion"]} if values["direccion"] else {}
    return published_practices().filter(wanted, **given)
