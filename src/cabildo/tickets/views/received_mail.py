"""The office looks at what came to the mailbox, and takes what was refused wrongly."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires, saw
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.kit.errors import DomainError
from cabildo.tickets.actions import mail_correcting
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.mail import TakeMailForm
from cabildo.tickets.models import ReceivedMail
from cabildo.tickets.queries import received_mail as queries
from cabildo.tickets.rules.mail import REFUSED_KEPT_DAYS
from cabildo.ui.exports import csv_lines
from cabildo.ui.lists import FORMAT
from cabildo.ui.parts import Crumb, Fact
from cabildo.ui.spanish import clock, counted, long_date

PAGE_SIZE = 20
MOST_EXPORTED = 10_000
HEADINGS = (
    gettext_lazy("Llegó"),
    gettext_lazy("De"),
    gettext_lazy("Nombre"),
    gettext_lazy("Asunto"),
    gettext_lazy("Qué se hizo"),
    gettext_lazy("Motivo"),
    gettext_lazy("Solicitud"),
)


@requires(TicketPermission.READ_MAIL)
def listing(request: StaffRequest) -> HttpResponse:
    """Newest first; whoever wrote what was not taken is shown, so that it can be judged, and the read is logged."""
    state = queries.SPEC.read(request.GET)
    found = queries.filtered(queries.visible_mails(request.user), state.values).select_related("ticket__category")
    if request.GET.get(FORMAT) == "csv":
        return _file(request, found.order_by(*state.sort.order)[:MOST_EXPORTED])
    try:
        shown = page(found, state.sort.order, state.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("tickets:received_mails")
    _saw_senders(request, shown.items)
    context = {
        "heading": _("Correo recibido"),
        "listing": state,
        "page": shown,
        "count_words": counted(capped_count(found), _("correo"), _("correos")),
        "csv_url": state.export_url("csv"),
    }
    return render(request, "tickets/desk/received_mails.html", context)


def _saw_senders(request: StaffRequest, mails: Iterable[ReceivedMail]) -> None:
    saw(request, [mail for mail in mails if mail.text is not None])


def _file(request: StaffRequest, mails: Iterable[ReceivedMail]) -> HttpResponse:
    rows = list(mails)
    _saw_senders(request, rows)
    content = "".join(csv_lines([str(heading) for heading in HEADINGS], _rows(rows)))
    name = f"correo-{timezone.localdate():%Y-%m-%d}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _rows(mails: Iterable[ReceivedMail]) -> Iterator[list[Any]]:
    for mail in mails:
        yield [
            mail.received_at,
            mail.sender or "",
            mail.sender_name or "",
            mail.subject,
            mail.get_outcome_display(),
            mail.get_reason_display(),
            mail.ticket.folio if mail.ticket else "",
        ]


@requires(TicketPermission.READ_MAIL, on=queries.mail)
def detail(request: StaffRequest, mail: ReceivedMail) -> HttpResponse:
    """One mail: why it was not taken, and what it says."""
    return _shown(request, mail, TakeMailForm())


def _shown(request: StaffRequest, mail: ReceivedMail, form: TakeMailForm) -> HttpResponse:
    _saw_senders(request, [mail])
    context = {
        "mail": mail,
        "facts": _facts(mail),
        "form": form,
        "kept_days": REFUSED_KEPT_DAYS,
        "crumbs": [Crumb(_("Correo recibido"), ".."), Crumb(_("Correo"))],
    }
    return render(request, "tickets/desk/received_mail.html", context)


def _facts(mail: ReceivedMail) -> list[Fact]:
    facts = [Fact(_("Llegó"), f"{long_date(mail.received_at)}, {clock(mail.received_at)}")]
    if mail.text is not None:
        facts.append(Fact(_("De"), " · ".join(part for part in (mail.sender_name, mail.sender) if part)))
    facts.append(Fact(_("Qué se hizo"), mail.get_outcome_display().capitalize()))
    if mail.reason:
        facts.append(Fact(_("Por qué"), mail.get_reason_display().capitalize()))
    if mail.file_names:
        facts.append(Fact(_("Adjuntos, en el buzón"), ", ".join(mail.file_names)))
    return facts


@require_POST
@requires(TicketPermission.READ_MAIL, on=queries.mail)
def take(request: StaffRequest, mail: ReceivedMail) -> HttpResponse:
    """It was a person asking for something after all: open its request."""
    form = TakeMailForm(request.POST)
    if not form.is_valid():
        return _shown(request, mail, form)
    try:
        ticket = mail_correcting.take_after_all(mail, may_answer=form.cleaned_data["may_answer"], by=request.user)
    except DomainError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("tickets:received_mail", pk=mail.pk)
    messages.success(
        request, _("Se ingresó la solicitud %s. Clasifíquela para enviarla a su dirección.") % ticket.folio
    )
    return redirect("tickets:detail", folio=ticket.folio)
