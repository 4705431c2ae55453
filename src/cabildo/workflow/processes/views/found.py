"""What an address of the processes names, or Http404."""

from typing import Any

from django.http import Http404

from cabildo.workflow.processes import queries
from cabildo.workflow.processes.models import ProcessRun, RunRole, StageRun, TaskRun

THEIR_RUN = ("run__department", "run__leader", "run__municipality", "run__pack_version__pack")


def run_at(_user: Any, pk: int) -> ProcessRun:
    found = queries.runs().select_related("previous").filter(pk=pk).first()
    return _or_404(found)


def role_at(_user: Any, pk: int) -> RunRole:
    found = RunRole.objects.filter(pk=pk).select_related("run", "responsible", "department").first()
    return _or_404(found)


def stage_at(_user: Any, pk: int, **_rest: str) -> StageRun:
    found = StageRun.objects.filter(pk=pk).select_related(*THEIR_RUN).defer("run__pack_version__body").first()
    return _or_404(found)


def task_at(_user: Any, pk: int, **_rest: str) -> TaskRun:
    theirs = [f"stage__{name}" for name in THEIR_RUN]
    found = TaskRun.objects.filter(pk=pk).select_related("responsible", "department", "ended_by", *theirs)
    return _or_404(found.defer("stage__run__pack_version__body").first())


def _or_404[Row](row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row
