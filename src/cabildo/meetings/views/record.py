"""One meeting: where it stands, what is next, who is on its list; and one version of its acta."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.documents.rules import MediaType
from cabildo.meetings import invitations
from cabildo.meetings.acta import docx, file_name
from cabildo.meetings.actions.planning import OPEN
from cabildo.meetings.choices import Sector, Sex, State
from cabildo.meetings.models import Acta, AgendaItem, Meeting
from cabildo.meetings.permissions import MeetingsPermission, acta_for, meeting_for
from cabildo.meetings.queries import sessions
from cabildo.meetings.queries.signing import paper_of, versions_of
from cabildo.meetings.rules.attendance import by_trait, tally
from cabildo.meetings.views.guide import steps_of
from cabildo.meetings.views.pages import crumbs_of, saw_people
from cabildo.meetings.wording import duration_words, held_words, planned_words, quorum_words
from cabildo.ui.parts import Column, Fact, Table


@requires(MeetingsPermission.ATTEND, on=meeting_for)
def detail(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    people, items = list(sessions.listed(meeting)), list(sessions.items_of(meeting))
    agreements = list(sessions.agreements_of_meeting(meeting))
    saw_people(request, people)
    writes = can(request.user, MeetingsPermission.WRITE, on=meeting)
    leads = can(request.user, MeetingsPermission.LEAD, on=meeting)
    context = {
        "meeting": meeting,
        "steps": steps_of(meeting, people, sessions.gaps(meeting), len(agreements), writes=writes),
        "facts": _facts(meeting, items),
        "people": people,
        "tallies": _tallies(sessions.seen(people)) if people else None,
        "items": items,
        "agreements": agreements,
        "actas": versions_of(meeting),
        "calendar_url": invitations.address_of(meeting) if sessions.may_begin(meeting) else "",
        "may_start": writes and sessions.may_begin(meeting),
        "is_today": meeting.is_planned_for(timezone.localdate()),
        "may_stop": writes and meeting.started_at is not None and meeting.ended_at is None,
        "may_change": leads and meeting.state in (State.DRAFT, State.CALLED),
        "may_time": writes and meeting.state in OPEN,
        "may_reopen": leads and meeting.state in (State.MINUTED, State.SIGNED),
        "crumbs": crumbs_of(meeting),
    }
    return render(request, "meetings/meeting.html", context)


def _facts(meeting: Meeting, items: list[AgendaItem]) -> list[Fact]:
    durations = sessions.durations_of(meeting, items, timezone.now())
    facts = [
        *_when(meeting),
        Fact(_("Dónde"), meeting.place or _("a distancia")),
        Fact(_("Duración"), duration_words(durations)),
    ]
    facts += [Fact(_("Enlace"), meeting.link)] if meeting.link else []
    facts += [Fact(_("Quórum"), quorum_words(meeting))] if meeting.quorum_stated_at else []
    return facts + ([Fact(_("Motivo"), meeting.reason)] if meeting.reason else [])


def _when(meeting: Meeting) -> list[Fact]:
    """The plan, and what was done where that is not the same."""
    planned, held = planned_words(meeting), held_words(meeting)
    if not held:
        return [Fact(_("Cuándo"), planned)]
    return [
        Fact(_("Planificada para el"), planned),
        Fact(_("Se hizo el") if meeting.ended_at else _("Comenzó el"), held),
    ]


def _tallies(seen: list) -> Table:
    """Expected against real, in all, by sector and by sex."""
    columns = [
        Column("group", _("Grupo")),
        Column("expected", _("Esperadas"), numeric=True),
        Column("came", _("De ellas, presentes"), numeric=True),
        Column("guests", _("Sin convocar"), numeric=True),
        Column("unrecorded", _("Sin anotar"), numeric=True),
    ]
    found = [(_("Todas las personas"), tally(seen))]
    for trait, choices, label in (("sector", Sector, _("Sector")), ("sex", Sex, _("Sexo"))):
        groups = by_trait(seen, trait)
        found += [(f"{label}: {one.label}", groups[one.value]) for one in choices if one.value in groups]
    rows = [[name, one.expected, one.came, one.guests, one.unrecorded] for name, one in found]
    return Table(_("Asistencia esperada y real"), columns, rows)


@requires(MeetingsPermission.ATTEND, on=acta_for)
def acta(request: StaffRequest, shown: Acta) -> HttpResponse:
    """A version as it was closed, with its signatures and its paper."""
    saw_people(request, sessions.listed(shown.meeting))
    context = {
        "acta": shown,
        "meeting": shown.meeting,
        "content": shown.content,
        "facts": [Fact(label, value) for label, value in shown.content["facts"]],
        "signatures": shown.signatures.all(),
        "paper": paper_of(shown),
        "crumbs": crumbs_of(shown.meeting, _("Acta v%s") % shown.version),
    }
    return render(request, "meetings/acta.html", context)


@requires(MeetingsPermission.ATTEND, on=acta_for)
def acta_word(request: StaffRequest, shown: Acta) -> HttpResponse:
    """What the version says, to be edited in Word; the acta is its PDF."""
    saw_people(request, sessions.listed(shown.meeting))
    headers = {"Content-Disposition": f'attachment; filename="{file_name(shown).removesuffix(".pdf")}.docx"'}
    return HttpResponse(docx(shown), content_type=MediaType.DOCX.value, headers=headers)
