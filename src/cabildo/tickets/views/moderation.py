"""A moderator decides what anyone may read; and anyone may read how that is decided."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cabildo.accounts.access import public, requires, saw
from cabildo.db.keyset import InvalidCursor, page
from cabildo.documents.models import Document
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import moderation
from cabildo.tickets.choices import ModerationAct, ModerationState, TicketPermission
from cabildo.tickets.forms.privacy import BlurPartsForm, ModerationForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import moderation as queries
from cabildo.tickets.queries.published import may_be_published, waiting_for_moderation
from cabildo.tickets.queries.visibility import visible_ticket, visible_tickets
from cabildo.tickets.rules import personal_data
from cabildo.ui import spanish
from cabildo.ui.lists import CURSOR
from cabildo.ui.parts import Crumb, Figure

PAGE_SIZE = 20
FOUND = {"run": gettext_lazy("un RUN"), "phone": gettext_lazy("un teléfono"), "email": gettext_lazy("un correo")}


@requires(TicketPermission.MODERATE)
def queue(request: HttpRequest) -> HttpResponse:
    """Texts that seem to hold personal data, and photos nobody has looked at."""
    waiting = waiting_for_moderation().filter(pk__in=visible_tickets(request.user)).select_related("category")
    try:
        shown = page(waiting, ("received_at", "pk"), request.GET.get(CURSOR), PAGE_SIZE)
    except InvalidCursor:
        return redirect("tickets:moderation")
    context = {
        "rows": [(ticket, _found(ticket)) for ticket in shown.items],
        "next_url": f"?{CURSOR}={shown.next_cursor}" if shown.next_cursor else "",
        "photos": queries.photos_waiting(),
        "figures": _figures(queries.counts()),
    }
    return render(request, "tickets/desk/moderation.html", context)


def _found(ticket: Ticket) -> str:
    return ", ".join(str(FOUND[kind]) for kind in personal_data.kinds_in(ticket.text))


def _figures(counts: queries.Counts) -> list[Figure]:
    withheld = counts.reviewed[ModerationAct.WITHHELD]
    changed = counts.reviewed[ModerationAct.REDACTED] + counts.reviewed[ModerationAct.PUBLISHED]
    oldest = _("la más antigua, del %s") % spanish.short_date(counts.oldest_waiting) if counts.oldest_waiting else ""
    return [
        Figure(_("Textos por revisar"), spanish.number(counts.waiting), share=oldest),
        Figure(_("Publicadas ahora"), spanish.number(counts.published)),
        Figure(_("Revisadas y publicadas"), spanish.number(changed)),
        Figure(_("Retiradas o no publicadas"), spanish.number(withheld)),
    ]


@requires(TicketPermission.MODERATE, on=visible_ticket)
def moderate(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """One request: what came, what would be published, its photos, and every earlier decision."""
    if ticket.requester is not None:
        saw(request, [ticket.requester])
    proposed = ticket.public_text or personal_data.redacted(ticket.text)
    form = ModerationForm(request.POST or None, initial={"text": proposed})
    if form.is_valid():
        try:
            _decide(request, ticket, form)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Listo. Quedó en la historia de la solicitud."))
            return redirect("tickets:moderation")
    return render(request, "tickets/desk/moderate.html", _context(ticket, form))


def _decide(request: HttpRequest, ticket: Ticket, form: ModerationForm) -> None:
    by: Any = request.user
    text, reason = form.cleaned_data["text"], form.cleaned_data["reason"]
    if request.POST.get("act") == "withhold":
        moderation.unpublish(ticket, by=by, reason=reason)
    elif ticket.is_public:
        moderation.redact(ticket, text=text, by=by, reason=reason)
    else:
        moderation.publish(ticket, text=text, by=by, reason=reason)


def _context(ticket: Ticket, form: ModerationForm) -> dict[str, Any]:
    return {
        "ticket": ticket,
        "form": form,
        "may_publish": may_be_published(ticket),
        "may_publish_photo": may_be_published(ticket) and ticket.category.publishes_photo,
        "state": ModerationState(ticket.moderation).label,
        "found": _found(ticket),
        "photos": list(queries.photos_of(ticket)),
        "changes": list(queries.history(ticket)),
        "crumbs": [Crumb(_("Moderación"), ".."), Crumb(ticket.folio)],
    }


def _photo(ticket: Ticket, public_id: UUID) -> Document:
    return get_object_or_404(queries.photos_of(ticket), public_id=public_id)


def _ticket_of_photo(user: Any, folio: str, public_id: UUID) -> Ticket:
    ticket = visible_ticket(user, folio)
    ticket.photo = _photo(ticket, public_id)  # type: ignore[attr-defined]
    return ticket


@requires(TicketPermission.MODERATE, on=_ticket_of_photo)
@require_POST
def photo(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Publish a photo as it is, or leave it unpublished."""
    by: Any = request.user
    acts = {"publish": moderation.publish_photo, "withhold": moderation.withhold_photo}
    act = acts.get(request.POST.get("act", ""))
    if act is None:
        raise Http404
    try:
        act(ticket, ticket.photo, by=by)  # type: ignore[attr-defined]
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("Listo. Quedó en la historia de la solicitud."))
    return redirect("tickets:moderate", folio=ticket.folio)


@requires(TicketPermission.MODERATE, on=_ticket_of_photo)
def blur(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """Publish a copy of the photo with some parts made unreadable."""
    by: Any = request.user
    shown: Document = ticket.photo  # type: ignore[attr-defined]
    parts: Any = BlurPartsForm(request.POST or None)
    if parts.is_valid():
        try:
            moderation.blur_photo(ticket, shown, boxes=parts.boxes, by=by)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("Se publicó una copia con esas partes borrosas. El original sigue interno."))
            return redirect("tickets:moderate", folio=ticket.folio)
    crumbs = [Crumb(_("Moderación"), "../../.."), Crumb(ticket.folio, "../.."), Crumb(_("Hacer borrosas unas partes"))]
    context = {"ticket": ticket, "photo": shown, "parts": parts, "crumbs": crumbs}
    return render(request, "tickets/desk/blur.html", context)


@public
def how(request: HttpRequest) -> HttpResponse:
    """What is published of requests, who decides, and how many times it was decided what."""
    return render(request, "tickets/portal/moderation.html", {"figures": _figures(queries.counts())})
