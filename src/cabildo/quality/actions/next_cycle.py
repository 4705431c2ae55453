"""How does a cycle end and the next begin, with what the municipality already wrote?"""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.content.models import PackVersion
from cabildo.instruments import actions as instruments
from cabildo.instruments.actions.copying import copy_assessment
from cabildo.instruments.models import Assessment
from cabildo.quality import queries
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.actions.leading import lead_if_nobody_does
from cabildo.quality.actions.validators import release
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.quality.queries.between_cycles import next_model
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions import runs, stages
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessRun
from cabildo.workflow.queries import calendar


@transaction.atomic
def next_cycle(cycle: Cycle, *, today: date, by: User) -> Cycle:
    """Close a cycle whose process ended and begin the next, which names it as `previous`.

    A new diagnosis, on the questionnaire in use; a copy of the self-assessment with its text and evidence, without
    states nor marks; the same roles in a new run of the process. QualityError cycle_closed, cycle_left while its
    process is withdrawn, stages_open, no_questionnaire, no_process.
    """
    cycle = hold_open(cycle.pk)
    run = _ended_run(cycle)
    questionnaire = queries.questionnaire_in_use()
    if questionnaire is None:
        raise QualityError("no_questionnaire")
    release(cycle, on=today, reason=_("Terminó el ciclo."), by=by)
    cycle.closed_on = today
    cycle.save(update_fields=["closed_on"])
    audit.record("cycle.closed", on=cycle, by=by)
    following: Cycle = Cycle.objects.create(
        municipality_id=cycle.municipality_id, number=cycle.number + 1, opened_on=today, previous=cycle
    )
    following.diagnosis = instruments.open_assessment(
        version=PackVersion.objects.get(pk=questionnaire.version_id),
        title=_("Diagnóstico del ciclo %s") % following.number,
        on=following,
        by=by,
        previous=cycle.diagnosis,
    )
    following.self_assessment = _copied(cycle, following, by)
    following.save(update_fields=["diagnosis", "self_assessment"])
    _begin_run(run, following, today, by)
    audit.record("cycle.begun", on=following, by=by, data={"previous": cycle.pk})
    return following


def _ended_run(cycle: Cycle) -> ProcessRun:
    run = queries.run_of(cycle)
    if run is None:
        raise QualityError("no_process")
    if run.state == RunState.WITHDRAWN:
        raise QualityError("cycle_left", number=cycle.number)
    if run.is_open:
        still = [stage.label for stage in processes.stages_of(run) if stage.ended_on is None]
        raise QualityError("stages_open", stages="; ".join(still))
    return run


def _copied(cycle: Cycle, following: Cycle, by: User) -> Assessment | None:
    """The self-assessment once more, on the version of its model now in use, or on the model a mapping leads to."""
    source = cycle.self_assessment
    if source is None:
        return None
    title = _("Autoevaluación del ciclo %s") % following.number
    return copy_assessment(source, title=title, on=following, by=by, version=next_model(source).after)


def _begin_run(run: ProcessRun, following: Cycle, today: date, by: User) -> None:
    planned = runs.new_cycle(
        run,
        planned_start_on=calendar(today).next_business_day(today),
        by=by,
        version=queries.process_version(today),
        title=_("Programa de calidad · %s") % following,
        on_id=str(following.number),
    )
    lead_if_nobody_does(following, by=by)
    stages.begin_stage(processes.stages_of(planned)[0], by=by, today=today)
