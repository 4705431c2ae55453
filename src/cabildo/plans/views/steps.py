"""The steps in the life of a plan, each a page of its own: send, return, approve, start, new version, close."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.accounts.models import User
from cabildo.plans import forms
from cabildo.plans.actions import planning
from cabildo.plans.actions.planning import Act
from cabildo.plans.choices import PlansPermission
from cabildo.plans.kinds import kind_of, kinds
from cabildo.plans.models import Plan
from cabildo.plans.queries.record import find_plan
from cabildo.plans.rules.states import REBASELINED, State
from cabildo.plans.views.writing import page_of, plan_crumbs, plan_url
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Words


@dataclass(frozen=True)
class Step:
    """A step: from which states, who may, what is asked, and what it does."""

    url_name: str
    states: frozenset[str]
    permission: str
    label: Words
    lead: Words
    done: Words
    form: type
    act: Callable[[Plan, dict[str, Any], User], Any]
    icon: str

    @property
    def code(self) -> str:
        """As the life of a plan names it (`rules/states.py`)."""
        return self.url_name.removeprefix("plans:")


def _act(data: dict[str, Any]) -> Act:
    return Act(data["act_kind"], data["number"], data["on"])


SUBMIT = Step(
    "plans:submit", frozenset({State.DRAFT}), PlansPermission.EDIT, _("Enviar a aprobación"),
    _("Mientras espera, el plan no cambia. Si le falta algo, se le dirá qué y dónde."),
    _("El plan espera aprobación."), forms.NothingForm,
    lambda plan, data, by: planning.submit(plan, by=by), "send",
)  # fmt: skip
SEND_BACK = Step(
    "plans:send_back", frozenset({State.SUBMITTED}), PlansPermission.APPROVE, _("Devolver"),
    _("El plan vuelve a quien lo escribe, con lo que hay que cambiar."),
    _("El plan fue devuelto."), forms.ReasonForm,
    lambda plan, data, by: planning.send_back(plan, reason=data["reason"], by=by), "reply",
)  # fmt: skip
APPROVE = Step(
    "plans:approve", frozenset({State.SUBMITTED}), PlansPermission.APPROVE, _("Aprobar"),
    _("Se guarda el plan completo, con su huella, y sus fechas quedan como las aprobadas."),
    _("El plan quedó aprobado."), forms.ActForm,
    lambda plan, data, by: planning.approve(plan, act=_act(data), by=by), "check-circle",
)  # fmt: skip
START = Step(
    "plans:start", frozenset({State.APPROVED}), PlansPermission.EDIT, _("Comenzar la ejecución"),
    _("Desde ahora se informa el avance de cada actividad y quienes responden las verán en su trabajo."),
    _("El plan está en ejecución."), forms.NothingForm,
    lambda plan, data, by: planning.start(plan, by=by), "play",
)  # fmt: skip
NEW_VERSION = Step(
    "plans:new_version", REBASELINED, PlansPermission.APPROVE, _("Aprobar los cambios"),
    _("Otro acto aprueba lo que cambió. Las fechas aprobadas la primera vez se conservan."),
    _("La versión nueva quedó aprobada."), forms.ActForm,
    lambda plan, data, by: planning.new_version(plan, act=_act(data), by=by), "check-circle",
)  # fmt: skip
CLOSE = Step(
    "plans:close", frozenset({State.IN_EXECUTION}), PlansPermission.EDIT, _("Cerrar el plan"),
    _("Después ya no se informa avance."), _("El plan quedó cerrado."), forms.NoteForm,
    lambda plan, data, by: planning.close(plan, note=data["note"], by=by), "check2",
)  # fmt: skip
STEPS = (SUBMIT, SEND_BACK, APPROVE, START, NEW_VERSION, CLOSE)


@dataclass(frozen=True)
class Offer:
    """A step that this person may take now; or, with `why_not`, as soon as its programme lets the plan take it.

    One that `is_main` is what there is to do next: closing, only once the days of the plan are over.
    """

    label: Words
    url: str
    icon: str
    why_not: str = ""
    is_main: bool = True


def offered(user: Any, plan: Plan) -> list[Offer]:
    """The steps that lead on from where the plan is."""
    kind, is_over = kind_of(plan), plan.ends_on < timezone.localdate()
    known = (CLOSE,) if kind.why_shut(plan) else STEPS
    return [
        Offer(
            label=step.label,
            url=reverse(step.url_name, args=[plan.pk]),
            icon=step.icon,
            why_not=kind.refuses(plan, step.code),
            is_main=is_over or step is not CLOSE,
        )
        for step in known
        if plan.state in step.states and can(user, step.permission, on=plan)
    ]


def _view(step: Step) -> Callable[..., HttpResponseBase]:
    @requires(step.permission, on=find_plan)
    def take(request: StaffRequest, plan: Plan) -> HttpResponse:
        page = Page(
            heading=str(step.label),
            lead=str(step.lead),
            submit=str(step.label),
            act=lambda data: step.act(plan, data, request.user),
            done=str(step.done),
            back=plan_url(plan),
            crumbs=plan_crumbs(plan),
        )
        return answer(request, step.form(sent(request)), page)

    return take


submit, send_back, approve, start, new_version, close = (_view(step) for step in STEPS)


@requires(PlansPermission.EDIT)
def create(request: StaffRequest) -> HttpResponse:
    """Start a plan; its kind gives it the names of its levels."""
    form = forms.PlanForm(sent(request), user=request.user)
    page = Page(
        heading=say("Escribir un plan"),
        submit=say("Guardar y seguir"),
        act=lambda data: _create(data, request.user),
        done=say("Plan creado. Agregue ahora sus elementos."),
        back=page_of,
        cancel=reverse("plans:list"),
        crumbs=[],
        draft_key="plan-nuevo",
    )
    return answer(request, form, page)


def _create(data: dict[str, Any], by: User) -> Plan:
    data = {name: value for name, value in data.items() if name != "revision"}
    levels = next(kind.levels for kind in kinds() if kind.code == data["kind"])
    return planning.create_plan(levels=levels, by=by, **data)


@requires(PlansPermission.EDIT, on=find_plan)
def change(request: StaffRequest, plan: Plan) -> HttpResponse:
    """Title, department, dates and thresholds of a draft."""
    form = forms.PlanForm(sent(request), instance=Plan.objects.get(pk=plan.pk), user=request.user)
    page = Page(
        heading=say("Cambiar los datos del plan"),
        submit=say("Guardar"),
        act=lambda data: planning.change_plan(plan, by=request.user, **data),
        done=say("Datos guardados."),
        back=plan_url(plan),
        crumbs=plan_crumbs(plan),
        draft_key=f"plan-{plan.pk}",
    )
    return answer(request, form, page)
