"""One request as an official sees it: facts, timeline, and the steps they may take."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import can, requires, saw
from cabildo.documents.queries import kept_documents_of
from cabildo.tickets.choices import AnswerState, EventKind, TicketPermission
from cabildo.tickets.duties import standing
from cabildo.tickets.models import Answer, Ticket, TicketEvent, TicketPause
from cabildo.tickets.queries import tracking
from cabildo.tickets.queries.approvals import waits_for
from cabildo.tickets.queries.internal import of_ticket
from cabildo.tickets.queries.official import named_in
from cabildo.tickets.queries.satisfaction import invitations_of
from cabildo.tickets.queries.stops import stop_of
from cabildo.tickets.queries.visibility import may_see_identity, visible_ticket
from cabildo.tickets.views.steps import available
from cabildo.ui.parts import Crumb, TimelineEntry
from cabildo.workflow.queries import calendar as municipal_calendar

ICONS = {
    EventKind.RECEIVED: "inbox",
    EventKind.ANSWERED: "check-circle",
    EventKind.DERIVED: "arrow-right-circle",
    EventKind.ROUTED: "arrow-right-circle",
    EventKind.NOTE: "sticky",
    EventKind.ASKED: "question-circle",
    EventKind.REOPENED: "arrow-counterclockwise",
    EventKind.STOPPED: "pause-circle",
    EventKind.RESUMED: "play",
    EventKind.INTERNAL_ASKED: "diagram-3",
    EventKind.INTERNAL_ANSWERED: "reply",
    EventKind.ESCALATED: "bell",
}


@requires(TicketPermission.VIEW, on=visible_ticket)
def detail(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    identity = may_see_identity(request.user, ticket)
    if identity and ticket.requester is not None:
        saw(request, [ticket.requester])
    today = timezone.localdate()
    calendar = municipal_calendar(today)
    steps = available(request.user, ticket)
    context = {
        "ticket": ticket,
        "requester": ticket.requester if identity else None,
        "named": named_in(ticket, request.user),
        "hidden_identity": ticket.requester is not None and not identity,
        "standing": standing(ticket, today, calendar),
        "stop": stop_of(ticket, today, calendar) if ticket.is_open else None,
        "clocks": list(tracking.clocks(ticket)),
        "pauses": list(TicketPause.objects.filter(ticket=ticket)),
        "answers": list(
            Answer.objects.filter(ticket=ticket).exclude(state=AnswerState.DRAFT).select_related("drafted_by")
        ),
        "invitations": list(invitations_of(ticket)),
        "documents": list(kept_documents_of(ticket)),
        "withholds_papers": not identity,
        "history": _timeline(ticket),
        "approval": waits_for(ticket),
        "internal_requests": list(of_ticket(ticket)),
        "main_step": steps[0] if steps and ticket.is_open else None,
        "other_steps": steps[1:] if ticket.is_open else steps,
        "may_act": can(request.user, TicketPermission.WORK, on=ticket),
        "crumbs": [Crumb(_("Solicitudes"), ".."), Crumb(ticket.folio)],
    }
    return render(request, "tickets/desk/record.html", context)


def _timeline(ticket: Ticket) -> list[TimelineEntry]:
    events = (
        TicketEvent.objects.filter(ticket=ticket)
        .select_related("by", "standing_in_for", "department")
        .order_by("-at", "-pk")
    )
    return [
        TimelineEntry(
            at=event.at,
            title=f"{event.get_kind_display()}{_to(event)}",
            who=_who(event),
            text=event.words,
            icon=ICONS.get(EventKind(event.kind), "circle"),
        )
        for event in events
    ]


def _to(event: TicketEvent) -> str:
    return f": {event.department}" if event.department else ""


def _who(event: TicketEvent) -> str:
    if event.by is None:
        return ""
    if event.standing_in_for is None:
        return str(event.by)
    return _("%(who)s, en reemplazo de %(absent)s") % {"who": event.by, "absent": event.standing_in_for}


@requires(TicketPermission.VIEW, on=visible_ticket)
def why(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Both clocks, day by day."""
    clocks: list[dict[str, Any]] = [
        {"clock": clock, "days": list(tracking.explanation(clock))} for clock in tracking.clocks(ticket)
    ]
    crumbs = [Crumb(_("Solicitudes"), "../.."), Crumb(ticket.folio, ".."), Crumb(_("Cómo se contó el plazo"))]
    return render(request, "tickets/desk/why.html", {"ticket": ticket, "clocks": clocks, "crumbs": crumbs})
