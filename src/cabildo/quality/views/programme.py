"""The municipality's side of the programme: the invitation and its answer; the line of a cycle and its levelling."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.quality import queries
from cabildo.quality.actions import levelling
from cabildo.quality.actions import programme as actions
from cabildo.quality.choices import EnrolmentState, Line, QualityPermission
from cabildo.quality.forms.programme import DeclineForm, FinishForm, LevellingForm, LineForm
from cabildo.quality.models import Cycle, Enrolment, LevellingActivity
from cabildo.quality.queries.programme import in_force
from cabildo.quality.shown import programme
from cabildo.quality.views.diagnosis import crumbs, find_cycle
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb


def find_enrolment(_user: Any) -> Enrolment:
    found = queries.enrolment_here()
    if found is None:
        raise Http404
    return found


def find_activity(_user: Any, number: int, pk: int) -> LevellingActivity:
    found = LevellingActivity.objects.select_related("cycle__diagnosis")
    return get_object_or_404(found, cycle__number=number, pk=pk)


def line_url(cycle: Cycle) -> str:
    return reverse("quality:line", args=[cycle.number])


def line_crumbs(cycle: Cycle) -> list[Crumb]:
    return crumbs(cycle, Crumb(f"{cycle} · {_('Línea')}", line_url(cycle)))


@requires(QualityPermission.VIEW)
def overview(request: StaffRequest) -> HttpResponse:
    """The invitation, who looks after the municipality, and what it answered."""
    enrolment = queries.enrolment_here()
    context = {
        "enrolment": enrolment,
        "facts": programme.enrolment_facts(enrolment) if enrolment else [],
        "may_answer": enrolment is not None
        and enrolment.state == EnrolmentState.INVITED
        and can(request.user, QualityPermission.LEAD),
        "cycle": queries.open_cycle(),
        "crumbs": [Crumb(_("Calidad"), reverse("quality:cycles")), Crumb(_("El programa"))],
    }
    return render(request, "quality/programme.html", context)


@requires(QualityPermission.LEAD, on=find_enrolment)
def accept(request: StaffRequest, enrolment: Enrolment) -> HttpResponse:
    asked = Question(
        heading=_("¿Participar en el programa?"),
        consequence=_("%s verá los ciclos de la municipalidad, y su profesional podrá entrar a acompañarla.")
        % enrolment.agency,
        confirm=_("Aceptar la invitación"),
        act=lambda: actions.accept(enrolment, today=timezone.localdate(), by=request.user),
        done=_("La municipalidad participa en el programa."),
        back=reverse("quality:programme"),
    )
    return confirm(request, asked)


@requires(QualityPermission.LEAD, on=find_enrolment)
def decline(request: StaffRequest, enrolment: Enrolment) -> HttpResponse:
    page = Page(
        heading=_("No participar"),
        lead=_("El organismo lee la razón y puede invitar de nuevo."),
        submit=_("No aceptar la invitación"),
        act=lambda data: actions.decline(enrolment, today=timezone.localdate(), by=request.user, **data),
        done=_("Respuesta enviada."),
        back=reverse("quality:programme"),
        crumbs=[Crumb(_("Calidad"), reverse("quality:cycles")), Crumb(_("El programa"), reverse("quality:programme"))],
        draft_key=f"calidad-no-participar-{enrolment.pk}",
    )
    return answer(request, DeclineForm(sent(request)), page)


@requires(QualityPermission.VIEW, on=find_cycle)
def line(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """What the result proposes, what was confirmed and why; the levelling, when that is the line."""
    is_open = queries.goes_on(cycle)
    closed = cycle.diagnosis is not None and not cycle.diagnosis.is_open
    activities, decisions = queries.levelling_of(cycle), queries.line_decisions(cycle)
    decision = in_force(cycle, decisions)
    confirmed = decision.line if decision else ""
    context = {
        "cycle": cycle,
        "decision": decision,
        "facts": programme.line_facts(cycle, decision),
        "history": programme.line_history(decisions),
        "activities": activities,
        "left": programme.left_processes(cycle),
        "accreditation": programme.to_accreditation(cycle) if is_open and confirmed == Line.ACCREDITATION else None,
        "is_levelling": confirmed == Line.LEVELLING,
        "is_ready": bool(activities) and all(one.done_on for one in activities),
        "is_closed": closed,
        "may_confirm": is_open and closed and can(request.user, QualityPermission.CONFIRM_LINE),
        "may_support": is_open and can(request.user, QualityPermission.SUPPORT),
        "may_lead": is_open and can(request.user, QualityPermission.LEAD),
        "crumbs": crumbs(cycle, Crumb(f"{cycle} · {_('Línea')}")),
    }
    return render(request, "quality/line.html", context)


@requires(QualityPermission.CONFIRM_LINE, on=find_cycle)
def line_confirm(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """For the professional of the programme, who came to the municipality."""
    form = LineForm(sent(request), initial={"line": cycle.proposed_line})
    page = Page(
        heading=_("Confirmar la línea"),
        lead=programme.line_lead(cycle),
        submit=_("Confirmar"),
        act=lambda data: actions.confirm_line(cycle, today=timezone.localdate(), by=request.user, **data),
        done=_("Línea confirmada."),
        back=line_url(cycle),
        crumbs=line_crumbs(cycle),
        draft_key=f"calidad-linea-{cycle.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.SUPPORT, on=find_cycle)
def levelling_add(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    page = Page(
        heading=_("Planificar una actividad de nivelación"),
        lead=_("Lo que se aprende o se ordena antes de repetir el diagnóstico."),
        submit=_("Planificar"),
        act=lambda data: levelling.plan_activity(cycle, by=request.user, **_without_revision(data)),
        done=_("Actividad planificada."),
        back=line_url(cycle),
        crumbs=line_crumbs(cycle),
        draft_key=f"calidad-nivelacion-nueva-{cycle.pk}",
    )
    return answer(request, LevellingForm(sent(request)), page)


def _without_revision(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}


@requires(QualityPermission.SUPPORT, on=find_activity)
def levelling_edit(request: StaffRequest, shown: LevellingActivity) -> HttpResponse:
    form = LevellingForm(sent(request), instance=LevellingActivity.objects.get(pk=shown.pk))
    page = Page(
        heading=_("Cambiar la actividad"),
        submit=_("Guardar"),
        act=lambda data: levelling.change_activity(shown, by=request.user, **data),
        done=_("Actividad guardada."),
        back=line_url(shown.cycle),
        crumbs=line_crumbs(shown.cycle),
        draft_key=f"calidad-nivelacion-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.SUPPORT, on=find_activity)
def levelling_finish(request: StaffRequest, shown: LevellingActivity) -> HttpResponse:
    form = FinishForm(sent(request), initial={"done_on": timezone.localdate()})
    page = Page(
        heading=_("Anotar que se hizo"),
        lead=shown.what,
        submit=_("Anotar"),
        act=lambda data: levelling.finish_activity(shown, today=timezone.localdate(), by=request.user, **data),
        done=_("Actividad hecha."),
        back=line_url(shown.cycle),
        crumbs=line_crumbs(shown.cycle),
        draft_key=f"calidad-nivelacion-hecha-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.SUPPORT, on=find_activity)
def levelling_remove(request: StaffRequest, shown: LevellingActivity) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar la actividad?"),
        consequence=_("Deja de estar entre las de nivelación: «%s».") % shown.what,
        confirm=_("Quitar"),
        act=lambda: levelling.remove_activity(shown, by=request.user),
        done=_("Actividad quitada."),
        back=line_url(shown.cycle),
    )
    return confirm(request, asked)


@requires(QualityPermission.LEAD, on=find_cycle)
def diagnosis_repeat(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    asked = Question(
        heading=_("¿Repetir el diagnóstico?"),
        consequence=_("Se abre un diagnóstico nuevo, sin respuestas y con otra reunión. El anterior queda guardado."),
        confirm=_("Repetir el diagnóstico"),
        act=lambda: levelling.repeat_diagnosis(cycle, by=request.user),
        done=_("Comenzó un diagnóstico nuevo en el mismo ciclo."),
        back=reverse("quality:diagnosis", args=[cycle.number]),
    )
    return confirm(request, asked)
