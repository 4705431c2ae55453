"""How does a cycle leave the programme, come back to it, or end without being finished?"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.quality import queries
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.actions.validators import release
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.workflow.processes.actions import runs
from cabildo.workflow.processes.models import ProcessRun


@transaction.atomic
def leave(cycle: Cycle, *, reason: str, by: User) -> ProcessRun:
    """The municipality does not go on for now: its process is withdrawn, and nothing of the cycle changes meanwhile.

    QualityError cycle_closed, cycle_left, no_process, process_ended, reason_missing.
    """
    held = hold_open(cycle.pk)
    run = _run(held)
    if not run.is_open:
        raise QualityError("process_ended", number=held.number)
    if not reason.strip():
        raise QualityError("reason_missing")
    left = runs.withdraw(run, reason=reason.strip(), by=by)
    audit.record("cycle.left", on=held, by=by, data={"run": run.pk})
    return left


@transaction.atomic
def come_back(cycle: Cycle, *, reason: str, by: User) -> ProcessRun:
    """The cycle goes on where it was left; its days stay as they were planned, so that the delay shows.

    QualityError cycle_closed, cycle_not_left, reason_missing.
    """
    held, run = _left(cycle)
    if not reason.strip():
        raise QualityError("reason_missing")
    resumed = runs.resume(run, reason=reason.strip(), by=by)
    audit.record("cycle.resumed", on=held, by=by, data={"run": run.pk})
    return resumed


@transaction.atomic
def end_unfinished(cycle: Cycle, *, today: date, by: User) -> Cycle:
    """The cycle that left will not go on: it ends as it is, and another may begin from its diagnosis.

    Its stages stay open in the history: nobody can take it for a cycle that was finished.
    QualityError cycle_closed, cycle_not_left.
    """
    held, run = _left(cycle)
    release(held, on=today, reason=_("El ciclo se dejó sin terminar."), by=by)
    held.closed_on = today
    held.save(update_fields=["closed_on"])
    audit.record("cycle.ended_unfinished", on=held, by=by, data={"run": run.pk})
    return held


def _left(cycle: Cycle) -> tuple[Cycle, ProcessRun]:
    """The cycle, held, and its process, which is withdrawn."""
    held = hold_open(cycle.pk, even_left=True)
    if not queries.has_left(held):
        raise QualityError("cycle_not_left", number=held.number)
    return held, _run(held)


def _run(cycle: Cycle) -> ProcessRun:
    run = queries.run_of(cycle)
    if run is None:
        raise QualityError("no_process")
    return run
