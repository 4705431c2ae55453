"""Stage 5: the plan made of what was chosen, its two programmes, what each line should reach."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.rules.states import REBASELINED
from cabildo.quality.actions import improvement_plan as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.improvement import PlanForm, TargetsForm
from cabildo.quality.models import Cycle
from cabildo.quality.plan_kind import LINE, targets_of
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries.improvement import Baseline
from cabildo.quality.queries.plan_lines import plan_lines
from cabildo.quality.rules.gaps import Gap
from cabildo.quality.rules.programme import ANNUAL_MONTHS, last_day
from cabildo.quality.shown import improvement as shown
from cabildo.quality.shown.stage_papers import StagePaper
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.improvement import stage_crumbs, stage_url
from cabildo.quality.views.stage_files import as_stage_file
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb


def programme_url(cycle: Cycle) -> str:
    return reverse("quality:programme", args=[cycle.number])


@requires(QualityPermission.LEAD, on=find_cycle)
def create(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Write the plan with a line for each chosen methodology."""
    today = timezone.localdate()
    usual = {"title": shown.title_of(cycle), "starts_on": today, "ends_on": last_day(today, ANNUAL_MONTHS)}
    form = PlanForm(sent(request), initial=usual)
    page = Page(
        heading=_("Crear el Plan de Mejoras"),
        lead=_("Cada metodología elegida será una línea, con sus pasos como actividades. Después se completa."),
        submit=_("Crear el plan"),
        act=lambda data: actions.write_plan(cycle, by=request.user, **data),
        done=_("Plan creado. Complete ahora cada línea."),
        back=programme_url(cycle),
        crumbs=stage_crumbs(cycle),
        cancel=stage_url(cycle, "plan"),
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_cycle)
def add_chosen(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Lines for what was chosen since."""
    asked = Question(
        heading=_("¿Agregar al plan lo elegido?"),
        consequence=_("Se agrega una línea por cada metodología elegida que falta. Las que ya están no cambian."),
        confirm=_("Agregar"),
        act=lambda: actions.add_chosen(cycle, by=request.user),
        done=_("Líneas agregadas."),
        back=programme_url(cycle),
    )
    return confirm(request, asked)


def _paper(cycle: Cycle, plan: Plan) -> StagePaper:
    from cabildo.quality.shown import programme_paper  # by who asks for the file, not by the start

    return programme_paper.paper(programme_paper.told(cycle, plan, timezone.localdate()))


@requires(QualityPermission.VIEW, on=find_cycle)
def programme(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The annual programme, and what comes after its twelve months; or both as a file."""
    plan = queries.plan_of(cycle)
    if plan is None:
        return redirect(stage_url(cycle, "plan"))
    file = as_stage_file(request, lambda: _paper(cycle, plan))
    if file is not None:
        return file
    lines = shown.lines_shown(plan_lines(plan), queries.baseline_of(cycle))
    context = {
        "cycle": cycle,
        "plan": plan,
        "last_day": last_day(plan.starts_on, ANNUAL_MONTHS),
        "annual": [one for one in lines if one.line.is_annual],
        "later": [one for one in lines if not one.line.is_annual],
        "complete": sum(not one.missing for one in lines),
        "total": len(lines),
        "may_lead": may_lead(request, cycle),
        "crumbs": stage_crumbs(cycle, Crumb(_("Programa"))),
    }
    return render(request, "quality/improvement_programme.html", context)


def find_line(_user: Any, number: int, pk: int) -> PlanNode:
    """A line of the plan of this cycle."""
    plan = queries.plan_of(get_object_or_404(Cycle, number=number))
    lines = PlanNode.objects.select_related("plan").filter(level=LINE, removed_on__isnull=True)
    return get_object_or_404(lines, plan=plan, pk=pk)


@requires(QualityPermission.LEAD, on=find_line)
def targets(request: StaffRequest, line: PlanNode) -> HttpResponse:
    """The score that each element of a line should reach."""
    cycle = get_object_or_404(Cycle, pk=line.plan.on_id)
    baseline = queries.baseline_of(cycle)
    if baseline is None:
        return redirect(stage_url(cycle))
    kept: dict[str, Any] = {**targets_of(line.expected_effect), "revision": line.revision}
    approved = line.plan.state in REBASELINED
    form = TargetsForm(sent(request), elements=_elements(line, baseline), ask_reason=approved, initial=kept)
    page = Page(
        heading=_("Puntaje esperado"),
        lead=_("%s. Al terminar el plan se compara con lo alcanzado.") % line,
        submit=_("Guardar"),
        act=lambda data: _expect(request, line, form),
        done=_("Puntajes esperados guardados."),
        back=programme_url(cycle),
        crumbs=stage_crumbs(cycle, Crumb(_("Programa"), programme_url(cycle))),
    )
    return answer(request, form, page)


def _expect(request: StaffRequest, line: PlanNode, form: TargetsForm) -> PlanNode:
    data = form.cleaned_data
    told = {"revision": data["revision"], "reason": data.get("reason", "")}
    return actions.expect(line, targets=form.scores, by=request.user, **told)


def _elements(line: PlanNode, baseline: Baseline) -> list[tuple[str, str, str, int]]:
    """The elements that the methodology of the line closes, and those it has a target for."""
    wanted = set(targets_of(line.expected_effect))
    found = {gap.element: gap for gap in baseline.gaps}
    parts = {gap.subcriterion for gap in baseline.gaps if gap.element in wanted}
    labels = baseline.element_labels()
    shown_here = [
        found[name]
        for name in labels
        if name in found and (name in wanted or found[name].subcriterion in parts or not wanted)
    ]
    return [(gap.element, labels[gap.element], _today(gap), int(gap.maximum)) for gap in shown_here]


def _today(gap: Gap) -> str:
    return _("Hoy: %s.") % shown.score_of(gap.score if gap.is_assessed else None)
