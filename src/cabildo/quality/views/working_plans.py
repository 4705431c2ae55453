"""Stage 2: how each living plan begins, and whom each channel reaches."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.plans.models import Plan, PlanNode
from cabildo.quality.actions import working_plans as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.committee import PROPOSED, ReachForm, StartPlanForm
from cabildo.quality.models import ChannelReach, Cycle
from cabildo.quality.plans import COMMUNICATION, WORK
from cabildo.quality.queries.working_plans import channel_of, plan_of
from cabildo.quality.views.committee import committee_crumbs, committee_url
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.ui.form_pages import Page, answer, sent


@dataclass(frozen=True)
class ChannelPlace:
    """A channel of the strategy of a cycle."""

    cycle: Cycle
    channel: PlanNode

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id


def find_channel(user: Any, number: int, node_id: int) -> ChannelPlace:
    cycle = find_cycle(user, number)
    channel = channel_of(cycle, node_id)
    if channel is None:
        raise Http404
    return ChannelPlace(cycle, channel)


@requires(QualityPermission.LEAD, on=find_cycle)
def work_plan(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Begin the Plan de Trabajo; one that is there is opened."""
    before = plan_of(cycle, WORK)
    if before is not None:
        return redirect("plans:plan", plan_id=before.pk)
    page = _beginning(
        cycle,
        _("Empezar el Plan de Trabajo"),
        _("Tiene al menos una actividad propia en cada etapa, de la autoevaluación a la validación del plan."),
        lambda data: actions.start_work_plan(cycle, **_wanted(request, data)),
    )
    return answer(request, StartPlanForm(sent(request)), page)


@requires(QualityPermission.LEAD, on=find_cycle)
def strategy(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Begin the Estrategia Comunicacional Interna; one that is there is opened."""
    before = plan_of(cycle, COMMUNICATION)
    if before is not None:
        return redirect("plans:plan", plan_id=before.pk)
    page = _beginning(
        cycle,
        _("Empezar la Estrategia Comunicacional Interna"),
        _("Dice cómo se lanza y difunde el programa, cómo se motiva, por qué canales se llega y cómo se opina."),
        lambda data: actions.start_strategy(cycle, **_wanted(request, data)),
    )
    return answer(request, StartPlanForm(sent(request)), page)


def _wanted(request: StaffRequest, data: dict[str, Any]) -> dict[str, Any]:
    return {"with_proposal": data["begin"] == PROPOSED, "today": timezone.localdate(), "by": request.user}


def _beginning(cycle: Cycle, heading: str, lead: str, act: Any) -> Page:
    def page_of(plan: Plan) -> str:
        return reverse("plans:plan", args=[plan.pk])

    return Page(
        heading=heading,
        lead=lead,
        submit=_("Empezar"),
        act=act,
        done=_("Plan empezado. Diga quién responde de cada actividad y revise sus fechas."),
        back=page_of,
        crumbs=committee_crumbs(cycle),
        cancel=committee_url(cycle),
    )


@requires(QualityPermission.LEAD, on=find_channel)
def channel(request: StaffRequest, place: ChannelPlace) -> HttpResponse:
    """The departments that a channel reaches."""
    reached = ChannelReach.objects.filter(channel=place.channel).values_list("department_id", flat=True)
    form = ReachForm(sent(request), initial={"departments": list(reached)})
    page = Page(
        heading=_("A quiénes llega «%s»") % place.channel.label,
        lead=_("Entre todos los canales ninguna dirección debe quedar fuera, tampoco la que trabaja en terreno."),
        submit=_("Guardar"),
        act=lambda data: actions.declare_reach(place.cycle, place.channel, by=request.user, **data),
        done=_("Quedó anotado a quiénes llega el canal."),
        back=committee_url(place.cycle, "canales"),
        crumbs=committee_crumbs(place.cycle),
    )
    return answer(request, form, page)
