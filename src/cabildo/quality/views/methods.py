"""Stage 2: how each stage is run, and how progress is followed."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.quality.actions import methods as actions
from cabildo.quality.choices import CONDUCTED, QualityPermission, Scope, Stage
from cabildo.quality.forms.methods import FollowUpForm, MethodForm
from cabildo.quality.models import Cycle, FollowUp, InterventionMethod
from cabildo.quality.views.committee import committee_crumbs, committee_url
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent


@dataclass(frozen=True)
class StagePlace:
    """A stage of a cycle that the committee conducts."""

    cycle: Cycle
    stage: Stage

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id


def find_stage(user: Any, number: int, stage: str) -> StagePlace:
    if stage not in CONDUCTED:
        raise Http404
    return StagePlace(find_cycle(user, number), Stage(stage))


def find_follow_up(_user: Any, number: int, pk: int) -> FollowUp:
    """Of the stages; that of the plan has its own pages."""
    found = FollowUp.objects.filter(scope=Scope.STAGES).select_related("cycle", "reviewer")
    return get_object_or_404(found, cycle__number=number, pk=pk)


@requires(QualityPermission.LEAD, on=find_stage)
def method(request: StaffRequest, place: StagePlace) -> HttpResponse:
    """Who takes part in a stage and how it is run."""
    held = InterventionMethod.objects.filter(cycle=place.cycle, stage=place.stage)
    instance = held.first()
    involved = [one.pk for one in instance.departments.all()] if instance else []
    form = MethodForm(sent(request), instance=instance, initial={"departments": involved})
    page = Page(
        heading=_("Cómo se trabaja en la etapa: %s") % place.stage.label,
        submit=_("Guardar"),
        act=lambda data: actions.declare_method(place.cycle, place.stage, by=request.user, **data),
        done=_("Metodología guardada."),
        back=committee_url(place.cycle, "metodologia"),
        crumbs=committee_crumbs(place.cycle),
        draft_key=f"calidad-metodologia-{place.cycle.pk}-{place.stage}",
        fresh=held.get,
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_cycle)
def follow_up_add(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    form = FollowUpForm(sent(request), initial={"starts_on": timezone.localdate()})
    page = Page(
        heading=_("Declarar un seguimiento"),
        lead=_("Qué se revisa mientras avanzan las etapas, quién lo hace, cada cuánto y qué pasa si hay atraso."),
        submit=_("Guardar"),
        act=lambda data: actions.declare_follow_up(cycle, scope=Scope.STAGES, by=request.user, **_fresh(data)),
        done=_("Seguimiento declarado."),
        back=committee_url(cycle, "seguimiento"),
        crumbs=committee_crumbs(cycle),
        draft_key=f"calidad-seguimiento-nuevo-{cycle.pk}",
    )
    return answer(request, form, page)


def _fresh(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}


@requires(QualityPermission.LEAD, on=find_follow_up)
def follow_up(request: StaffRequest, shown: FollowUp) -> HttpResponse:
    form = FollowUpForm(sent(request), instance=FollowUp.objects.get(pk=shown.pk))
    page = Page(
        heading=_("Cambiar el seguimiento"),
        submit=_("Guardar"),
        act=lambda data: actions.change_follow_up(shown, by=request.user, **data),
        done=_("Seguimiento guardado."),
        back=committee_url(shown.cycle, "seguimiento"),
        crumbs=committee_crumbs(shown.cycle),
        draft_key=f"calidad-seguimiento-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_follow_up)
def follow_up_remove(request: StaffRequest, shown: FollowUp) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar el seguimiento?"),
        consequence=_("Deja de hacerse esta revisión: «%s».") % shown.what,
        confirm=_("Quitar"),
        act=lambda: actions.remove_follow_up(shown, by=request.user),
        done=_("Seguimiento quitado."),
        back=committee_url(shown.cycle, "seguimiento"),
    )
    return confirm(request, asked)
