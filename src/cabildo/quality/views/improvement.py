"""Stage 5: the feedback told, the gaps, the matrix; what follows is on the page of the plan."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.indicators.responses import as_file
from cabildo.quality.actions import improvement as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.diagnosis import MeetingForm
from cabildo.quality.forms.improvement import OptionForm, WeightsForm
from cabildo.quality.model_words import words_of
from cabildo.quality.models import Cycle, MatrixWeights, Option
from cabildo.quality.queries import improvement as queries
from cabildo.quality.queries import run_of
from cabildo.quality.queries.improvement import Baseline, Offer
from cabildo.quality.shown import improvement as shown
from cabildo.quality.shown import improvement_boards as boards
from cabildo.quality.views.diagnosis import crumbs, find_cycle
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb


@dataclass(frozen=True)
class Weighed:
    """A methodology offered in a cycle."""

    cycle: Cycle
    baseline: Baseline
    offer: Offer

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id


def find_offer(user: Any, number: int, methodology: str) -> Weighed:
    cycle = find_cycle(user, number)
    baseline = queries.baseline_of(cycle)
    offers = queries.offers_of(cycle, baseline) if baseline else []
    offer = next((one for one in offers if one.code == methodology), None)
    if baseline is None or offer is None:
        raise Http404
    return Weighed(cycle, baseline, offer)


def stage_url(cycle: Cycle, part: str = "") -> str:
    """The page of stage 5, at one of its parts."""
    return reverse("quality:improvement", args=[cycle.number]) + (f"#{part}" if part else "")


def stage_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return crumbs(cycle, Crumb(f"{cycle} · {_('Plan de Mejoras')}", stage_url(cycle)), *more)


@requires(QualityPermission.VIEW, on=find_cycle)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Each part of the stage with what is there and what is missing."""
    baseline = queries.baseline_of(cycle)
    offers = queries.offers_of(cycle, baseline) if baseline else []
    plan = queries.plan_of(cycle)
    context = {
        "cycle": cycle,
        "steps": shown.steps(cycle),
        "meeting": queries.dissemination_meeting(cycle),
        "baseline": baseline,
        "source": shown.source_of(baseline) if baseline else "",
        "notice": shown.notice_of(baseline) if baseline else "",
        "figures": shown.figures(baseline) if baseline else [],
        "chosen": [offer for offer in offers if offer.option and offer.option.is_chosen],
        "waiting": queries.without_line(offers),
        "plan": plan,
        "immediate": list(cycle.immediate_actions.select_related("responsible")),
        "today": timezone.localdate(),
        "run": run_of(cycle),
        "may_lead": may_lead(request, cycle),
        "crumbs": crumbs(cycle, Crumb(f"{cycle} · {_('Plan de Mejoras')}")),
    }
    return render(request, "quality/improvement.html", context)


@requires(QualityPermission.LEAD, on=find_cycle)
def dissemination(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Plan the activity; call, attendance and acta are pages of the meeting."""
    known = queries.dissemination_meeting(cycle)
    if known is not None:
        return redirect("meetings:detail", meeting_id=known.pk)
    form = MeetingForm(sent(request))
    page = Page(
        heading=_("Difundir la retroalimentación"),
        lead=_("Muestre a las unidades, criterio por criterio, las fortalezas y las oportunidades de mejora."),
        submit=_("Planificar la actividad"),
        act=lambda data: actions.plan_dissemination(
            cycle, starts_at=form.starts_at, place=data["place"], by=request.user
        ),
        done=_("Actividad planificada. Agregue a quienes asistirán y convóquelos."),
        back=lambda made: reverse("meetings:detail", args=[made.pk]),
        crumbs=stage_crumbs(cycle),
        cancel=stage_url(cycle, "difusion"),
    )
    return answer(request, form, page)


@requires(QualityPermission.VIEW, on=find_cycle)
def gaps(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Every element below its highest, what the validators saw, and what the model offers for it."""
    baseline = queries.baseline_of(cycle)
    if baseline is None:
        return redirect(stage_url(cycle))
    offers, opportunities = queries.offers_of(cycle, baseline), queries.opportunities_of(cycle)
    file = as_file(request, boards.gaps_board(cycle, baseline, offers, opportunities), "brechas")
    if file is not None:
        return file
    parts = shown.parts_with_gaps(baseline, offers, opportunities)
    context = {
        "cycle": cycle,
        "source": shown.source_of(baseline),
        "is_validated": baseline.is_validated,
        "notice": shown.notice_of(baseline),
        "figures": shown.figures(baseline),
        "words": words_of(baseline.layer.assessment),
        "parts": parts,
        "jumps": list(dict.fromkeys((part.criterion, part.anchor) for part in parts)),
        "may_lead": may_lead(request, cycle),
        "crumbs": stage_crumbs(cycle, Crumb(_("Brechas"))),
    }
    return render(request, "quality/improvement_gaps.html", context)


@requires(QualityPermission.VIEW, on=find_cycle)
def matrix(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The prioritisation matrix as a table, and drawn."""
    baseline = queries.baseline_of(cycle)
    if baseline is None:
        return redirect(stage_url(cycle))
    weights = queries.weights_of(cycle)
    placed = shown.matrix(queries.offers_of(cycle, baseline), weights)
    file = as_file(request, boards.matrix_board(cycle, baseline, placed, weights), "matriz")
    if file is not None:
        return file
    context = {
        "cycle": cycle,
        "source": shown.source_of(baseline),
        "is_validated": baseline.is_validated,
        "notice": shown.notice_of(baseline),
        "headings": shown.matrix_headings(),
        "weights": shown.weights_in_words(weights),
        "valued": [one for one in placed if one.offer.option],
        "offered": [one for one in placed if not one.offer.option],
        "chart": shown.matrix_chart(placed, shown.source_of(baseline)),
        "may_lead": may_lead(request, cycle),
        "crumbs": stage_crumbs(cycle, Crumb(_("Matriz de priorización"))),
    }
    return render(request, "quality/improvement_matrix.html", context)


def matrix_url(cycle: Cycle) -> str:
    return reverse("quality:matrix", args=[cycle.number])


@requires(QualityPermission.LEAD, on=find_cycle)
def weights(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """How much each criterion of the matrix weighs."""
    held = queries.weights_of(cycle)
    form = WeightsForm(sent(request), instance=held)
    page = Page(
        heading=_("Pesos de la matriz"),
        lead=_("Cuánto pesa cada criterio, en porcentaje. Los cuatro suman 100."),
        submit=_("Guardar"),
        act=lambda data: actions.save_weights(cycle, by=request.user, **data),
        done=_("Pesos guardados. La matriz está ordenada de nuevo."),
        back=matrix_url(cycle),
        crumbs=stage_crumbs(cycle, Crumb(_("Matriz de priorización"), matrix_url(cycle))),
        fresh=lambda: MatrixWeights.objects.get(cycle=cycle),
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_offer)
def option(request: StaffRequest, asked: Weighed) -> HttpResponse:
    """The values of a methodology, whether it fits in twelve months, and whether it is chosen."""
    cycle, offer = asked.cycle, asked.offer
    code = offer.code
    known = Option.objects.filter(cycle=cycle, methodology=code).first()
    form = OptionForm(sent(request), instance=known)
    page = Page(
        heading=offer.methodology["label"],
        lead=_lead(asked),
        submit=_("Guardar"),
        act=lambda data: actions.value_option(cycle, code, by=request.user, **data),
        done=_("Valores guardados."),
        back=matrix_url(cycle),
        crumbs=stage_crumbs(cycle, Crumb(_("Matriz de priorización"), matrix_url(cycle))),
        draft_key=f"calidad-opcion-{cycle.pk}-{code}",
        fresh=lambda: get_object_or_404(Option, cycle=cycle, methodology=code),
    )
    return answer(request, form, page)


def _lead(asked: Weighed) -> str:
    told = asked.offer.methodology
    words = _("%(about)s Toma unos %(months)s meses y recupera hasta %(points)s puntos. %(source)s")
    return words % {
        "about": told["about"],
        "months": told["months"],
        "points": shown.points(asked.offer.points),
        "source": shown.source_of(asked.baseline),
    }
