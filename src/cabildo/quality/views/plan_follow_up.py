"""Stage 7: who reviews the plan, how often, and what is done when something is late."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.quality.actions import methods as actions
from cabildo.quality.choices import QualityPermission, Scope
from cabildo.quality.forms.methods import FollowUpForm
from cabildo.quality.models import Cycle, FollowUp
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.implementation import stage_crumbs, stage_url
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent


def find_follow_up(_user: Any, number: int, pk: int) -> FollowUp:
    """Of the plan; that of the stages has its own pages."""
    found = FollowUp.objects.filter(scope=Scope.PLAN).select_related("cycle", "reviewer")
    return get_object_or_404(found, cycle__number=number, pk=pk)


@requires(QualityPermission.LEAD, on=find_cycle)
def add(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    form = FollowUpForm(sent(request), initial={"starts_on": timezone.localdate()})
    page = Page(
        heading=_("Declarar el seguimiento del plan"),
        lead=_("Quién revisa el avance, cada cuánto, y qué se hace cuando una actividad se atrasa."),
        submit=_("Declarar"),
        act=lambda data: actions.declare_follow_up(cycle, scope=Scope.PLAN, by=request.user, **_fresh(data)),
        done=_("Seguimiento declarado."),
        back=stage_url(cycle, "seguimiento"),
        crumbs=stage_crumbs(cycle),
        draft_key=f"calidad-seguimiento-plan-nuevo-{cycle.pk}",
    )
    return answer(request, form, page)


def _fresh(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}


@requires(QualityPermission.LEAD, on=find_follow_up)
def edit(request: StaffRequest, shown: FollowUp) -> HttpResponse:
    form = FollowUpForm(sent(request), instance=FollowUp.objects.get(pk=shown.pk))
    page = Page(
        heading=_("Cambiar el seguimiento del plan"),
        submit=_("Guardar"),
        act=lambda data: actions.change_follow_up(shown, by=request.user, **data),
        done=_("Seguimiento guardado."),
        back=stage_url(shown.cycle, "seguimiento"),
        crumbs=stage_crumbs(shown.cycle),
        draft_key=f"calidad-seguimiento-plan-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_follow_up)
def remove(request: StaffRequest, shown: FollowUp) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar el seguimiento del plan?"),
        consequence=_("Deja de hacerse esta revisión: «%s».") % shown.what,
        confirm=_("Quitar"),
        act=lambda: actions.remove_follow_up(shown, by=request.user),
        done=_("Seguimiento quitado."),
        back=stage_url(shown.cycle, "seguimiento"),
    )
    return confirm(request, asked)
