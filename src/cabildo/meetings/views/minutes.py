"""Writing the minutes, closing them as an acta, and opening them again to correct it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.meetings.actions import minutes as actions
from cabildo.meetings.actions.planning import OPEN
from cabildo.meetings.errors import MeetingsError
from cabildo.meetings.forms.meetings import MinuteForm, ReasonForm
from cabildo.meetings.models import AgendaItem, Meeting, Minute
from cabildo.meetings.permissions import MeetingsPermission, item_for, meeting_for
from cabildo.meetings.queries.sessions import agreements_of_meeting, gaps, items_of, minute_of
from cabildo.meetings.views.guide import missing_of
from cabildo.meetings.views.pages import crumbs_of, form_page, page_of

ROWS = {"text": 8, "dissent": 2}


@requires(MeetingsPermission.WRITE, on=meeting_for)
def minutes(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """Each point with its text and dissent; what is typed is kept by itself."""
    written = [(item, [_box(minute_of(item), name) for name in ROWS]) for item in items_of(meeting)]
    context = {
        "meeting": meeting,
        "points": written,
        "agreements": agreements_of_meeting(meeting),
        "is_open": meeting.state in OPEN,
        "crumbs": crumbs_of(meeting, _("Lo tratado")),
    }
    return render(request, "meetings/minutes.html", context)


def _box(minute: Minute, field: str, **more: Any) -> dict[str, Any]:
    """A field of a point as the page draws it: its words, and the revision they are of."""
    return {
        "item": minute.item,
        "field": field,
        "label": Minute._meta.get_field(field).verbose_name,  # type: ignore[union-attr]
        "words": getattr(minute, field),
        "revision": getattr(minute, f"{field}_revision"),
        "rows": ROWS[field],
        "saved_at": minute.changed_at if getattr(minute, f"{field}_revision") else None,
        **more,
    }


@require_POST
@requires(MeetingsPermission.WRITE, on=item_for)
def write(request: StaffRequest, item: AgendaItem) -> HttpResponse:
    """Keep one field. To the script it answers the line below the field; without it, the page again."""
    form = MinuteForm(request.POST)
    if not form.is_valid():
        return _told(request, item, minute_of(item), refusal=_("El texto es demasiado largo. Acórtelo."))
    given = form.cleaned_data
    try:
        minute = actions.write_minute(item, {given["field"]: given["words"]}, base=given["revision"], by=request.user)
    except MeetingsError as refusal:
        item.refresh_from_db()
        return _told(request, item, minute_of(item), refusal=refusal.sentence, typed=given["words"])
    return _told(request, item, minute)


def _told(
    request: StaffRequest, item: AgendaItem, minute: Minute, *, refusal: str = "", typed: str = ""
) -> HttpResponse:
    field = request.POST.get("field", "text")
    box = _box(minute, field if field in ROWS else "text", refusal=refusal, typed=typed)
    if request.headers.get("HX-Request"):
        return render(request, "meetings/_saved.html", {"box": box})
    if not refusal:
        messages.success(request, _("Guardado."))
        return redirect(reverse("meetings:minutes", args=[item.meeting_id]) + f"#punto-{item.pk}")
    heading = _("No se guardó: %s") % item.title
    context = {"box": box, "heading": heading, "crumbs": crumbs_of(item.meeting, _("Lo tratado"))}
    return render(request, "meetings/conflict.html", context, status=409)


@requires(MeetingsPermission.WRITE, on=meeting_for)
def close(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    """What is missing, each with its link; or the button that freezes the acta."""
    missing = missing_of(meeting, gaps(meeting))
    if request.method == "POST":
        try:
            actions.close_minutes(meeting, at=timezone.now(), by=request.user)
        except MeetingsError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("meetings:close", meeting_id=meeting.pk)
        messages.success(request, _("Acta cerrada. Falta que la firmen."))
        return redirect("meetings:signing", meeting_id=meeting.pk)
    context = {"meeting": meeting, "missing": missing, "crumbs": crumbs_of(meeting, _("Cerrar el acta"))}
    return render(request, "meetings/close.html", context)


@requires(MeetingsPermission.LEAD, on=meeting_for)
def reopen(request: StaffRequest, meeting: Meeting) -> HttpResponse:
    form = ReasonForm(request.POST or None)

    def act() -> Meeting:
        return actions.reopen(meeting, reason=form.cleaned_data["reason"], by=request.user)

    return form_page(
        request,
        form,
        act=act,
        back=page_of(meeting),
        done=_("El acta se abrió para rectificarla. Al cerrarla será una versión nueva."),
        heading=_("¿Rectificar el acta?"),
        crumbs=crumbs_of(meeting, _("Rectificar")),
        template="ui/confirm.html",
        consequence=_("La versión de hoy queda guardada y su código dirá que ya no rige. La nueva se firma otra vez."),
        confirm_label=_("Rectificar"),
        cancel_url=page_of(meeting),
    )
