"""Results of a programme as open data: groups of municipalities, never one of them; no name, no code of a commune."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo.content.models import PackVersion
from cabildo.quality.choices import Basis
from cabildo.quality.rules.results import WHOLE, Together, Wanted
from cabildo.quality.shown.results import Named, criteria_of, percent, tell

LICENCE = "CC-BY-4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.es"
ALL, LATEST, TOTAL = "todas", "reciente", "total"
FIELDS = {
    "modelo": _("Modelo con que se autoevaluaron las municipalidades."),
    "version": _("Número de la versión del modelo. Versiones distintas no se comparan."),
    "oficial": _("«sí» si el contenido del modelo es oficial; «no» si es de demostración."),
    "ano": _("Año en que se declaró; «reciente» toma de cada municipalidad su ciclo más reciente."),
    "region": _("Código de la región en dos cifras; «todas» es el país."),
    "criterio": _("Código del criterio en el modelo; «total» es el resultado completo."),
    "criterio_nombre": _("Nombre del criterio."),
    "base": _("«declarado» es lo que envió cada comité; «validado», lo que dijo el informe emitido."),
    "municipalidades": _("De cuántas municipalidades es la cifra. Vacío si está reservada."),
    "participan": _("Cuántas municipalidades participaban en el programa el día de la publicación, ahí."),
    "cuartil_1": _("Porcentaje de logro bajo el que está la cuarta parte de las municipalidades."),
    "mediana": _("Porcentaje de logro del medio."),
    "cuartil_3": _("Porcentaje de logro sobre el que está la cuarta parte de las municipalidades."),
    "reservado": _("«sí» si son muy pocas, o cambiaron muy pocas, o la cifra permitiría deducir un grupo así."),
}


@dataclass(frozen=True)
class Published:
    """A version, when its figures were published, and the turns on it."""

    version: PackVersion
    at: datetime
    together: Together


def rows(published: Published) -> Iterator[list[Any]]:
    """A row for each time, region, criterion and basis, under the names of FIELDS."""
    together, version = published.together, published.version
    parts = [Named(WHOLE, ""), *criteria_of(version)]
    years = sorted({str(turn.year) for turn in together.turns})
    regions = sorted({place.region for place in together.places.values()} - {""})
    about = [version.pack.slug, version.version, version.pack.official]
    for year in ("", *years):
        for region in ("", *regions):
            told = tell(together, Wanted(year=year, region=region), parts)
            for one in parts:
                for basis in Basis:
                    where = [year or LATEST, region or ALL, one.part[0] or TOTAL, one.label, str(basis.label)]
                    yield [*about, *where, *_values(told.of(basis, one.part), told.taking_part)]


def _values(found: Any, taking_part: int) -> list[Any]:
    if found is None:
        return [None, taking_part, None, None, None, True]
    quartiles = [percent(getattr(found, name)) for name in ("low", "median", "high")]
    return [found.count, taking_part, *quartiles, False]


def as_record(row: list[Any]) -> Mapping[str, Any]:
    """The row for programs: numbers as numbers, unknown as null."""
    plain = (float(value) if hasattr(value, "as_tuple") else value for value in row)
    return dict(zip(FIELDS, plain, strict=True))
