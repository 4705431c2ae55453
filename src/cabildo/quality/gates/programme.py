"""The line of the cycle: confirmed by the programme with its reason; levelling leads to a new diagnosis first."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.quality import queries
from cabildo.quality.choices import Line
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.models import Cycle
from cabildo.quality.queries.accreditation import follows_the_line
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing


def register() -> None:
    gates.register("quality.line_confirmed", of_cycle(line_confirmed))


def line_confirmed(cycle: Cycle) -> Iterator[Missing]:
    """A decision stands about the diagnosis as it was closed, and it lets the cycle go on (seed 001, slide 11)."""
    page = reverse("quality:line", args=[cycle.number])
    decision = queries.standing_decision(cycle)
    if decision is None:
        yield Missing(_("Pedir al organismo del programa que confirme la línea"), page)
    elif decision.line == Line.LEVELLING:
        yield from _levelling(cycle, page)
    elif decision.line == Line.ACCREDITATION and not follows_the_line(cycle):
        follow = _("La línea ya está confirmada: sigan en el proceso de acreditación.")
        yield Missing(_("Seguir en el proceso de la línea de acreditación"), page, follow)


def _levelling(cycle: Cycle, page: str) -> Iterator[Missing]:
    activities = queries.levelling_of(cycle)
    pending = [one for one in activities if one.done_on is None]
    fix = _("La línea confirmada es nivelación: hagan sus actividades y después repitan el diagnóstico.")
    if not activities:
        yield Missing(_("Planificar las actividades de nivelación"), page, fix)
    for one in pending:
        yield Missing(_("Hacer la actividad de nivelación: %s") % one.what, page, fix)
    if activities and not pending:
        yield Missing(_("Repetir el diagnóstico"), page, fix)
