"""During a meeting: the timer, who came, and the quorum."""

from datetime import date

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.meetings.actions import holding as actions
from cabildo.meetings.actions.planning import invite
from cabildo.meetings.forms.meetings import AttendanceForm, InviteForm, QuorumForm, TimesForm
from cabildo.meetings.models import Meeting
from cabildo.meetings.permissions import MeetingsPermission, meeting_for
from cabildo.meetings.queries.sessions import asks_quorum, listed, may_begin, quorum_now
from cabildo.meetings.views.guide import unprepared
from cabildo.meetings.views.pages import crumbs_of, form_page, page_of, saw_people, step


@requires(MeetingsPermission.WRITE, on=meeting_for)
def start(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """On the day that was planned at once; on another, once the question for that day was answered."""
    today = timezone.localdate()

    def act() -> Meeting:
        return actions.start(meeting, at=timezone.now(), by=request.user)

    is_sure = meeting.is_planned_for(today) or request.POST.get("on") == today.isoformat()
    if may_begin(meeting) and not is_sure:
        return _ask(request, meeting, today)
    if request.method != "POST":
        return redirect(page_of(meeting))
    return step(request, act, done=_("La reunión comenzó. Tome la asistencia."), back=page_of(meeting))


def _ask(request: StaffRequest, meeting: Meeting, today: date) -> HttpResponse:
    """What it means to begin on a day that was not planned, and what was left undone before it."""
    context = {
        "meeting": meeting,
        "today": today,
        "is_past": timezone.localdate(meeting.planned_start_at) < today,
        "missing": unprepared(meeting),
        "crumbs": crumbs_of(meeting, _("Comenzar")),
    }
    return render(request, "meetings/start.html", context)


@require_POST
@requires(MeetingsPermission.WRITE, on=meeting_for)
def stop(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    def act() -> Meeting:
        return actions.stop(meeting, at=timezone.now(), by=request.user)

    return step(request, act, done=_("La reunión terminó. Revise lo tratado y cierre el acta."), back=page_of(meeting))


@requires(MeetingsPermission.WRITE, on=meeting_for)
def times(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """For a session that nobody timed."""
    form = TimesForm(request.POST or None, initial=TimesForm.initial_of(meeting))

    def act() -> Meeting:
        noted = {"started_at": form.start(), "ended_at": form.end()}
        return actions.note_times(meeting, now=timezone.now(), by=request.user, **noted)

    return form_page(
        request,
        form,
        act=act,
        back=page_of(meeting),
        done=_("Horas anotadas."),
        heading=_("Anotar cuándo se hizo"),
        lead=_("Si fue otro día, el quórum se declara otra vez.") if meeting.quorum_stated_at else "",
        crumbs=crumbs_of(meeting, _("Horas")),
    )


@requires(MeetingsPermission.WRITE, on=meeting_for)
def attendance(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """One line per person with three large choices: it is filled in on a telephone, standing."""
    people = list(listed(meeting))
    saw_people(request, people)
    form = AttendanceForm(request.POST or None, people=people)
    return form_page(
        request,
        form,
        act=lambda: actions.take_attendance(meeting, form.marks(), by=request.user),
        back=page_of(meeting),
        done=_("Asistencia guardada."),
        heading=_("Asistencia"),
        crumbs=crumbs_of(meeting, _("Asistencia")),
        template="meetings/attendance.html",
        meeting=meeting,
        submit_label=_("Guardar la asistencia"),
    )


@requires(MeetingsPermission.WRITE, on=meeting_for)
def guest(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """Somebody came who was not called."""
    form = InviteForm(request.POST or None)

    def act() -> object:
        return invite(meeting, form.who(), role=form.cleaned_data["role"], expected=False, by=request.user)

    return form_page(
        request,
        form,
        act=act,
        back=reverse("meetings:attendance", args=[meeting.pk]),
        done=_("Anotada como presente."),
        heading=_("Llegó alguien sin convocar"),
        crumbs=crumbs_of(meeting, _("Llegó")),
        submit_label=_("Anotar como presente"),
    )


@requires(MeetingsPermission.WRITE, on=meeting_for)
def quorum(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = QuorumForm(request.POST or None)

    def act() -> Meeting:
        return actions.state_quorum(meeting, note=form.cleaned_data["note"], at=timezone.now(), by=request.user)

    return form_page(
        request,
        form,
        act=act,
        back=page_of(meeting),
        done=_("Quórum declarado."),
        heading=_("Quórum"),
        crumbs=crumbs_of(meeting, _("Quórum")),
        template="meetings/quorum.html",
        meeting=meeting,
        found=quorum_now(meeting) if asks_quorum(meeting) else None,
        submit_label=_("Declarar"),
    )
