"""The steps of a stage, and its requirements that people pass."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms as django_forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.workflow.processes import forms, queries
from cabildo.workflow.processes.actions import planning, stages
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.models import StageRun
from cabildo.workflow.processes.views.found import stage_at
from cabildo.workflow.processes.views.parts import Asked, ask

Act = Callable[[StageRun, dict[str, Any], Any, date], Any]


@dataclass(frozen=True)
class StageStep:
    """A step of a stage: what its page asks, and what is done with it."""

    asked: Asked
    form: type[django_forms.Form]
    act: Act


def _begin(stage: StageRun, given: dict[str, Any], by: Any, today: date) -> None:
    stages.begin_stage(stage, by=by, today=today, **given)


def _close(stage: StageRun, given: dict[str, Any], by: Any, today: date) -> None:
    stages.close_stage(stage, by=by, today=today, **given)


def _reopen(stage: StageRun, given: dict[str, Any], by: Any, today: date) -> None:
    stages.reopen_stage(stage, by=by, **given)


def _repeat(stage: StageRun, given: dict[str, Any], by: Any, today: date) -> None:
    stages.repeat_stage(stage, by=by, today=today, **given)


def _replan(stage: StageRun, given: dict[str, Any], by: Any, today: date) -> None:
    planning.replan_stage(stage, by=by, **given)


STEPS = {
    "comenzar": StageStep(
        Asked(
            _("Comenzar la etapa"),
            _("Comenzar"),
            _("La etapa está en curso."),
            _("Desde hoy sus tareas aparecen en el trabajo de quienes responden por ellas."),
        ),
        forms.RevisionForm,
        _begin,
    ),
    "cerrar": StageStep(
        Asked(
            _("Cerrar la etapa"),
            _("Cerrar la etapa"),
            _("La etapa quedó cerrada. Comience la siguiente cuando corresponda."),
            _("Se revisa cada requisito en este momento y queda escrito lo que se encontró."),
        ),
        forms.RevisionForm,
        _close,
    ),
    "reabrir": StageStep(
        Asked(
            _("Reabrir la etapa"),
            _("Reabrir"),
            _("La etapa quedó reabierta."),
            _("Sus tareas quedan como están. Los requisitos deben cumplirse otra vez para cerrarla."),
        ),
        forms.ReasonForm,
        _reopen,
    ),
    "repetir": StageStep(
        Asked(
            _("Hacer la etapa de nuevo"),
            _("Empezar de nuevo"),
            _("La etapa empezó de nuevo, con todas sus tareas pendientes."),
            _("Todas sus tareas vuelven a quedar pendientes. Lo hecho antes queda en la historia."),
        ),
        forms.ReasonForm,
        _repeat,
    ),
    "replanificar": StageStep(
        Asked(
            _("Cambiar las fechas"),
            _("Cambiar las fechas"),
            _("Fechas cambiadas. El plan original se conserva."),
            _("Sus tareas pendientes y las etapas que siguen se mueven los mismos días hábiles."),
        ),
        forms.SpanForm,
        _replan,
    ),
}


@requires(ProcessPermission.LEAD, on=stage_at)
def step(request: StaffRequest, stage: StageRun) -> HttpResponse:
    """Take a step of the stage, or ask what it needs."""
    taken = STEPS.get(request.resolver_match.kwargs["step"]) if request.resolver_match else None
    if taken is None:
        raise Http404
    first = {"revision": stage.revision, "starts_on": stage.expected_starts_on, "ends_on": stage.expected_ends_on}
    form = taken.form(request.POST or None, initial=first)

    def act(given: dict[str, Any]) -> None:
        taken.act(stage, given, request.user, timezone.localdate())

    asked = Asked(f"{taken.asked.heading}: {stage.label}", taken.asked.label, taken.asked.done, taken.asked.lead)
    return ask(request, asked, form, act, run=stage.run, back=_back(stage))


@requires(ProcessPermission.LEAD, on=stage_at)
def gate(request: StaffRequest, stage: StageRun) -> HttpResponse:
    """Declare that a requirement holds, or that it no longer does."""
    code = request.resolver_match.kwargs["code"] if request.resolver_match else ""
    found = next((verdict for verdict in queries.verdicts(stage) if verdict.gate.code == code), None)
    if found is None or not found.gate.is_manual:
        raise Http404
    if found.passed:
        asked = Asked(found.gate.label, _("Dejar sin efecto"), _("El requisito ya no está cumplido."), TAKING_BACK)
        form: django_forms.Form = forms.ReasonForm(request.POST or None)
        return ask(request, asked, form, _withdraw(stage, code, request.user), run=stage.run, back=_back(stage))
    asked = Asked(found.gate.label, _("Dar por cumplido"), _("El requisito quedó cumplido."), found.gate.about)
    form = forms.SaidForm(request.POST or None)
    return ask(request, asked, form, _pass(stage, code, request.user), run=stage.run, back=_back(stage))


TAKING_BACK = _("Está dado por cumplido. Diga por qué ya no vale.")


def _pass(stage: StageRun, code: str, by: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda given: stages.pass_gate(stage, code, said=given["said"], by=by)


def _withdraw(stage: StageRun, code: str, by: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda given: stages.withdraw_pass(stage, code, reason=given["reason"], by=by)


def _back(stage: StageRun) -> str:
    return f"{reverse('processes:run', args=[stage.run_id])}#etapa-{stage.code}"
