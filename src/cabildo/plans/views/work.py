"""What is told and proved of a node while the plan runs, and what hangs from it: milestones, money, indicators."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.models import User
from cabildo.indicators import actions as indicators
from cabildo.indicators.actions import Reading
from cabildo.plans import forms
from cabildo.plans.actions import parts
from cabildo.plans.actions import progress as actions
from cabildo.plans.choices import PlansPermission
from cabildo.plans.models import BudgetLine, CorrectiveMeasure, Milestone, NodeIndicator, PlanNode
from cabildo.plans.queries.record import find_line, find_link, find_measure, find_milestone, find_node
from cabildo.plans.views.writing import chosen, node_crumbs, node_url
from cabildo.ui.form_pages import Page, answer, sent

OWN = ("label", "formula", "numerator", "denominator", "unit", "direction", "band_low", "band_high", "periodicity",
       "source", "baseline", "baseline_on")  # fmt: skip


def _page(
    node: PlanNode, heading: str, submit: str, act: Callable[[dict[str, Any]], Any], done: str, **more: Any
) -> Page:
    return Page(heading, submit, act, done, back=node_url(node), crumbs=node_crumbs(node), **more)


@requires(PlansPermission.REPORT, on=find_node)
def report(request: StaffRequest, node: PlanNode) -> HttpResponse:
    today = timezone.localdate()
    page = _page(
        node,
        _("Informar avance de «%s»") % node.label,
        _("Informar"),
        lambda data: actions.report_progress(node, by=request.user, today=today, **data),
        _("Avance informado."),
        draft_key=f"plan-avance-{node.pk}",
    )
    return answer(request, forms.ProgressForm(sent(request), today=today), page)


@requires(PlansPermission.REPORT, on=find_node)
def attach(request: StaffRequest, node: PlanNode) -> HttpResponse:
    page = _page(
        node,
        _("Adjuntar medio de verificación de «%s»") % node.label,
        _("Adjuntar"),
        lambda data: actions.attach_evidence(node, by=request.user, **data),
        _("Documento adjuntado."),
        lead=_("Lo comprometido: %s") % node.verification if node.verification else "",
    )
    return answer(request, forms.EvidenceForm(sent(request), request.FILES or None), page)


@requires(PlansPermission.REPORT, on=find_node)
def close(request: StaffRequest, node: PlanNode) -> HttpResponse:
    today = timezone.localdate()
    page = _page(
        node,
        _("Cerrar «%s»") % node.label,
        _("Cerrar"),
        lambda data: actions.close_activity(node, by=request.user, today=today, **data),
        _("Quedó cerrada."),
        lead=_("Su avance queda en 100 %. Debe tener adjunto su medio de verificación."),
    )
    return answer(request, forms.CloseForm(sent(request), today=today), page)


@requires(PlansPermission.EDIT, on=find_node)
def add_milestone(request: StaffRequest, node: PlanNode) -> HttpResponse:
    page = _page(
        node,
        _("Agregar un hito a «%s»") % node.label,
        _("Agregar"),
        lambda data: parts.add_milestone(node, by=request.user, **data),
        _("Hito agregado."),
    )
    return answer(request, forms.MilestoneForm(sent(request), node=node), page)


@requires(PlansPermission.REPORT, on=find_milestone)
def reach_milestone(request: StaffRequest, milestone: Milestone) -> HttpResponse:
    today = timezone.localdate()
    page = _page(
        milestone.node,
        _("¿Se cumplió «%s»?") % milestone.label,
        _("Se cumplió"),
        lambda data: actions.reach_milestone(milestone, by=request.user, today=today, **data),
        _("Hito cumplido."),
    )
    return answer(request, forms.DatedForm(sent(request), today=today), page)


@requires(PlansPermission.EDIT, on=find_node)
def add_money(request: StaffRequest, node: PlanNode) -> HttpResponse:
    page = _page(
        node,
        _("Agregar presupuesto a «%s»") % node.label,
        _("Agregar"),
        lambda data: parts.save_budget_line(node, by=request.user, **data),
        _("Presupuesto agregado."),
    )
    return answer(request, forms.BudgetForm(sent(request), node=node), page)


@requires(PlansPermission.REPORT, on=find_line)
def spend(request: StaffRequest, line: BudgetLine) -> HttpResponse:
    page = _page(
        line.node,
        _("Gasto de «%s»") % line.concept,
        _("Guardar"),
        lambda data: parts.report_spending(line, by=request.user, **data),
        _("Gasto informado."),
        lead=_("Cuánto va hasta hoy, en pesos."),
    )
    instance = BudgetLine.objects.get(pk=line.pk)
    return answer(request, forms.SpendingForm(sent(request), instance=instance), page)


@requires(PlansPermission.REPORT, on=find_node)
def decide_measure(request: StaffRequest, node: PlanNode) -> HttpResponse:
    page = _page(
        node,
        _("Medida correctiva para «%s»") % node.label,
        _("Guardar"),
        lambda data: actions.decide_measure(node, by=request.user, **data),
        _("Medida registrada. Aparecerá en el trabajo de quien debe cumplirla."),
    )
    return answer(request, forms.MeasureForm(sent(request)), page)


@requires(PlansPermission.REPORT, on=find_measure)
def finish_measure(request: StaffRequest, measure: CorrectiveMeasure) -> HttpResponse:
    today = timezone.localdate()
    page = _page(
        measure.node,
        _("Medida correctiva cumplida"),
        _("Guardar"),
        lambda data: actions.finish_measure(measure, by=request.user, today=today, **data),
        _("Medida cumplida."),
        lead=measure.what,
    )
    return answer(request, forms.FinishForm(sent(request), today=today), page)


@requires(PlansPermission.EDIT, on=find_node)
def add_indicator(request: StaffRequest, node: PlanNode) -> HttpResponse:
    page = _page(
        node,
        _("Agregar un indicador a «%s»") % node.label,
        _("Agregar"),
        lambda data: _define(node, data, request.user),
        _("Indicador agregado."),
        draft_key=f"plan-indicador-{node.pk}",
    )
    return answer(request, forms.IndicatorForm(sent(request), node=node), page)


def _define(node: PlanNode, data: dict[str, Any], by: User) -> None:
    """Define it, give it its target and link it, all or nothing."""
    with transaction.atomic():
        indicator = indicators.define_indicator(by=by, **chosen(data, *OWN))
        if data["target"] is not None:
            indicators.set_target(indicator, due_on=data["target_on"], value=data["target"], by=by)
        parts.link_indicator(node, indicator=indicator, by=by, **chosen(data, "reason"))


@requires(PlansPermission.REPORT, on=find_link)
def measure(request: StaffRequest, link: NodeIndicator) -> HttpResponse:
    today, indicator = timezone.localdate(), link.indicator
    page = _page(
        link.node,
        _("Medir «%s»") % indicator.label,
        _("Guardar"),
        lambda data: _measure(link, data, request.user),
        _("Medición guardada."),
        lead=indicator.formula,
    )
    return answer(request, forms.MeasurementForm(sent(request), indicator=indicator, today=today), page)


def _measure(link: NodeIndicator, data: dict[str, Any], by: User) -> None:
    reading = Reading(**chosen(data, "numerator", "denominator", "value", "source_records", "note"))
    today = timezone.localdate()
    indicators.measure(link.indicator, reading, cut_off=data["cut_off"], state=data["state"], by=by, today=today)
