"""A fair that can be run: its pack published, its check of permits in our hands."""

import pytest

from cabildo import audit
from cabildo.content import actions as content
from cabildo.content.validation import checked
from cabildo.workflow.processes import gates, queries
from cabildo.workflow.processes.actions import runs, stages, tasks
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.gates import Missing
from cabildo.workflow.processes.models import StageRun, TaskRun
from workflow.processes import fair


@pytest.fixture
def permits(monkeypatch) -> list[Missing]:
    """What the check of permits finds missing: nothing until a test says so."""
    missing: list[Missing] = []
    monkeypatch.setattr(gates, "_checks", {**gates._checks, "feria.permits": lambda run: missing})
    return missing


@pytest.fixture
def version(db):
    return content.publish(body=checked(fair.body()), by=audit.SYSTEM).version


@pytest.fixture
def plan(version, permits, carmen, obras):
    """Plans fairs led by Obras, whose tasks are Carmen's."""

    def start(title="Feria 2026", **more):
        given = {"planned_start_on": fair.MONDAY, "department": obras, "holders": {"lider": Holder(carmen, obras)}}
        return runs.start(version=version, title=title, by=carmen, **{**given, **more})

    return start


@pytest.fixture
def run(plan):
    return plan()


@pytest.fixture
def stage(run):
    return lambda code, of=None: StageRun.objects.select_related("run").get(run=of or run, code=code)


@pytest.fixture
def task(run):
    return lambda code, of=None: TaskRun.objects.select_related("stage__run").get(stage__run=of or run, code=code)


@pytest.fixture
def begun(run, stage, carmen):
    """The run with its first stage under way since Monday."""
    stages.begin_stage(stage("preparar"), by=carmen, today=fair.MONDAY)
    run.refresh_from_db()
    return run


@pytest.fixture
def finish(task, carmen):
    """Do a task on a day; every one is done on Monday unless said otherwise."""

    def done(code, on=fair.MONDAY, of=None):
        return tasks.finish_task(task(code, of), ended_on=on, by=carmen, today=on)

    return done


@pytest.fixture
def ready_to_close(begun, finish, stage, carmen):
    """The first stage with its required tasks done and its gate passed by hand."""
    finish("reservar")
    finish("llamar")
    stages.pass_gate(stage("preparar"), "equipo", said="Decreto 12", by=carmen)
    return begun


@pytest.fixture
def standing_of():
    return lambda run, today, days: queries.standings([run], today, days)[0]
