"""The list of meetings a person sees, and the same as a file."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.meetings.models import Meeting
from cabildo.meetings.permissions import MeetingsPermission, visible_bodies, visible_meetings
from cabildo.meetings.queries import lists
from cabildo.meetings.wording import count_words
from cabildo.ui import exports
from cabildo.ui.lists import FORMAT

PAGE_SIZE = 20
MOST_EXPORTED = 5_000
HEADINGS = [
    gettext_lazy("Folio"), gettext_lazy("Título"), gettext_lazy("Tipo"), gettext_lazy("Cuerpo"),
    gettext_lazy("Estado"), gettext_lazy("Comienza"), gettext_lazy("Termina"), gettext_lazy("Lugar"),
    gettext_lazy("Inicio real"), gettext_lazy("Término real"), gettext_lazy("Presentes con voz"),
    gettext_lazy("Integrantes con voz"), gettext_lazy("Hubo quórum"),
]  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(MeetingsPermission.ATTEND)
def meetings(request: StaffRequest) -> HttpResponse:
    listing = lists.meeting_spec(visible_bodies(request.user)).read(request.GET)
    found = lists.filtered_meetings(visible_meetings(request.user), listing.values)
    if request.GET.get(FORMAT) in ("csv", "xlsx"):
        return _file(found.order_by(*listing.sort.order)[:MOST_EXPORTED], request.GET[FORMAT])
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("meetings:list")
    context = {
        "heading": _("Reuniones"),
        "listing": listing,
        "page": shown,
        "count_words": count_words(capped_count(found), _("reunión"), _("reuniones")),
        "may_plan": can(request.user, MeetingsPermission.LEAD),
        "exports": [(kind.upper(), listing.export_url(kind)) for kind in ("xlsx", "csv")],
    }
    return render(request, "meetings/list.html", context)


def _file(found: Iterable[Meeting], kind: str) -> HttpResponse:
    heads, lines = [str(heading) for heading in HEADINGS], _lines(found)
    if kind == "xlsx":
        from cabildo.ui.engine_xlsx import workbook

        response = HttpResponse(workbook(_("Reuniones"), heads, lines), content_type=XLSX)
    else:
        response = HttpResponse("".join(exports.csv_lines(heads, lines)), content_type="text/csv; charset=utf-8")
    name = f"reuniones-{timezone.localdate():%Y-%m-%d}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


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
