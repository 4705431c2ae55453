"""Stage 3: every element has its agreed mark with what shows it, and the self-assessment is closed."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.instruments.queries.filled import Filled
from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.model_words import words_of
from cabildo.quality.models import Cycle
from cabildo.quality.queries.self_assessment import filled
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing


def register() -> None:
    gates.register("quality.elements_scored", of_cycle(elements_scored), ends=["acordar_puntajes"])


def elements_scored(cycle: Cycle) -> Iterator[Missing]:
    """Every score has its text and evidence, results their years (seed 001, slides 27 and 29).

    No element is blank, unless the model allows it.
    """
    start = reverse("quality:self_assessment", args=[cycle.number])
    if cycle.self_assessment is None:
        yield Missing(_("Comenzar la autoevaluación"), start)
    elif cycle.self_assessment.is_open:
        yield from _open(cycle, start)


def _open(cycle: Cycle, start: str) -> Iterator[Missing]:
    """What keeps it from being closed: how many elements have no mark, and how many other things are missing."""
    seen = filled(cycle, timezone.localdate())
    found = seen.blocking
    others = len(found) - sum(fault.code == "not_assessed" for fault in found)
    yield from to_agree(cycle, seen)
    if others:
        words = ngettext("Completar %s cosa de la revisión", "Completar %s cosas de la revisión", others)
        yield Missing(words % others, reverse("quality:review", args=[cycle.number]))
    if not found:
        yield Missing(_("Cerrar la autoevaluación"), start)


def to_agree(cycle: Cycle, seen: Filled) -> Iterator[Missing]:
    """How many elements must still have an agreed score: all that have none, or one where the model lets them stay
    blank, since a self-assessment without any has no result."""
    blank = sum(fault.code == "not_assessed" for fault in seen.blocking)
    if not blank:
        return
    page = reverse("quality:consensus_list", args=[cycle.number])
    units = words_of(seen.assessment)
    if seen.may_stay_blank:
        yield Missing(_("Acordar el puntaje de al menos un %s") % units.one, page)
        return
    given = {"count": blank, "units": units.one if blank == 1 else units.many}
    yield Missing(_("Acordar el puntaje de %(count)s %(units)s") % given, page)
