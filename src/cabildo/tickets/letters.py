"""What the desk prints: the receipt of a request and the letter that answers it."""

from django.utils.translation import gettext as _

from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers
from cabildo.tickets import links
from cabildo.tickets.models import Ticket
from cabildo.tickets.rules import folio as folios
from cabildo.ui import spanish


def letterhead(ticket: Ticket) -> papers.Letterhead:
    municipality = current_municipality()
    return papers.Letterhead(
        municipality=municipality.name,
        department=str(ticket.department or ""),
        contact=links.absolute("portal_home"),
        hue=municipality.hue,
    )


def receipt_pdf(ticket: Ticket, secret: str) -> bytes:
    """Comprobante de ingreso: folio, day and hour, what, who answers, by when, how to follow it."""
    clock = ticket.clocks.filter(clock="legal").first()
    term = f"{clock.days} {clock.get_unit_display()} ({clock.article})" if clock else ""
    facts = [
        (_("Ingresó"), f"{spanish.long_date(ticket.received_at)}, {spanish.clock(ticket.received_at)}"),
        (_("Tipo"), ticket.get_kind_display()),
        (_("Materia"), ticket.category.label),
        (_("Canal"), ticket.get_channel_display()),
        (_("Debe responder"), str(ticket.department or _("Por definir por la oficina de solicitudes"))),
        (_("A más tardar"), spanish.long_date(ticket.legal_due_on) if ticket.legal_due_on else _("sin plazo fijado")),
        (_("Plazo"), term),
    ]
    paper = papers.Receipt(
        letterhead=letterhead(ticket),
        folio=ticket.folio,
        receipt_folio=ticket.folio,
        secret=folios.shown_secret(secret),
        facts=[fact for fact in facts if fact[1]],
        steps=[
            _("La dirección responsable recibe su solicitud y la trabaja."),
            _("Puede ver su estado y agregar información con el folio y la clave, o con este código."),
            _("Cuando haya respuesta se la enviaremos y le preguntaremos cómo le fue."),
        ],
        address=links.tracking_url(ticket),
    )
    return papers.pdf(paper)
