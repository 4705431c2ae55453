"""What territory refuses, in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError
from cabildo.territory.rules import Problem


class TerritoryError(DomainError):
    """A refused action. `problems` lists what is wrong when a file is the reason."""

    sentences = {
        "areas_refused": _("El archivo tiene {count} errores y no se cargó nada. Corríjalos y vuelva a subirlo."),
        "already_current": _("Esa versión ya es la vigente."),
        "division_missing": _("No se encontró {path}. Indique la carpeta que contiene regions.csv."),
        "division_columns": _("A {path} le faltan columnas. Se esperan: {columns}."),
    }

    def __init__(self, code: str, *, problems: tuple[Problem, ...] = (), **facts: Any) -> None:
        super().__init__(code, **facts)
        self.problems = problems


def refused(problems: tuple[Problem, ...]) -> TerritoryError:
    return TerritoryError("areas_refused", problems=problems, count=len(problems))
