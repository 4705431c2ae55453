"""Before a meeting: its plan, its agenda, who is invited and called, and calling it off."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.meetings.actions import planning as actions
from cabildo.meetings.forms.meetings import CallForm, FreePlanForm, InviteForm, PlanForm, PointForm, ReasonForm
from cabildo.meetings.models import AgendaItem, Body, Meeting
from cabildo.meetings.permissions import MeetingsPermission, body_for, item_for, meeting_for, steered_bodies
from cabildo.meetings.queries.sessions import durations_of, items_of, listed
from cabildo.meetings.views.pages import crumbs_of, crumbs_of_body, form_page, page_of, saw_people, step
from cabildo.ui.parts import Crumb


@requires(MeetingsPermission.LEAD)
def plan(request: StaffRequest) -> HttpResponse:
    """A meeting of one of the bodies this person leads, or of none."""
    form = FreePlanForm(request.POST or None)
    form.fields["body"].queryset = steered_bodies(request.user)  # type: ignore[attr-defined]
    crumbs = [Crumb(_("Reuniones"), reverse("meetings:list")), Crumb(_("Planificar"))]
    return _plan(request, form, crumbs, lambda: form.cleaned_data["body"])


@requires(MeetingsPermission.LEAD, on=body_for)
def plan_of_body(request: StaffRequest, body: Body) -> HttpResponse:
    form = PlanForm(request.POST or None)
    return _plan(request, form, crumbs_of_body(body, _("Planificar")), lambda: body)


def _plan(request: StaffRequest, form: PlanForm, crumbs: list[Crumb], body: Any) -> HttpResponse:
    def act() -> Meeting:
        values = {**form.values(), "starts_at": form.start(), "ends_at": form.end()}
        return actions.plan_meeting(body=body(), by=request.user, **values)

    return form_page(
        request,
        form,
        act=act,
        back=lambda meeting: reverse("meetings:agenda", args=[meeting.pk]),
        done=_("Reunión creada. Falta la tabla y convocar."),
        heading=_("Planificar una reunión"),
        crumbs=crumbs,
        submit_label=_("Planificar"),
    )


@requires(MeetingsPermission.LEAD, on=meeting_for)
def change(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = PlanForm(request.POST or None, initial=PlanForm.initial_of(meeting))

    def act() -> Meeting:
        times = {"planned_start_at": form.start(), "planned_end_at": form.end()}
        return actions.change_plan(meeting, by=request.user, **form.values(), **times)

    return form_page(
        request,
        form,
        act=act,
        back=page_of(meeting),
        done=_("Cambios guardados. Si ya había convocado, convoque de nuevo."),
        heading=_("Cambiar la reunión"),
        crumbs=crumbs_of(meeting, _("Cambiar")),
    )


@requires(MeetingsPermission.LEAD, on=meeting_for)
def agenda(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """The points in order; one is added at a time."""
    form = PointForm(request.POST or None)
    items = list(items_of(meeting))
    return form_page(
        request,
        form,
        act=lambda: actions.add_point(meeting, actions.Point(**form.cleaned_data), by=request.user),
        back=reverse("meetings:agenda", args=[meeting.pk]),
        done=_("Punto agregado."),
        heading=_("Tabla"),
        crumbs=crumbs_of(meeting, _("Tabla")),
        template="meetings/agenda.html",
        meeting=meeting,
        items=items,
        durations=durations_of(meeting, items, meeting.planned_end_at),
        may_order=meeting.state in ("draft", "called"),
    )


@require_POST
@requires(MeetingsPermission.LEAD, on=item_for)
def remove_point(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    back = reverse("meetings:agenda", args=[item.meeting_id])
    return step(request, lambda: actions.remove_point(item, by=request.user), done=_("Punto quitado."), back=back)


@require_POST
@requires(MeetingsPermission.LEAD, on=item_for)
def raise_point(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    back = reverse("meetings:agenda", args=[item.meeting_id])
    return step(request, lambda: actions.raise_point(item, by=request.user), done=_("Orden cambiado."), back=back)


@requires(MeetingsPermission.LEAD, on=meeting_for)
def call(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """Who is called, and how."""
    people = list(listed(meeting))
    saw_people(request, people)
    form = CallForm(request.POST or None, people=people)

    def act() -> Any:
        asked = {int(pk) for pk in form.cleaned_data["people"]}
        chosen = [person for person in people if person.pk in asked]
        return actions.call(meeting, chosen, channel=form.cleaned_data["channel"], by=request.user)

    return form_page(
        request,
        form,
        act=act,
        back=page_of(meeting),
        done=_("Convocatoria anotada."),
        heading=_("Convocar"),
        lead=_("Por correo el aviso sale con la tabla y la cita para el calendario. La carta y el teléfono se anotan."),
        crumbs=crumbs_of(meeting, _("Convocar")),
        template="meetings/call.html",
        meeting=meeting,
        people=people,
        submit_label=_("Convocar"),
    )


@requires(MeetingsPermission.LEAD, on=meeting_for)
def invite(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """Somebody who has no seat in the body, or the people of a free-standing meeting."""
    form = InviteForm(request.POST or None)
    return form_page(
        request,
        form,
        act=lambda: actions.invite(meeting, form.who(), role=form.cleaned_data["role"], by=request.user),
        back=reverse("meetings:call", args=[meeting.pk]),
        done=_("Persona agregada a la lista."),
        heading=_("Agregar a una persona"),
        crumbs=crumbs_of(meeting, _("Agregar")),
        submit_label=_("Agregar"),
    )


@requires(MeetingsPermission.LEAD, on=meeting_for)
def cancel(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    return form_page(
        request,
        form,
        act=lambda: actions.cancel(meeting, reason=form.cleaned_data["reason"], by=request.user),
        back=page_of(meeting),
        done=_("Reunión cancelada. Se avisó a quienes se había convocado."),
        heading=_("¿Cancelar la reunión?"),
        crumbs=crumbs_of(meeting, _("Cancelar")),
        template="ui/confirm.html",
        consequence=_("No se hará, y se avisará con el motivo a quienes se convocó."),
        confirm_label=_("Cancelar la reunión"),
        cancel_url=page_of(meeting),
        danger=True,
    )
