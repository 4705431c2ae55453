"""What the desk prints: the receipt of a request, the letter that answers it, and what follows."""

from datetime import datetime

from django.utils.translation import gettext as _

from cabildo.accounts.links import absolute
from cabildo.accounts.models import User
from cabildo.accounts.queries import arms_png
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import papers
from cabildo.territory.models import Commune
from cabildo.tickets import links
from cabildo.tickets.models import Answer, Satisfaction, SilenceAct, Ticket
from cabildo.tickets.queries.letters import reference
from cabildo.tickets.queries.satisfaction import invitation_on_paper
from cabildo.tickets.queries.signing import post_of
from cabildo.tickets.rules import folio as folios
from cabildo.ui import spanish


def letterhead(ticket: Ticket) -> papers.Letterhead:
    return letterhead_of(str(ticket.department or ""))


def letterhead_of(department: str) -> papers.Letterhead:
    municipality = current_municipality()
    return papers.Letterhead(
        municipality=municipality.name,
        department=department,
        contact=absolute("portal_home"),
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
        place_and_date=_place_and_date(answer.sent_at),
        addressee=_addressee(ticket),
        references=[(_("Materia"), matter), (_("Antecedente"), received)],
        paragraphs=papers.paragraphs(answer.text),
        signature=_signature(ticket, answer.decided_by or answer.drafted_by),
        code=code,
        address=absolute("documents:verify", code),
        invitation=_invitation(asked) if (asked := invitation_on_paper(answer)) else None,
    )
    return papers.pdf(paper)


def slip_pdf(asked: Satisfaction) -> bytes:
    """«Cuéntenos cómo le fue» on one page, for who left no mail. It names nobody."""
    ticket = asked.ticket
    paper = papers.Slip(
        title=str(_("Cuéntenos cómo le fue")),
        letterhead=letterhead(ticket),
        folio=ticket.folio,
        issued_at=asked.printed_at,
        lead=str(_("Respondimos su solicitud. Queremos saber si quedó resuelta y cómo le atendimos.")),
        facts=[
            (_("Materia"), ticket.category.label),
            (_("Ingresó"), spanish.long_date(ticket.received_at)),
            (_("Respondió"), str(asked.department)),
        ],
        invitation=_invitation(asked),
        note=str(_("El código es sólo de esta solicitud. No lo comparta: quien lo tenga puede responder por usted.")),
    )
    return papers.pdf(paper)


def _invitation(asked: Satisfaction) -> papers.Invitation:
    """The same questions that the mail's link opens. Whoever holds the paper may answer, once."""
    token = asked.token or ""
    return papers.Invitation(
        title=str(_("Cuéntenos cómo le fue")),
        text=str(_("Son dos o tres preguntas, y sirve una sola vez. No necesita cuenta.")),
        address=links.satisfaction_url(token),
        page=absolute("tickets:satisfaction_find").partition("://")[2],
        code=folios.shown_secret(token),
    )


def certificate_name(act: SilenceAct) -> str:
    return f"certificado-silencio-{act.ticket.folio}-{act.number}-{act.year}.pdf"


def certificate_pdf(act: SilenceAct, code: str) -> bytes:
    """The certificate of administrative silence, as it was worded when it was declared. It names no requester."""
    ticket = act.ticket
    _heading, *stated = papers.paragraphs(act.certificate)
    paper = papers.Certificate(
        title=str(_("Certificado de silencio administrativo")),
        letterhead=letterhead(ticket),
        folio=ticket.folio,
        issued_at=act.at.replace(microsecond=0),
        number=act.reference,
        place_and_date=_place_and_date(act.at),
        paragraphs=stated,
        signature=_signature(ticket, act.by),
        code=code,
        address=absolute("documents:verify", code),
    )
    return papers.pdf(paper)


def _addressee(ticket: Ticket) -> str:
    """The letter stays in the file, which more people read than may know who made a reserved request."""
    if ticket.requester is None or ticket.is_reserved:
        return str(_("A quien corresponda"))
    return str(ticket.requester)


def _place_and_date(at: datetime | None) -> str:
    code = current_municipality().commune_code
    place = Commune.objects.filter(code=code).values_list("name", flat=True).first() if code else None
    day = spanish.long_date(at) if at else ""
    return f"{place}, {day}" if place else day


def _signature(ticket: Ticket, signer: User) -> papers.Signature:
    """Who decided it, with the post in which they did; whom they stood in for is said."""
    post = post_of(signer, ticket.department)
    authority = _("En subrogancia de %s") % post.absent if post.absent else ""
    position = post.title or str(ticket.department or current_municipality())
    return papers.Signature(name=str(signer), position=position, authority=authority)
