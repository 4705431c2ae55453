"""What a person takes away who exercised a right over their data in person (Ley 19.880, art. 30)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from cabildo.documents import papers
from cabildo.tickets import following
from cabildo.tickets.letters import letterhead_of
from cabildo.tickets.models import DataSubjectRequest
from cabildo.ui import spanish


def response(asked: DataSubjectRequest) -> HttpResponse:
    """The receipt to print; its address follows the request without an account."""
    answer = HttpResponse(papers.pdf(_paper(asked)), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="comprobante-{asked.folio}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _paper(asked: DataSubjectRequest) -> papers.Receipt:
    return papers.Receipt(
        letterhead=letterhead_of(""),
        folio=asked.folio,
        receipt_folio=asked.folio,
        facts=[
            (_("Ingresó"), f"{spanish.long_date(asked.received_at)}, {spanish.clock(asked.received_at)}"),
            (_("Derecho"), asked.get_right_display()),
            (_("Canal"), asked.get_channel_display()),
            (_("A más tardar"), spanish.long_date(asked.expires_on)),
            (_("Plazo"), f"{asked.days} {asked.get_unit_display()} ({asked.article})"),
        ],
        steps=[
            _("Vemos qué registros son suyos y decidimos. No tiene costo."),
            _("Puede ver cómo va con este código. Si dejó su correo, también le escribiremos."),
        ],
        address=following.data_request_url(asked),
        note=_("Guarde este comprobante y no lo comparta: quien tenga el código puede ver esta solicitud."),
    )
