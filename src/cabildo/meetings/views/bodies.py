"""Bodies: the list, one with its members in force and its history, how people enter and leave."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.documents.queries import kept_documents_of
from cabildo.meetings.actions import bodies as actions
from cabildo.meetings.forms.bodies import AppointForm, BodyForm, EndTermForm, ReplaceForm
from cabildo.meetings.models import Body, Member
from cabildo.meetings.permissions import (
    MeetingsPermission,
    body_for,
    member_for,
    visible_bodies,
    visible_meetings,
)
from cabildo.meetings.queries import lists
from cabildo.meetings.views.pages import crumbs_of_body, form_page, saw_people
from cabildo.meetings.wording import quorum_rule_words
from cabildo.ui.parts import Crumb, Fact
from cabildo.ui.spanish import counted, long_date

PAGE_SIZE = 20
MEETINGS_SHOWN = 10


@requires(MeetingsPermission.ATTEND)
def bodies(request: StaffRequest) -> HttpResponse:
    """The bodies this person sees, with how many belong to each today."""
    listing = lists.body_spec().read(request.GET)
    today = timezone.localdate()
    found = lists.filtered_bodies(visible_bodies(request.user), listing.values, today)
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("meetings:bodies")
    context = {
        "heading": _("Cuerpos"),
        "listing": listing,
        "page": shown,
        "count_words": counted(capped_count(found), _("cuerpo"), _("cuerpos")),
        "today": today,
        "may_create": can(request.user, MeetingsPermission.LEAD),
    }
    return render(request, "meetings/bodies.html", context)


@requires(MeetingsPermission.ATTEND, on=body_for)
def body(request: StaffRequest, shown: Body) -> HttpResponse:
    """One body: the act, the quorum, who belongs to it, who did, and its meetings."""
    today = timezone.localdate()
    members = list(shown.members.select_related("user", "requester", "replaces__user", "replaces__requester"))
    saw_people(request, members)
    context = {
        "body": shown,
        "facts": _facts(shown),
        "in_force": [one for one in members if one.starts_on <= today and (not one.ends_on or one.ends_on >= today)],
        "to_come": [one for one in members if one.starts_on > today],
        "history": [one for one in members if one.ends_on and one.ends_on < today],
        "meetings": visible_meetings(request.user).filter(body=shown).order_by("-planned_start_at")[:MEETINGS_SHOWN],
        "papers": kept_documents_of(shown),
        "may_lead": can(request.user, MeetingsPermission.LEAD, on=shown),
        "crumbs": crumbs_of_body(shown),
    }
    return render(request, "meetings/body.html", context)


def _facts(shown: Body) -> list[Fact]:
    act = f"{shown.get_act_kind_display().capitalize()} N° {shown.act_number}, {long_date(shown.act_on)}"
    until = long_date(shown.ends_on) if shown.ends_on else _("sin término fijado")
    facts = [
        Fact(_("Creado por"), act),
        Fact(_("Desde"), long_date(shown.starts_on)),
        Fact(_("Hasta"), until),
        Fact(_("Quórum"), quorum_rule_words(shown)),
    ]
    return facts + ([Fact(_("Para qué"), shown.purpose)] if shown.purpose else [])


@requires(MeetingsPermission.LEAD)
def create(request: StaffRequest) -> HttpResponse:
    form = BodyForm(request.POST or None, request.FILES or None)
    crumbs = [Crumb(_("Cuerpos"), reverse("meetings:bodies")), Crumb(_("Crear"))]
    return form_page(
        request,
        form,
        act=lambda: _create(form, by=request.user),
        back=lambda made: reverse("meetings:body", args=[made.pk]),
        done=_("Cuerpo creado. Nombre ahora a sus integrantes."),
        heading=_("Crear un cuerpo"),
        lead=_("Un cuerpo nace de un acto: un decreto, un acuerdo, una ordenanza."),
        crumbs=crumbs,
        submit_label=_("Crear"),
    )


def _create(form: BodyForm, *, by: Any) -> Body:
    act = form.act()
    if act is None:
        raise LookupError("the form asks for the act")
    return actions.create_body(act=act, paper=form.cleaned_data["file"], by=by, **form.values())


@requires(MeetingsPermission.LEAD, on=body_for)
def appoint(request: StaffRequest, shown: Body) -> HttpResponse:
    initial = {"act_kind": shown.act_kind, "starts_on": max(shown.starts_on, timezone.localdate())}
    form = AppointForm(request.POST or None, initial=initial)
    return form_page(
        request,
        form,
        act=lambda: actions.appoint(shown, form.who(), by=request.user, act=form.act(), **_seat(form)),
        back=reverse("meetings:body", args=[shown.pk]),
        done=_("Nombramiento anotado."),
        heading=_("Nombrar a una persona"),
        crumbs=crumbs_of_body(shown, _("Nombrar")),
        submit_label=_("Nombrar"),
    )


def _seat(form: AppointForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("role", "has_voice", "starts_on", "ends_on")}


@requires(MeetingsPermission.LEAD, on=member_for)
def end_term(request: StaffRequest, member: Member) -> HttpResponse:
    form = EndTermForm(request.POST or None, initial={"ends_on": timezone.localdate()})
    saw_people(request, [member])
    return form_page(
        request,
        form,
        act=lambda: actions.end_term(member, by=request.user, **form.cleaned_data),
        back=reverse("meetings:body", args=[member.body_id]),
        done=_("Período terminado. La persona queda en la historia del cuerpo."),
        heading=_("Terminar el período de %s") % member.full_name,
        crumbs=crumbs_of_body(member.body, _("Terminar")),
        submit_label=_("Terminar el período"),
    )


@requires(MeetingsPermission.LEAD, on=member_for)
def replace(request: StaffRequest, member: Member) -> HttpResponse:
    form = ReplaceForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    saw_people(request, [member])
    return form_page(
        request,
        form,
        act=lambda: actions.replace(member, form.who(), by=request.user, act=form.act(), **_succession(form)),
        back=reverse("meetings:body", args=[member.body_id]),
        done=_("Reemplazo anotado."),
        heading=_("Reemplazar a %s") % member.full_name,
        lead=_("Quien asume ocupa el mismo lugar: %s.") % member.get_role_display(),
        crumbs=crumbs_of_body(member.body, _("Reemplazar")),
        submit_label=_("Reemplazar"),
    )


def _succession(form: ReplaceForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("starts_on", "reason")}
