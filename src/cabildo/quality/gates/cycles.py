"""A check asks something of a cycle; the register asks it of a run."""

from collections.abc import Callable, Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.quality import queries
from cabildo.quality.models import Cycle
from cabildo.workflow.processes.gates import Check, Missing
from cabildo.workflow.processes.models import ProcessRun


def of_cycle(check: Callable[[Cycle], Iterable[Missing]]) -> Check:
    """The check as the register takes it: of the cycle that the run is about."""

    def of_run(run: ProcessRun) -> Iterator[Missing]:
        cycle = queries.cycle_of(run)
        if cycle is None:
            yield Missing(_("Comenzar el diagnóstico"), reverse("quality:cycles"))
        else:
            yield from check(cycle)

    return of_run
