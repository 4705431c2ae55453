"""One step on a request: its own page, its own form, nothing lost when it is refused."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.kit.errors import DomainError
from cabildo.tickets import conflicts
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.answering import DecideForm
from cabildo.tickets.forms.internal import KeepInternal
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.approvals import approval_of
from cabildo.tickets.queries.internal import open_on
from cabildo.tickets.queries.protocols import protocols_for, shown_to
from cabildo.tickets.queries.visibility import may_see_identity, visible_ticket
from cabildo.tickets.views import template_choice
from cabildo.tickets.views.step_shape import KEEP_INTERNAL, Step
from cabildo.tickets.views.steps import BY_CODE, available
from cabildo.tickets.views.template_choice import Choice
from cabildo.ui.parts import Crumb


def _ticket_and_step(user: Any, folio: str, step: str) -> Ticket:
    """The request with the step asked for; whether it can still be taken is for the view to say."""
    ticket = visible_ticket(user, folio)
    wanted = BY_CODE.get(step)
    if wanted is None or not any(can(user, one) for one in wanted.permissions):
        raise Http404
    ticket.step = wanted  # type: ignore[attr-defined]
    return ticket


@requires(TicketPermission.VIEW, on=_ticket_and_step)
def take(request: StaffRequest, ticket: Ticket) -> HttpResponse:
    """Show the step, or take it; only those `available` offers exist."""
    step: Step = ticket.step  # type: ignore[attr-defined]
    if step not in available(request.user, ticket):
        return _gone(request, step, ticket)
    if step.has_templates and template_choice.was_asked(request):
        choice, typed = template_choice.choose(request, ticket)
        return _page(request, step, _form(step, None, ticket, typed), ticket, choice=choice, carries_typed=True)
    asked = _asked_for(request, step)
    form = _form(step, request.POST or None, ticket, asked, files=request.FILES or None)
    if request.method == "POST" and (form is None or form.is_valid()):
        return _taken(request, step, form, ticket)
    return _page(request, step, form, ticket, carries_typed=bool(asked))


def _taken(request: StaffRequest, step: Step, form: Any, ticket: Ticket) -> HttpResponse:
    """Run the action; a refusal keeps what was typed."""
    try:
        step.run(ticket, request.user, {KEEP_INTERNAL: False, **form.cleaned_data} if form else {})
    except DomainError as refusal:
        if form is None:
            messages.error(request, refusal.sentence)
            return redirect("tickets:detail", folio=ticket.folio)
        if refusal.code == "stale":
            return _stale(request, step, form, ticket)
        form.add_error(None, refusal.sentence)
        return _page(request, step, form, ticket)
    messages.success(request, _("Listo: %s.") % str(step.label).lower(), extra_tags=_draft_key(step, ticket))
    return _next(request, step, ticket)


def _next(request: StaffRequest, step: Step, ticket: Ticket) -> HttpResponse:
    """Its record; the first screen, for who read it only while its answer waited for them."""
    left = step.permission == TicketPermission.APPROVE and not can(request.user, TicketPermission.VIEW, on=ticket)
    return redirect("desk_home") if left else redirect("tickets:detail", folio=ticket.folio)


def _draft_key(step: Step, ticket: Ticket) -> str:
    """Names what is half written in this step on the device of its writer, until the step is taken."""
    return f"paso-{step.code}-{ticket.pk}"


def _stale(request: StaffRequest, step: Step, form: Any, ticket: Ticket) -> HttpResponse:
    """Somebody changed the request meanwhile: name what, keep what was typed, and let it be sent again."""
    ticket = visible_ticket(request.user, ticket.folio)
    found = conflicts.between(form.cleaned_data["seen"], ticket)
    named = ", ".join(conflict.label for conflict in found) or _("otros datos")
    form.renew(version=str(ticket.version), seen=conflicts.snapshot(ticket))
    form.add_error(None, TicketsError("stale", fields=named).sentence)
    return _page(request, step, form, ticket, conflicts=found, status=409)


def _gone(request: StaffRequest, step: Step, ticket: Ticket) -> HttpResponse:
    """A step that this person cannot take now. What they had typed in it is given back to them."""
    if request.method != "POST":
        raise Http404
    names = step.form.base_fields if step.form else {}  # type: ignore[attr-defined]
    typed = [request.POST[name] for name in names if name not in ("version", "seen") and request.POST.get(name)]
    context = {"step": step, "ticket": ticket, "typed": [text for text in typed if len(text) > 20]}
    return render(request, "tickets/desk/step_gone.html", context, status=409)


def _asked_for(request: StaffRequest, step: Step) -> dict[str, Any]:
    """What a form that depends on a choice of its own is asked to show: the choice stands in the address."""
    return {name: request.GET[name] for name in getattr(step.form, "asks_again", ()) if name in request.GET}


def _form(step: Step, data: Any, ticket: Ticket, typed: dict[str, Any] | None = None, files: Any = None) -> Any:
    if step.form is None:
        return None
    shown = {**(typed or {}), "version": ticket.version, "seen": conflicts.snapshot(ticket)}
    options = {"ticket": ticket, **(step.form_options or {})}
    form = step.form(data, files, initial=shown, **options)
    form.still_owed = list(open_on(ticket)) if step.closes else []
    if form.still_owed:
        form.fields[KEEP_INTERNAL] = KeepInternal()
    return form


def _page(
    request: StaffRequest, step: Step, form: Any, ticket: Ticket, *, choice: Choice | None = None, **more: Any
) -> HttpResponse:
    status = more.pop("status", 200)
    protocols = [p for moment in step.protocols for p in _protocols(moment, ticket)]
    context = {
        "heading": step.label,
        "lead": step.lead,
        "form": form,
        "ticket": ticket,
        "documents": _papers(request, ticket) if isinstance(form, DecideForm) else [],
        "submit_label": step.label,
        "approval": approval_of(ticket, request.user) if step.asks_approval else None,
        "draft_key": _draft_key(step, ticket) if form else "",
        "protocols": shown_to(request.user, protocols),
        "choice": choice or (template_choice.opening(ticket) if step.has_templates else None),
        "crumbs": [Crumb(_("Solicitudes"), "../../.."), Crumb(ticket.folio, "../.."), Crumb(str(step.label))],
        **more,
    }
    return render(request, "tickets/desk/step.html", context, status=status)


def _papers(request: StaffRequest, ticket: Ticket) -> list[Document]:
    """What the request has, for who decides on its answer and may open it."""
    return list(kept_documents_of(ticket)) if may_see_identity(request.user, ticket) else []


def _protocols(moment: str, ticket: Ticket) -> list[Any]:
    return protocols_for(moment, ticket.channel, ticket.category, ticket.kind)
