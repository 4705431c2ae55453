"""Stage 2: half or more of the committee is trained, or its levelling was asked for (seed 001, slides 24 and 28)."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.quality.gates.cycles import of_cycle
from cabildo.quality.models import Cycle
from cabildo.quality.queries import trainings as asked
from cabildo.ui.spanish import number
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.gates import Missing


def register() -> None:
    gates.register("quality.committee_trained", of_cycle(committee_trained))


def committee_trained(cycle: Cycle) -> Iterator[Missing]:
    """Both counts are said; the levelling that serves is the one of the second visit, which comes next."""
    found = asked.trained_of(cycle, timezone.localdate())
    if not found.members:
        yield Missing(_("Registrar el decreto que nombra al comité"), reverse("quality:decree", args=[cycle.number]))
    elif not found.is_enough and asked.FIRST not in asked.levelling_requests(cycle):
        counts = {"trained": number(found.trained), "members": number(found.members)}
        words = _("Capacitar al comité o pedir su nivelación: asistieron %(trained)s de %(members)s integrantes")
        yield Missing(words % counts, reverse("quality:training", args=[cycle.number]))
