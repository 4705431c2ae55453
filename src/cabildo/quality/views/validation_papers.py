"""Both reports of the validators as files: what went out, to be edited in Word or read in a workbook."""

from django.http import HttpResponse

from cabildo.accounts.access import StaffRequest, requires
from cabildo.documents import papers, word
from cabildo.quality import feedback_report, plan_validation_report
from cabildo.quality.choices import QualityPermission
from cabildo.quality.feedback_report import Content
from cabildo.quality.model_words import standing
from cabildo.quality.models import PlanValidation, Validation
from cabildo.quality.queries import plan_validation as plans
from cabildo.quality.queries import validation as queries
from cabildo.quality.shown import validation_tables as tables
from cabildo.quality.shown.books import book
from cabildo.quality.views.feedback import find_out
from cabildo.quality.views.plan_validation import find_plan_out
from cabildo.quality.views.report import attached

VIEW = QualityPermission.VIEW


@requires(VIEW, on=find_out)
def feedback_docx(request: StaffRequest, validation: Validation) -> HttpResponse:
    """The last feedback report, to be edited in Word."""
    return attached(word.docx(feedback_report.report(_content(validation))), _feedback_name(validation), "docx")


@requires(VIEW, on=find_out)
def feedback_xlsx(request: StaffRequest, validation: Validation) -> HttpResponse:
    """What it stores, as a workbook."""
    content = _content(validation)
    scope = f"{validation.cycle} · {standing(content.whole.assessment.version)}"
    return attached(book(tables.feedback_tables(content), scope), _feedback_name(validation), "xlsx")


def _content(validation: Validation) -> Content:
    return feedback_report.as_issued(validation, queries.reports_of(validation.cycle)[0])


def _feedback_name(validation: Validation) -> str:
    return f"informe-retroalimentacion-ciclo-{validation.cycle.number}"


@requires(VIEW, on=find_plan_out)
def plan_pdf(request: StaffRequest, validation: PlanValidation) -> HttpResponse:
    """The report on the plan with what the municipality decided since."""
    return attached(papers.pdf(plan_validation_report.report(plans.reading_of(validation))), _name(validation), "pdf")


@requires(VIEW, on=find_plan_out)
def plan_docx(request: StaffRequest, validation: PlanValidation) -> HttpResponse:
    """The same, to be edited in Word."""
    return attached(word.docx(plan_validation_report.report(plans.reading_of(validation))), _name(validation), "docx")


@requires(VIEW, on=find_plan_out)
def plan_xlsx(request: StaffRequest, validation: PlanValidation) -> HttpResponse:
    """What it stores, as a workbook."""
    scope = f"{validation.cycle} · {plan_validation_report.standing_of(validation)}"
    return attached(book(tables.plan_tables(plans.reading_of(validation)), scope), _name(validation), "xlsx")


def _name(validation: PlanValidation) -> str:
    return f"informe-validacion-plan-ciclo-{validation.cycle.number}"
