"""What the desk prints: the receipt of a request and the letter that answers it."""

from django.utils.translation import gettext as _

from cabildo.accounts.queries import acting_for, arms_png
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers
from cabildo.territory.models import Commune
from cabildo.tickets import links
from cabildo.tickets.models import Answer, Ticket
from cabildo.tickets.queries.letters import reference
from cabildo.tickets.rules import folio as folios
from cabildo.ui import spanish


def letterhead(ticket: Ticket) -> papers.Letterhead:
    municipality = current_municipality()
    return papers.Letterhead(
        municipality=municipality.name,
        department=str(ticket.department or ""),
        contact=links.absolute("portal_home"),
        arms=arms_png(municipality) if municipality.arms_sha256 else None,
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


def answer_name(answer: Answer) -> str:
    return f"carta-{answer.ticket.folio}-{answer.number}-{answer.number_year}.pdf"


def answer_pdf(answer: Answer, code: str) -> bytes:
    """The answer as a letter, with the verification block of `code`. The same answer gives the same text."""
    ticket = answer.ticket
    matter = f"{ticket.get_kind_display()}: {ticket.category.label}"
    received = _("Su presentación {folio}, del {day}").format(
        folio=ticket.folio, day=spanish.long_date(ticket.received_at)
    )
    paper = papers.Letter(
        title=_("Carta de respuesta {number}").format(number=reference(answer)),
        letterhead=letterhead(ticket),
        folio=ticket.folio,
        issued_at=answer.sent_at.replace(microsecond=0) if answer.sent_at else None,
        number=reference(answer),
        place_and_date=_place_and_date(answer),
        addressee=_addressee(ticket),
        references=[(_("Materia"), matter), (_("Antecedente"), received)],
        paragraphs=papers.paragraphs(answer.text),
        signature=_signature(answer),
        code=code,
        address=links.absolute("documents:verify", code),
    )
    return papers.pdf(paper)


def _addressee(ticket: Ticket) -> str:
    """The letter stays in the file, which more people read than may know who made a reserved request."""
    if ticket.requester is None or ticket.is_reserved:
        return str(_("A quien corresponda"))
    return str(ticket.requester)


def _place_and_date(answer: Answer) -> str:
    code = current_municipality().commune_code
    place = Commune.objects.filter(code=code).values_list("name", flat=True).first() if code else None
    day = spanish.long_date(answer.sent_at) if answer.sent_at else ""
    return f"{place}, {day}" if place else day


def _signature(answer: Answer) -> papers.Signature:
    """Who decided it, with the position of their role that day; whom they stood in for is said."""
    signer = answer.decided_by or answer.drafted_by
    department = answer.ticket.department
    held = signer.memberships.filter(municipality_id=answer.municipality_id).exclude(position="")
    position = held.values_list("position", flat=True).first() or str(department or current_municipality())
    absent = acting_for(signer, answer.ticket.department_id)
    authority = _("En subrogancia") if absent else ""
    return papers.Signature(name=str(signer), position=position, authority=authority)
