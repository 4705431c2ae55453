"""The signatures of an acta: with one's account, on paper, or inside the PDF."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.accounts.queries import same_person
from cabildo.meetings.acta import file_name
from cabildo.meetings.actions import signing as actions
from cabildo.meetings.choices import ActaState, SigningMethod
from cabildo.meetings.forms.meetings import SignedCopyForm
from cabildo.meetings.models import Acta, Attendance, Meeting
from cabildo.meetings.permissions import MeetingsPermission, attendance_for, meeting_for
from cabildo.meetings.queries import signing as queries
from cabildo.meetings.views.pages import crumbs_of, form_page, saw_people, step


def _acta(meeting: Meeting) -> Acta:
    acta = queries.acta_in_force(meeting)
    if acta is None:
        raise Http404
    return acta


@requires(MeetingsPermission.ATTEND, on=meeting_for)
def signing(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """Who must sign, who did and how, and the paper."""
    acta = _acta(meeting)
    people = queries.present(acta)
    form = SignedCopyForm(people=_unsigned(acta, people))
    return render(request, "meetings/signing.html", _context(request, acta, people, form))


def _unsigned(acta: Acta, people: list[Attendance]) -> list[Attendance]:
    signed = {signature.attendance_id for signature in queries.signatures_of(acta)}
    return [person for person in people if person.pk not in signed]


def _context(request: StaffRequest, acta: Acta, people: list[Attendance], form: SignedCopyForm) -> dict[str, Any]:
    saw_people(request, people)
    given = {signature.attendance_id: signature for signature in queries.signatures_of(acta)}
    must = {person.pk for person in queries.still_to_sign(acta, people)}
    mine = same_person(request.user)
    return {
        "acta": acta,
        "meeting": acta.meeting,
        "rows": [
            {
                "person": person,
                "signature": given.get(person.pk),
                "must": person.pk in must,
                "is_me": person.user_id in mine,
            }
            for person in people
        ],
        "paper": queries.paper_of(acta),
        "copy": queries.unsealed_copy(acta),
        "form": form,
        "is_open": acta.state == ActaState.CLOSED,
        "may_write": can(request.user, MeetingsPermission.WRITE, on=acta),
        "crumbs": crumbs_of(acta.meeting, _("Firmas")),
    }


def _of_meeting(user: Any, meeting_id: int, attendance_id: int) -> Attendance:
    person = attendance_for(user, attendance_id)
    if person.meeting_id != meeting_id:
        raise Http404
    return person


@require_POST
@requires(MeetingsPermission.ATTEND, on=_of_meeting)
def sign(request: StaffRequest, person: Attendance) -> HttpResponse:
    """Sign with one's own account; or, who keeps the minutes, note that somebody signed the printed copy."""
    acta = _acta(person.meeting)
    on_paper = request.POST.get("how") == SigningMethod.PAPER and can(request.user, MeetingsPermission.WRITE, on=acta)
    method = SigningMethod.PAPER if on_paper else SigningMethod.ACCOUNT
    back = reverse("meetings:signing", args=[person.meeting_id])
    done = _("Firma anotada: %s.") % person.full_name
    return step(request, lambda: actions.sign(acta, person, method=method, by=request.user), done=done, back=back)


@require_POST
@requires(MeetingsPermission.WRITE, on=meeting_for)
def prepare(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    acta, back = _acta(meeting), reverse("meetings:signing", args=[meeting.pk])
    done = _("La copia está lista: descárguela, fírmenla y súbala.")
    return step(request, lambda: actions.prepare_copy(acta, by=request.user), done=done, back=back)


@requires(MeetingsPermission.WRITE, on=meeting_for)
def copy(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """The PDF to be signed; not issued until it comes back."""
    acta = _acta(meeting)
    if queries.unsealed_copy(acta) is None:
        raise Http404
    saw_people(request, queries.present(acta))
    pdf = HttpResponse(actions.hand_out_copy(acta, by=request.user), content_type="application/pdf")
    pdf["Content-Disposition"] = f'attachment; filename="{file_name(acta)}"'
    return pdf


@require_POST
@requires(MeetingsPermission.WRITE, on=meeting_for)
def upload(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    acta = _acta(meeting)
    people = queries.present(acta)
    form = SignedCopyForm(request.POST, request.FILES, people=_unsigned(acta, people))

    def act() -> Any:
        chosen = {int(pk) for pk in form.cleaned_data["signers"]}
        signers = [person for person in people if person.pk in chosen]
        return actions.take_signed_copy(acta, form.cleaned_data["file"], signers, by=request.user)

    context = _context(request, acta, people, form)
    return form_page(
        request,
        form,
        act=act,
        back=reverse("meetings:signing", args=[meeting.pk]),
        done=_("El PDF firmado reemplazó al anterior."),
        heading=_("Firmas"),
        template="meetings/signing.html",
        **{name: value for name, value in context.items() if name != "form"},
    )
