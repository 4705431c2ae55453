"""The list of meetings a person sees, and the same as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.meetings.models import Meeting
from cabildo.meetings.permissions import MeetingsPermission, visible_bodies, visible_meetings
from cabildo.meetings.queries import lists
from cabildo.ui.list_files import READ_AT_ONCE, list_file, wanted_format
from cabildo.ui.spanish import counted

PAGE_SIZE = 20
HEADINGS = [
    gettext_lazy("Folio"), gettext_lazy("Título"), gettext_lazy("Tipo"), gettext_lazy("Cuerpo"),
    gettext_lazy("Estado"), gettext_lazy("Comienza"), gettext_lazy("Termina"), gettext_lazy("Lugar"),
    gettext_lazy("Inicio real"), gettext_lazy("Término real"), gettext_lazy("Presentes con voz"),
    gettext_lazy("Integrantes con voz"), gettext_lazy("Hubo quórum"),
]  # fmt: skip


@requires(MeetingsPermission.ATTEND)
def meetings(request: StaffRequest) -> HttpResponse:
    listing = lists.meeting_spec(visible_bodies(request.user)).read(request.GET)
    found = lists.filtered_meetings(visible_meetings(request.user), listing.values)
    if wanted := wanted_format(request):
        return _file(found.order_by(*listing.sort.order), wanted)
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("meetings:list")
    context = {
        "heading": _("Reuniones"),
        "listing": listing,
        "page": shown,
        "count_words": counted(capped_count(found), _("reunión"), _("reuniones")),
        "may_plan": can(request.user, MeetingsPermission.LEAD),
    }
    return render(request, "meetings/list.html", context)


def _file(found: QuerySet[Meeting], wanted: str) -> HttpResponse:
    lines = _lines(found.iterator(chunk_size=READ_AT_ONCE))
    return list_file(wanted, name="reuniones", title=_("Reuniones"), headings=HEADINGS, rows=lines)


def _lines(found: Iterable[Meeting]) -> Iterator[list[Any]]:
    for meeting in found:
        yield [
            meeting.folio,
            meeting.title,
            meeting.get_kind_display(),
            str(meeting.body or ""),
            meeting.get_state_display(),
            meeting.planned_start_at,
            meeting.planned_end_at,
            meeting.place,
            meeting.started_at,
            meeting.ended_at,
            meeting.quorum_present,
            meeting.quorum_total,
            meeting.quorum_met,
        ]
