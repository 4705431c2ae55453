"""A process as a file: on paper, and as a workbook."""

from django.http import HttpResponse
from django.utils import timezone

from cabildo.accounts.access import StaffRequest, requires
from cabildo.documents import papers
from cabildo.ui.list_files import MEDIA_TYPES, XLSX
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.exports import RunRecord, run_record, run_workbook
from cabildo.workflow.processes.models import ProcessRun
from cabildo.workflow.processes.paper import run_report
from cabildo.workflow.processes.views.found import run_at


@requires(ProcessPermission.VIEW, on=run_at)
def report(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """The whole process as PDF."""
    at = timezone.now().replace(microsecond=0)  # a PDF dates to the second
    return _file(papers.pdf(run_report(_record(found), at=at)), "application/pdf", f"proceso-{found.pk}.pdf")


@requires(ProcessPermission.VIEW, on=run_at)
def workbook(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """The whole process as a workbook."""
    return _file(run_workbook(_record(found)), MEDIA_TYPES[XLSX], f"proceso-{found.pk}.xlsx")


def _record(found: ProcessRun) -> RunRecord:
    return run_record(found, timezone.localdate())


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
