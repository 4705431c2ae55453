"""What a cycle that ends or leaves the programme means to its process and its assessments, which know nothing of it."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.instruments.guards import register_guard
from cabildo.instruments.models import Assessment
from cabildo.quality import queries
from cabildo.quality.cycle_over import why_over
from cabildo.quality.models import Cycle
from cabildo.workflow.processes import subjects
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessRun
from cabildo.workflow.processes.subjects import Beginning, Pages


def pages_of(run: ProcessRun) -> Pages:
    """Of the process that the cycle follows; one that it left for another stays as it is. Two queries."""
    cycle = queries.cycle_of(run)
    if cycle is None or cycle.closed_on is not None or queries.run_of(cycle) != run:
        return Pages("", "", "")
    leave, resume, following = (
        reverse(f"quality:{name}", args=[cycle.number]) for name in ("leave", "come_back", "next_cycle")
    )
    return Pages(leave, resume, following if run.state == RunState.ENDED else "")


def why_shut(assessment: Assessment) -> str:
    """An assessment of a cycle that ended or left the programme is not written."""
    return why_over(assessment.on_id)


def register() -> None:
    register_guard(Cycle._meta.label_lower, why_shut)
    begins = Beginning("quality.", _("Calidad, con su ciclo"), "quality:cycles")
    subjects.register(Cycle._meta.label_lower, pages_of, begins)
