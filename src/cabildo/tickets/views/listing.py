"""The list of requests a person may see: search, filters, paging, export."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.accounts.queries import preference
from cabildo.db.keyset import InvalidCursor, page
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.queries import lists
from cabildo.tickets.queries.visibility import visible_parts, visible_tickets
from cabildo.tickets.views.bulk import LABELS
from cabildo.tickets.views.list_cells import SHOWN, Lines
from cabildo.tickets.views.list_tools import KEY
from cabildo.ui.spanish import counted
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import DUE_SOON_DAYS

PAGE_SIZE = 20


@requires(TicketPermission.VIEW)
def tickets(request: StaffRequest) -> HttpResponse:
    kept = preference(request.user, KEY)
    listing = lists.spec().read(request.GET, preferred_columns=kept.get("columns", ()))
    today = timezone.localdate()
    days = municipal_calendar(today)
    matches, soon = lists.matches_of(listing.values), days.add(today, DUE_SOON_DAYS)
    narrowed = partial(lists.filtered, values=listing.values, today=today, soon=soon, matches=matches)
    parts = [narrowed(part) for part in visible_parts(request.user)]
    count = lists.counted(request.user, parts, listing.values, matches)
    are_many = count.number > lists.FEW
    is_whole = len(parts) == 1 and not (are_many and listing.values["q"])
    found = parts[0] if is_whole else narrowed(visible_tickets(request.user), are_many=are_many)
    needed = found.select_related("category", "department", "assignee").only(*SHOWN)
    try:
        shown = page(needed, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("tickets:list")
    bulk_actions = list(LABELS.items()) if can(request.user, TicketPermission.WORK) else []
    return render(
        request,
        "tickets/desk/list.html",
        {
            "heading": _("Solicitudes"),
            "listing": listing,
            "page": shown,
            "rows": Lines(listing.columns, today, days, are_chosen=bool(bulk_actions)).drawn(shown.items),
            "count_words": counted(count, _("solicitud"), _("solicitudes")),
            "saved_views": kept.get("views", []),
            "bulk_actions": bulk_actions,
            "may_register": can(request.user, TicketPermission.REGISTER),
            "may_export": can(request.user, TicketPermission.EXPORT),
        },
    )
