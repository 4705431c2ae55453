"""The plan on its way to who validates it: its files, what the consultant says, its sending."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.documents import papers, word
from cabildo.documents.reports import Report
from cabildo.plans.models import Plan
from cabildo.quality import queries
from cabildo.quality.actions import report as actions
from cabildo.quality.actions import sending
from cabildo.quality.choices import QualityPermission, Subject
from cabildo.quality.forms.report import ReviewForm, SendPlanForm
from cabildo.quality.gates import improvement
from cabildo.quality.gates import report as gates
from cabildo.quality.models import Cycle
from cabildo.quality.queries import report as told
from cabildo.quality.queries.improvement import plan_of
from cabildo.quality.shown import report
from cabildo.quality.views.diagnosis import crumbs
from cabildo.quality.views.report import attached
from cabildo.quality.views.writing import may_lead, may_write
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb
from cabildo.workflow.processes.gates import Missing


def find_cycle(_user: Any, number: int) -> Cycle:
    return get_object_or_404(queries.cycles(), number=number)


def sending_url(cycle: Cycle, part: str = "") -> str:
    return reverse("quality:plan_sending", args=[cycle.number]) + (f"#{part}" if part else "")


def sending_crumbs(cycle: Cycle) -> list[Crumb]:
    return crumbs(cycle, Crumb(f"{cycle} · {_('Envío del plan')}", sending_url(cycle)))


def _written(cycle: Cycle) -> Plan:
    """The plan of the cycle; 404 while there is none."""
    plan = plan_of(cycle)
    if plan is None:
        raise Http404
    return plan


@requires(QualityPermission.VIEW, on=find_cycle)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """What the consultant said of the plan and what was sent."""
    plan = plan_of(cycle)
    current = told.plan_fingerprint(plan) if plan else ""
    context = {
        "cycle": cycle,
        "plan": plan,
        "reviews": report.reviews(cycle, Subject.PLAN, current),
        "sendings": report.sendings(cycle, Subject.PLAN, current),
        "missing": _missing(cycle) if plan and queries.goes_on(cycle) else [],
        "may_lead": may_lead(request, cycle),
        "may_send": plan is not None and not gates.review_before_sending(cycle, Subject.PLAN, current),
        "may_review": plan is not None and may_write(request, cycle, QualityPermission.REVIEW_AS_CONSULTANT),
        "crumbs": crumbs(cycle, Crumb(f"{cycle} · {_('Envío del plan')}")),
    }
    return render(request, "quality/plan_sending.html", context)


def _missing(cycle: Cycle) -> list[Missing]:
    """What the stage will ask of the plan before it closes: better known before it is sent."""
    asked = (improvement.plan_feasible, improvement.plan_lines_complete, gates.plan_reviewed_by_consultant)
    return list(dict.fromkeys(lack for check in asked for lack in check(cycle)))


@requires(QualityPermission.VIEW, on=find_cycle)
def pdf(_request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The plan as it stands."""
    return attached(papers.pdf(_paper(cycle)), _name(cycle), "pdf")


@requires(QualityPermission.VIEW, on=find_cycle)
def docx(_request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The same, to be edited in Word."""
    return attached(word.docx(_paper(cycle)), _name(cycle), "docx")


@requires(QualityPermission.VIEW, on=find_cycle)
def xlsx(_request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Its tables, a sheet for each: what the sending keeps as data."""
    return attached(_data(cycle), _name(cycle), "xlsx")


def _paper(cycle: Cycle) -> Report:
    from cabildo.quality.shown import plan_paper  # by who asks for the file, not by the start

    return plan_paper.report(cycle, _written(cycle), timezone.localdate(), at=timezone.now())


def _data(cycle: Cycle) -> bytes:
    from cabildo.quality.shown import plan_paper  # likewise

    return plan_paper.xlsx(cycle, _written(cycle), timezone.localdate())


def _name(cycle: Cycle) -> str:
    return f"plan-de-mejoras-ciclo-{cycle.number}"


@requires(QualityPermission.REVIEW_AS_CONSULTANT, on=find_cycle)
def review(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The consultant's remarks on the plan as it stands."""
    form = ReviewForm(sent(request), initial={"seen": told.plan_fingerprint(_written(cycle))})
    page = Page(
        heading=_("Revisar el plan"),
        lead=_("Lea antes el plan completo. Si después cambia, habrá que revisarlo otra vez."),
        submit=_("Guardar la revisión"),
        act=lambda data: actions.review(cycle, subject=Subject.PLAN, by=request.user, **data),
        done=_("Revisión guardada."),
        back=sending_url(cycle, "revision"),
        crumbs=sending_crumbs(cycle),
        draft_key=f"calidad-plan-revision-{cycle.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_cycle)
def send(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Send the plan: it stops being a draft, and a copy of it is kept. What is not reviewed asks for no letter yet."""
    plan, last = _written(cycle), told.last_sending(cycle, Subject.PLAN)
    refusal = sending.review_refused(cycle, Subject.PLAN, told.plan_fingerprint(plan))
    if refusal is not None and request.method == "GET":
        messages.error(request, refusal.sentence)
        return redirect(sending_url(cycle, "revision"))
    known = last.to if last else told.validating_body()
    form = SendPlanForm(sent(request), request.FILES or None, initial={"to": known}, is_again=last is not None)
    page = Page(
        heading=_("Enviar el Plan de Mejoras"),
        lead=_("Se guarda una copia de lo enviado, y el plan deja de ser un borrador."),
        submit=_("Enviar"),
        act=lambda data: sending.send_plan(
            cycle, copy=_copy(cycle, plan), today=timezone.localdate(), by=request.user, **data
        ),
        done=_("Plan enviado."),
        back=sending_url(cycle, "envio"),
        crumbs=sending_crumbs(cycle),
    )
    return answer(request, form, page)


def _copy(cycle: Cycle, plan: Plan) -> sending.Copy:
    return sending.Copy(
        name=_("Plan de Mejoras, ciclo %s") % cycle.number,
        pdf=papers.pdf(_paper(cycle)),
        data=_data(cycle),
        content_sha256=told.plan_fingerprint(plan),
    )
