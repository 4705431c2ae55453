"""Stage 2: one page with all of it, the decree that appoints the committee, the launch."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires, saw
from cabildo.accounts.choices import AccountsPermission
from cabildo.meetings.permissions import visible_bodies
from cabildo.plans.rules.states import State
from cabildo.plans.views.steps import Offer, offered
from cabildo.quality import queries
from cabildo.quality.actions import committee as actions
from cabildo.quality.choices import AccreditationStage, QualityPermission, Scope, Stage
from cabildo.quality.forms.committee import AppointForm, DecreeForm, LaunchForm
from cabildo.quality.models import Cycle
from cabildo.quality.plans import COMMUNICATION, WORK
from cabildo.quality.queries import committee as asked
from cabildo.quality.queries.working_plans import WorkingPlan, reach_of, working_plan
from cabildo.quality.shown import committee as shown
from cabildo.quality.shown.stage_papers import StagePaper
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.hub import cycle_crumbs
from cabildo.quality.views.stage_files import as_stage_file
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb

LEADS_ON: dict[str, str] = {
    State.DRAFT: "plans:submit",
    State.SUBMITTED: "plans:approve",
    State.APPROVED: "plans:start",
}


def committee_url(cycle: Cycle, part: str = "") -> str:
    """The page of stage 2, at one of its parts."""
    return reverse("quality:committee", args=[cycle.number]) + (f"#{part}" if part else "")


def committee_crumbs(cycle: Cycle) -> list[Crumb]:
    return cycle_crumbs(cycle, Crumb(_("Comité de Mejora"), committee_url(cycle)))


@requires(QualityPermission.VIEW, on=find_cycle)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Committee, plans, methods, follow-up, launch and practices, each with what is missing; or all of it as a file."""
    today = timezone.localdate()
    formation = asked.formation_of(cycle, today)
    file = as_stage_file(request, lambda: _paper(request, formation, today))
    if file is not None:
        return file
    saw(request, [one.requester for one in formation.members if one.requester is not None])
    work, strategy, launch = working_plan(cycle, WORK), working_plan(cycle, COMMUNICATION), asked.launch_of(cycle)
    context = {
        "cycle": cycle,
        "steps": shown.steps(cycle, Stage.COMMITTEE, AccreditationStage.COMMITMENT),
        "formation": formation,
        "decree_facts": shown.decree_facts(formation),
        "seats": shown.seats(formation),
        "work": work,
        "work_places": shown.places(work),
        "work_next": _next_step(request, cycle, work),
        "strategy": strategy,
        "strategy_next": _next_step(request, cycle, strategy),
        "strategy_places": shown.places(strategy),
        "reach": reach_of(strategy) if strategy else None,
        "methods": shown.methods(asked.methods_of(cycle)),
        "follow_ups": shown.follow_ups(asked.follow_ups_of(cycle, Scope.STAGES), today),
        "launch": launch,
        "launch_facts": shown.launch_facts(launch),
        "practices": list(asked.practices_of(cycle)),
        "run": queries.run_of(cycle),
        **_allowed(request, cycle, formation),
        "crumbs": cycle_crumbs(cycle, Crumb(_("Comité de Mejora"))),
    }
    return render(request, "quality/committee.html", context)


def _next_step(request: StaffRequest, cycle: Cycle, plan: WorkingPlan | None) -> Offer | None:
    """What this person may do now so that the plan is carried out; None once it is, or while it is not theirs."""
    if plan is None or plan.plan.state not in LEADS_ON or not queries.goes_on(cycle):
        return None
    url = reverse(LEADS_ON[plan.plan.state], args=[plan.plan.pk])
    return next((one for one in offered(request.user, plan.plan) if one.url == url and not one.why_not), None)


def _paper(request: StaffRequest, formation: asked.Formation, today: date) -> StagePaper:
    """With those who left and those who were trained: whom it names is noted."""
    from cabildo.quality.shown import committee_paper  # by who asks for the file, not by the start

    told = committee_paper.told(formation.cycle, formation, today)
    saw(request, told.requesters)
    return committee_paper.paper(told)


def _allowed(request: StaffRequest, cycle: Cycle, formation: asked.Formation) -> dict[str, bool]:
    body = formation.committee.body_id if formation.committee else 0
    return {
        "may_lead": may_lead(request, cycle),
        "may_give_roles": can(request.user, AccountsPermission.MANAGE_PEOPLE),
        "may_open_body": visible_bodies(request.user).filter(pk=body).exists(),
    }


@requires(QualityPermission.LEAD, on=find_cycle)
def decree(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Appoint the committee; once it is there, correct its decree or bring its file."""
    formation = asked.formation_of(cycle)
    form, act, heading, done = _appointing(request, cycle, formation)
    page = Page(
        heading=heading,
        lead=_(
            "La alcaldía lo encabeza y las dos contrapartes técnicas lo integran. Después nombre a las demás personas."
        ),
        submit=_("Guardar"),
        act=act,
        done=done,
        back=committee_url(cycle, "comite"),
        crumbs=committee_crumbs(cycle),
        draft_key=f"calidad-decreto-{cycle.pk}",
    )
    return answer(request, form, page)


def _appointing(request: StaffRequest, cycle: Cycle, formation: asked.Formation) -> tuple[Any, Any, str, str]:
    given: dict[str, Any] = {"today": timezone.localdate(), "by": request.user}
    held = formation.committee
    if held is not None:
        initial = {"number": held.body.act_number, "on": held.body.act_on}
        form: Any = DecreeForm(sent(request), request.FILES or None, initial=initial)
        return (
            form,
            lambda data: actions.correct_decree(held, **data, **given),
            _("El decreto que nombra al comité"),
            _("Decreto guardado."),
        )
    counterparts = [one.user_id for one in formation.counterparts]
    form = AppointForm(sent(request), request.FILES or None, counterparts=counterparts)
    return (
        form,
        lambda data: actions.appoint_committee(cycle, **data, **given),
        _("Nombrar al Comité de Mejora"),
        _("Comité nombrado. Agregue ahora a las demás personas que nombra el decreto."),
    )


@requires(QualityPermission.LEAD, on=find_cycle)
def launch(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Plan the event; from then on it is a meeting, with its own pages."""
    form = LaunchForm(sent(request), initial={"expects_all": True})
    page = Page(
        heading=_("Planificar el lanzamiento"),
        lead=_("La alcaldía explica a todo el personal para qué se hace el programa, cuánto dura y qué se pedirá."),
        submit=_("Planificar"),
        act=lambda data: actions.plan_launch(
            cycle, starts_at=form.starts_at, place=data["place"], expects_all=data["expects_all"], by=request.user
        ),
        done=_("Lanzamiento planificado. Falta convocar."),
        back=lambda meeting: reverse("meetings:detail", args=[meeting.pk]),
        crumbs=committee_crumbs(cycle),
        cancel=committee_url(cycle, "lanzamiento"),
    )
    return answer(request, form, page)
