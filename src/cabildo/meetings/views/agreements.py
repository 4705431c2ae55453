"""Agreements: the list, one of them, how it is made, done or left without effect."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.meetings.actions import agreements as actions
from cabildo.meetings.choices import AgreementState
from cabildo.meetings.forms.meetings import AgreementForm, DoneForm, ReasonForm
from cabildo.meetings.models import Agreement, Meeting
from cabildo.meetings.permissions import MeetingsPermission, agreement_for, meeting_for, visible_agreements
from cabildo.meetings.queries import lists
from cabildo.meetings.queries.belonging import answered_by, answers_for
from cabildo.meetings.queries.sessions import agreements_of_meeting
from cabildo.meetings.views.pages import crumbs_of, form_page
from cabildo.ui.parts import Crumb, Fact
from cabildo.ui.spanish import counted, long_date
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on

PAGE_SIZE = 20


@requires(MeetingsPermission.ATTEND)
def agreements(request: StaffRequest) -> HttpResponse:
    listing, today = lists.agreement_spec().read(request.GET), timezone.localdate()
    found = lists.filtered_agreements(
        visible_agreements(request.user), listing.values, today, answered_by(request.user)
    )
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("meetings:agreements")
    days = municipal_calendar(today)
    context = {
        "heading": _("Acuerdos"),
        "listing": listing,
        "page": shown,
        "rows": [(one, standing_on(one.due_on, today, days)) for one in shown.items],
        "count_words": counted(capped_count(found), _("acuerdo"), _("acuerdos")),
    }
    return render(request, "meetings/agreements.html", context)


def _may_settle(user: Any, shown: Agreement) -> bool:
    """Whoever answers for it, and whoever keeps the minutes of the meeting."""
    return answers_for(user, shown) or can(user, MeetingsPermission.WRITE, on=shown)


@requires(MeetingsPermission.ATTEND, on=agreement_for)
def agreement(request: StaffRequest, shown: Agreement) -> HttpResponse:
    """One agreement, and the form that says it was done."""
    settles = shown.state == AgreementState.OPEN and _may_settle(request.user, shown)
    if request.method == "POST" and not settles:
        raise PermissionDenied
    today = timezone.localdate()
    form = DoneForm(request.POST or None, initial={"done_on": today})
    return form_page(
        request,
        form,
        act=lambda: actions.complete_agreement(shown, today=today, by=request.user, **form.cleaned_data),
        back=reverse("meetings:agreement", args=[shown.pk]),
        done=_("Acuerdo cumplido."),
        heading=shown.what,
        crumbs=[Crumb(_("Acuerdos"), reverse("meetings:agreements")), Crumb(shown.folio)],
        template="meetings/agreement.html",
        agreement=shown,
        facts=_facts(shown),
        standing=standing_on(shown.due_on, today, municipal_calendar(today)),
        may_settle=settles,
        may_drop=shown.state == AgreementState.OPEN and can(request.user, MeetingsPermission.WRITE, on=shown),
        submit_label=_("Dar por cumplido"),
    )


def _facts(shown: Agreement) -> list[Fact]:
    facts = [
        Fact(_("Reunión"), str(shown.meeting)),
        Fact(_("Responsable"), shown.responsible),
        Fact(_("Plazo"), long_date(shown.due_on)),
    ]
    facts += [Fact(_("Cumplido el"), long_date(shown.done_on))] if shown.done_on else []
    return facts + ([Fact(_("Cómo consta"), shown.evidence)] if shown.evidence else [])


@requires(MeetingsPermission.WRITE, on=agreement_for)
def drop(request: StaffRequest, shown: Agreement) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    back = reverse("meetings:agreement", args=[shown.pk])
    return form_page(
        request,
        form,
        act=lambda: actions.drop_agreement(shown, reason=form.cleaned_data["reason"], by=request.user),
        back=back,
        done=_("El acuerdo quedó sin efecto."),
        heading=_("¿Dejar sin efecto el acuerdo?"),
        crumbs=[Crumb(_("Acuerdos"), reverse("meetings:agreements")), Crumb(shown.folio)],
        template="ui/confirm.html",
        consequence=_("Nadie deberá cumplirlo. El motivo queda anotado."),
        confirm_label=_("Dejar sin efecto"),
        cancel_url=back,
    )


@requires(MeetingsPermission.WRITE, on=meeting_for)
def agree(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """What was agreed so far, and one more."""
    form = AgreementForm(request.POST or None, meeting=meeting)
    return form_page(
        request,
        form,
        act=lambda: actions.agree(meeting, by=request.user, **form.cleaned_data),
        back=reverse("meetings:agree", args=[meeting.pk]),
        done=_("Acuerdo anotado."),
        heading=_("Acuerdos de la reunión"),
        crumbs=crumbs_of(meeting, _("Acuerdos")),
        template="meetings/agree.html",
        meeting=meeting,
        agreements=agreements_of_meeting(meeting),
        submit_label=_("Anotar el acuerdo"),
    )
