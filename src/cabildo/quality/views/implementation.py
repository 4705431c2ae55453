"""Stage 7: the validated plan told to everybody, followed, carried out, and what it won."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.models import Department
from cabildo.indicators.responses import as_file
from cabildo.instruments.queries.items import Item, items_of
from cabildo.plans.curve import progress_chart
from cabildo.plans.queries.tree import tree
from cabildo.quality.actions import implementation as actions
from cabildo.quality.choices import QualityPermission, Scope
from cabildo.quality.forms.implementation import ReachedForm, ReachForm
from cabildo.quality.model_words import words_of
from cabildo.quality.models import Cycle, DiffusionReach
from cabildo.quality.queries import committee, run_of
from cabildo.quality.queries import implementation as queries
from cabildo.quality.queries.improvement import Baseline, baseline_of, plan_of
from cabildo.quality.queries.plan_validation import plan_validation_of
from cabildo.quality.shown import committee as shown_committee
from cabildo.quality.shown import comparisons
from cabildo.quality.shown import implementation as shown
from cabildo.quality.shown.improvement import notice_of, source_of, start_of
from cabildo.quality.shown.since_validated import since_validated
from cabildo.quality.shown.stage_papers import StagePaper
from cabildo.quality.views.diagnosis import crumbs, find_cycle
from cabildo.quality.views.stage_files import as_stage_file
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb


@dataclass(frozen=True)
class Told:
    """A department to be told about the validated plan of a cycle."""

    cycle: Cycle
    department: Department

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id


def find_told(user: Any, number: int, code: str) -> Told:
    return Told(find_cycle(user, number), get_object_or_404(Department, is_active=True, code=code))


def stage_url(cycle: Cycle, part: str = "") -> str:
    """The page of stage 7, at one of its parts."""
    return reverse("quality:implementation", args=[cycle.number]) + (f"#{part}" if part else "")


def stage_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return crumbs(cycle, Crumb(f"{cycle} · {_('Implementación')}", stage_url(cycle)), *more)


def _paper(cycle: Cycle, today: date) -> StagePaper:
    from cabildo.quality.shown import implementation_paper  # by who asks for the file, not by the start

    return implementation_paper.paper(implementation_paper.told(cycle, today))


@requires(QualityPermission.VIEW, on=find_cycle)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Diffusion, follow-up, progress and comparison, each with what is missing; or all of it as a file."""
    today = timezone.localdate()
    file = as_stage_file(request, lambda: _paper(cycle, today))
    if file is not None:
        return file
    plan = plan_of(cycle)
    rows = [shown.ReachShown(*found) for found in queries.reach_by_department(cycle)]
    context = {
        "cycle": cycle,
        "steps": shown.steps(cycle),
        "reach": rows,
        "left_out": any(row.is_left_out for row in rows),
        "reach_figures": shown.reached_in_all(rows),
        "follow_ups": shown_committee.follow_ups(committee.follow_ups_of(cycle, Scope.PLAN), today),
        "plan": plan,
        "since": since_validated(plan_validation_of(cycle)),
        "run": run_of(cycle),
        "may_lead": may_lead(request, cycle),
        "may_reach": may_lead(request, cycle) and queries.is_carried_out(cycle),
        "crumbs": crumbs(cycle, Crumb(f"{cycle} · {_('Implementación')}")),
    }
    if plan is not None:
        grown = tree(plan)
        late = shown.late_activities(grown, today)
        context |= {
            "figures": shown.progress_figures(grown, late, today),
            "late": shown.with_measures(late),
            "chart": progress_chart(grown, today),
        }
    return render(request, "quality/implementation.html", context)


@requires(QualityPermission.LEAD, on=find_told)
def reach(request: StaffRequest, told: Told) -> HttpResponse:
    """How many people of a department were told."""
    cycle, department = told.cycle, told.department
    held = DiffusionReach.objects.filter(cycle=cycle, department=department)
    form = ReachForm(sent(request), instance=held.first(), initial={"on": timezone.localdate()})
    page = Page(
        heading=_("Difusión en %s") % department,
        lead=_("A cuántas de sus personas se les contó qué se validó, qué se recomendó y qué les toca."),
        submit=_("Guardar"),
        act=lambda data: actions.save_reach(cycle, department, today=timezone.localdate(), by=request.user, **data),
        done=_("Difusión anotada."),
        back=stage_url(cycle, "difusion"),
        crumbs=stage_crumbs(cycle),
        draft_key=f"calidad-difusion-{cycle.pk}-{department.pk}",
        fresh=held.get,
    )
    return answer(request, form, page)


@requires(QualityPermission.VIEW, on=find_cycle)
def comparison(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Before and after of every element of the plan."""
    baseline = baseline_of(cycle)
    if baseline is None:
        return redirect(stage_url(cycle))
    compared = queries.before_and_after(cycle, baseline)
    board = comparisons.plan_board(cycle, compared, baseline)
    file = as_file(request, board, f"antes-y-despues-ciclo-{cycle.number}")
    if file is not None:
        return file
    start = shown.start_head(is_validated=baseline.is_validated)
    context = {
        "cycle": cycle,
        "compared": compared,
        "chart": board.panels[0].chart,
        "versions": comparisons.versions_words(baseline, compared),
        "source": source_of(baseline),
        "is_validated": baseline.is_validated,
        "notice": notice_of(baseline),
        "figures": shown.comparison_figures(compared),
        "table": shown.comparison_table(
            compared, baseline.element_labels(), start, words_of(baseline.layer.assessment)
        ),
        "may_lead": may_lead(request, cycle),
        "may_reach": may_lead(request, cycle) and queries.is_carried_out(cycle),
        "crumbs": stage_crumbs(cycle, Crumb(_("Antes y después"))),
    }
    return render(request, "quality/implementation_comparison.html", context)


@requires(QualityPermission.LEAD, on=find_cycle)
def reached(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The score that each element of the plan reached, as the committee declares."""
    baseline, expected = baseline_of(cycle), queries.expected_in(cycle).approved
    if baseline is None or not expected or not queries.is_carried_out(cycle):
        return redirect(stage_url(cycle, "comparacion"))
    again = cycle.final_assessment is not None
    form = ReachedForm(sent(request), asked=_asked(baseline, expected), is_again=again)
    page = Page(
        heading=_("Puntaje alcanzado"),
        lead=_("El comité acuerda qué puntaje alcanzó lo que el plan quiso subir. Es declarado: nadie lo ha validado."),
        submit=_("Sellar los puntajes"),
        act=lambda data: actions.record_reached(
            cycle, marks=form.marks, reason=data.get("reason", ""), by=request.user
        ),
        done=_("Puntajes sellados. Esta es la comparación."),
        back=reverse("quality:comparison", args=[cycle.number]),
        crumbs=stage_crumbs(cycle),
        cancel=stage_url(cycle, "comparacion"),
    )
    return answer(request, form, page)


def _asked(baseline: Baseline, expected: dict[str, int]) -> list[tuple[Item, str]]:
    """Every element of the plan, with where it started and what was expected."""
    words = _("Partió en %(start)s y se esperaba %(expected)s.")
    starts = {one.id: one for one in baseline.result.elements()}
    return [
        (item, words % {"start": start_of(starts[item.id]), "expected": expected[item.id]})
        for item in items_of(baseline.layer.assessment)
        if item.id in expected
    ]
