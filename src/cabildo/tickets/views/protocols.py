"""Attention protocols: the list, one version with its figures, writing, approving, knowing."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, holds_everywhere, requires
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import protocols as actions
from cabildo.tickets.choices import Channel, Kind, ProtocolState, TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.internal import ProtocolForm, ReviewForm
from cabildo.tickets.models import Protocol
from cabildo.tickets.queries import protocols as queries
from cabildo.tickets.queries.compliance import Compliance, Part, compliance_of, readers_of
from cabildo.tickets.queries.protocols import subjects_of
from cabildo.tickets.queries.reasons import pack_body
from cabildo.ui.parts import Crumb, Fact, Figure
from cabildo.ui.spanish import number, share

WINDOW = timedelta(days=90)
EDITABLE = (ProtocolState.DRAFT, ProtocolState.IN_APPROVAL)


def _protocol(user: Any, pk: int) -> Protocol:
    return get_object_or_404(Protocol.objects.select_related("department", "approved_by", "written_by"), pk=pk)


@requires(TicketPermission.VIEW)
def protocols(request: StaffRequest) -> HttpResponse:
    """Every protocol in force or on its way, with whether this person knows it."""
    shown = queries.shown_to(request.user, queries.listed())
    context = {
        "shown": shown,
        "may_write": can(request.user, TicketPermission.WRITE_PROTOCOLS),
        "today": timezone.localdate(),
    }
    return render(request, "tickets/desk/protocols.html", context)


@requires(TicketPermission.VIEW)
def protocol(request: StaffRequest, pk: int) -> HttpResponse:
    """One version: what it says, where it applies, who has read it and how it is kept."""
    shown = _protocol(request.user, pk)
    today = timezone.localdate()
    approves = can(request.user, TicketPermission.APPROVE_PROTOCOLS, on=shown)
    in_force = shown.state == ProtocolState.APPROVED
    writes = can(request.user, TicketPermission.WRITE_PROTOCOLS, on=shown)
    context = {
        "protocol": shown,
        "is_known": queries.shown_to(request.user, [shown])[0].is_known,
        "versions": queries.versions(shown),
        "figures": _figures(shown, today) if in_force else [],
        "review_is_due": in_force and shown.review_on is not None and shown.review_on <= today,
        "may_edit": shown.state in EDITABLE and writes,
        "may_renew": in_force and writes,
        "may_approve": approves and shown.state == ProtocolState.IN_APPROVAL,
        "may_retire": approves and shown.state != ProtocolState.RETIRED,
        "applies": _where_it_applies(shown),
        "readers": readers_of(shown, today) if in_force and (writes or approves) else [],
        "review_form": ReviewForm(),
        "crumbs": [Crumb(_("Protocolos"), ".."), Crumb(shown.title)],
    }
    return render(request, "tickets/desk/protocol.html", context)


def _where_it_applies(shown: Protocol) -> list[Fact]:
    """Its channels, kinds and subjects in words."""
    groups, categories = subjects_of(shown)
    channels = [str(Channel(code).label) for code in shown.channels]
    kinds = [str(Kind(code).label) for code in shown.kinds]
    return [
        Fact(_("Canales"), ", ".join(channels) or _("Todos")),
        Fact(_("Tipos"), ", ".join(kinds) or _("Todos")),
        Fact(_("Materias"), ", ".join((*groups, *categories)) or _("Todas")),
    ]


def _figures(shown: Protocol, today: date) -> list[Figure]:
    kept: Compliance = compliance_of(shown, since=today - WINDOW, until=today, today=today)
    named = [
        (_("Conocen esta versión"), kept.acknowledgement),
        (_("Respondidas en plazo"), kept.deadline),
        (_("Cerradas"), kept.closing),
    ]
    return [_figure(label, part) for label, part in named]


def _figure(label: str, part: Part) -> Figure:
    return Figure(label, number(part.numerator), share=share(part.numerator, part.denominator))


def _write(request: StaffRequest, heading: str, shown: Protocol | None, save: Callable[..., Protocol]) -> HttpResponse:
    everywhere = holds_everywhere(request.user, TicketPermission.WRITE_PROTOCOLS)
    form = ProtocolForm(request.POST or None, instance=shown, user=request.user, everywhere=everywhere)
    if form.is_valid():
        try:
            saved = save(**form.cleaned_data)
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Borrador guardado."))
            return redirect("tickets:protocol", pk=saved.pk)
    crumbs = [Crumb(_("Protocolos"), ".." if shown is None else "../.."), Crumb(heading)]
    context = {"heading": heading, "form": form, "submit_label": _("Guardar borrador"), "crumbs": crumbs}
    return render(request, "ui/form_page.html", context)


@requires(TicketPermission.WRITE_PROTOCOLS)
def write(request: StaffRequest) -> HttpResponse:
    return _write(request, _("Escribir un protocolo"), None, lambda **given: actions.write(by=request.user, **given))


def _editable(user: Any, pk: int) -> Protocol:
    found = _protocol(user, pk)
    if found.state not in EDITABLE:
        raise Http404
    return found


@requires(TicketPermission.WRITE_PROTOCOLS, on=_editable)
def edit(request: StaffRequest, shown: Protocol) -> HttpResponse:
    return _write(request, shown.title, shown, lambda **given: actions.change(shown, by=request.user, **given))


def _run(request: StaffRequest, shown: Protocol, act: Callable[[], Any], done: str) -> HttpResponse:
    """Take the step and go to the version it left, or say why not."""
    try:
        result = act()
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("tickets:protocol", pk=shown.pk)
    messages.success(request, done)
    return redirect("tickets:protocol", pk=result.pk if isinstance(result, Protocol) else shown.pk)


@require_POST
@requires(TicketPermission.WRITE_PROTOCOLS, on=_protocol)
def renew(request: StaffRequest, shown: Protocol) -> HttpResponse:
    """Start the next version with the words of this one."""
    done = _("Versión nueva en preparación. La anterior sigue vigente.")
    return _run(request, shown, lambda: actions.prepare_version(shown, by=request.user), done)


@require_POST
@requires(TicketPermission.WRITE_PROTOCOLS, on=_protocol)
def submit(request: StaffRequest, shown: Protocol) -> HttpResponse:
    return _run(request, shown, lambda: actions.submit(shown, by=request.user), _("Enviado a la jefatura."))


@require_POST
@requires(TicketPermission.APPROVE_PROTOCOLS, on=_protocol)
def approve(request: StaffRequest, shown: Protocol) -> HttpResponse:
    """The head puts the version in force, with its review date."""
    form = ReviewForm(request.POST)
    review_on = form.cleaned_data["review_on"] if form.is_valid() else None
    today = timezone.localdate()
    return _run(
        request,
        shown,
        lambda: actions.approve(shown, by=request.user, today=today, review_on=review_on),
        _("Protocolo vigente desde hoy."),
    )


@require_POST
@requires(TicketPermission.APPROVE_PROTOCOLS, on=_protocol)
def retire(request: StaffRequest, shown: Protocol) -> HttpResponse:
    return _run(request, shown, lambda: actions.retire(shown, by=request.user), _("Quedó fuera de uso."))


@require_POST
@requires(TicketPermission.VIEW)
def acknowledge(request: StaffRequest, pk: int) -> HttpResponse:
    """«Tomé conocimiento»: answers the fragment to htmx, and returns to the step without it."""
    shown = _protocol(request.user, pk)
    try:
        actions.acknowledge(shown, by=request.user)
    except TicketsError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("tickets:protocol", pk=pk)
    if request.headers.get("HX-Request"):
        return render(request, "tickets/desk/_acknowledge.html", {"protocol": shown, "is_known": True})
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return redirect(back) if safe else redirect("tickets:protocol", pk=pk)


@require_POST
@requires(TicketPermission.WRITE_PROTOCOLS)
def load(request: StaffRequest) -> HttpResponse:
    """Bring in, as drafts, the protocols of the adopted pack that are not here yet."""
    body = pack_body()
    if body is None:
        messages.error(request, TicketsError("no_pack").sentence)
    else:
        count = actions.load_from_pack(body, source=body["pack"]["title"], by=request.user)
        messages.success(request, _("Se agregaron %s borradores.") % number(count))
    return redirect("tickets:protocols")
