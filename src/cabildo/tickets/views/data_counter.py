"""An official puts on record a right over personal data of somebody who came in person or wrote on paper."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.access import StaffRequest, requires
from cabildo.kit.errors import DomainError
from cabildo.tickets import data_receipts
from cabildo.tickets.actions import data_requests
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.privacy import CounterDataRequestForm
from cabildo.tickets.models import DataSubjectRequest

RECEIPT = "data_request_receipt"
ENTER = TicketPermission.ENTER_DATA_REQUESTS


@requires(ENTER)
def enter(request: StaffRequest) -> HttpResponse:
    """Which right, who asks and how that was checked; the receipt follows at once."""
    form = CounterDataRequestForm(request.POST or None)
    if form.is_valid():
        try:
            asked = data_requests.receive(form.exercise, by=request.user, today=timezone.localdate())
        except DomainError as refusal:
            form.add_error(None, refusal.sentence)
        else:
            messages.success(request, _("Se ingresó la solicitud %s. Entregue el comprobante.") % asked.folio)
            request.session[RECEIPT] = asked.folio
            return redirect("tickets:data_request_receipt", folio=asked.folio)
    context = {
        "heading": _("Ingresar un derecho sobre los datos"),
        "lead": _("No muestre ni entregue datos aquí: primero se decide quién pide y qué registros son suyos."),
        "form": form,
        "submit_label": _("Ingresar"),
        "cancel_url": reverse("desk_home"),
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


def _entered_by(user: Any, folio: str) -> DataSubjectRequest:
    """One this person put on record, for its receipt alone: having typed it gives no right to follow it."""
    found = DataSubjectRequest.objects.filter(folio=folio, registered_by=user, anonymised_at=None).first()
    if found is None:
        raise Http404
    return found


@requires(ENTER, on=_entered_by)
def receipt(request: StaffRequest, asked: DataSubjectRequest) -> HttpResponse:
    """Folio, right and term. The paper opens what will be answered: it is printed only right after entering it."""
    is_new = request.session.get(RECEIPT) == asked.folio
    if is_new and request.GET.get("formato") == "pdf":
        audit.record("data_request.receipt_printed", on=asked, by=request.user)
        return data_receipts.response(asked)
    return render(request, "tickets/desk/data_request_receipt.html", {"asked": asked, "is_new": is_new})
