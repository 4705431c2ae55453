"""How does a mail become a request, or information on one? Each mail once, whatever is killed meanwhile."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.scoping import current_municipality
from cabildo.db.fields import blind
from cabildo.documents.errors import DocumentsError
from cabildo.kit.text import fold
from cabildo.notifications import queries as delivery
from cabildo.people.actions import Contact
from cabildo.people.rules import normal_email
from cabildo.tickets import attachments
from cabildo.tickets.actions import handling, intake
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.actions.satisfaction import CITIZEN
from cabildo.tickets.choices import Channel, EventKind, Kind, MailOutcome
from cabildo.tickets.mail_intake import Attachment, IncomingMail
from cabildo.tickets.models import Category, ReceivedMail, Ticket
from cabildo.tickets.rules import mail as rules

SOURCE = "mail"
UNSORTED = "correo-sin-clasificar"
MAX_SUBJECT = 300
MAX_KEPT_TEXT = 20_000  # of a mail that was not taken
MAX_TEXT = 3_800  # of the 4.000 characters of a request, the rest for what is said about a cut one


@dataclass(frozen=True)
class Taken:
    """What became of a mail; `is_new` is False when it had been taken before."""

    outcome: str
    reason: str
    ticket: Ticket | None
    is_new: bool = True


@transaction.atomic
def take(mail: IncomingMail, *, received_at: datetime, own_addresses: tuple[str, ...]) -> Taken:
    """Take one mail, all of it or nothing. The same mail again changes nothing.

    `received_at` is when the municipality's server got it, whatever date the mail gives itself.
    """
    record, is_new = ReceivedMail.objects.get_or_create(
        municipality=current_municipality(),
        message_index=_index(mail),
        defaults={"outcome": MailOutcome.IGNORED, "received_at": received_at},
    )
    if not is_new:
        return Taken(record.outcome, record.reason, record.ticket, is_new=False)
    record.outcome, record.reason, record.ticket = _decide(mail, received_at, own_addresses)
    if record.outcome == MailOutcome.IGNORED:
        _keep_words(record, mail)
    record.save()
    audit.record("mail.taken", on=record, by=audit.SYSTEM, reason=record.reason, data={"outcome": record.outcome})
    return Taken(record.outcome, record.reason, record.ticket)


def _decide(mail: IncomingMail, received_at: datetime, own: tuple[str, ...]) -> tuple[str, str, Ticket | None]:
    reason = rules.why_not_take(mail.headers, mail.sender, own)
    if reason or delivery.message_with_id(mail.identity):
        return MailOutcome.IGNORED, reason or "own_message", None
    may_answer = rules.may_answer(mail.headers, mail.sender, own)
    named = _named_ticket(mail)
    if named and named.is_open and may_answer and _is_requester(mail, named):
        _add_information(named, mail)
        return MailOutcome.INFORMATION, "", named
    return MailOutcome.TICKET, "" if may_answer else "not_answered", _open(mail, received_at, may_answer, named)


def _keep_words(record: ReceivedMail, mail: IncomingMail) -> None:
    """What somebody needs to see that it was refused wrongly, and to take it after all."""
    record.sender, record.sender_name = mail.sender, mail.sender_name
    record.sender_index = blind("people.email", normal_email(mail.sender))
    record.subject, record.subject_folded = mail.subject, fold(mail.subject)[:MAX_SUBJECT]
    record.text = mail.text[:MAX_KEPT_TEXT]
    record.file_names = [file.name for file in mail.attachments]


def _index(mail: IncomingMail) -> str:
    return hashlib.sha256(mail.identity.encode("utf-8", "replace")).hexdigest()


def _named_ticket(mail: IncomingMail) -> Ticket | None:
    """The request of the message it answers, else of the first folio in its subject."""
    for message_id in rules.message_ids(mail.in_reply_to, mail.references)[:20]:
        message = delivery.message_with_id(message_id)
        if message is not None and message.on_type == Ticket._meta.label_lower:
            return Ticket.objects.filter(pk=message.on_id).first()
    return Ticket.objects.filter(folio__in=rules.folios_in(mail.subject)).first()


def _is_requester(mail: IncomingMail, ticket: Ticket) -> bool:
    if ticket.requester is None or not ticket.requester.email_index:
        return False
    return bool(ticket.requester.email_index == blind("people.email", normal_email(mail.sender)))


def _add_information(ticket: Ticket, mail: IncomingMail) -> None:
    text = rules.own_words(mail.text) or mail.subject or _("(sin texto)")
    handling.add_information(ticket, text=text[:MAX_TEXT], by=CITIZEN, today=timezone.localdate())
    _attach_all(ticket, mail, whole_text=text if len(text) > MAX_TEXT else "")


def _open(mail: IncomingMail, received_at: datetime, may_answer: bool, named: Ticket | None) -> Ticket:
    """A request that waits for the office to sort it. A sender in doubt gets no receipt: it might reach a stranger."""
    words = mail.text.strip() if named is None else rules.own_words(mail.text)
    ticket = open_request(mail, words, received_at=received_at, index=_index(mail), may_answer=may_answer, by=CITIZEN)
    for doubt in _doubts(mail, may_answer, named):
        tell(ticket, EventKind.NOTE, by=audit.SYSTEM, words=doubt)
    return ticket


def open_request(
    mail: IncomingMail, words: str, *, received_at: datetime, index: str, may_answer: bool, by: By
) -> Ticket:
    """The request that a mail asks for, in these words of it, still to be sorted; with its files.

    `index` keeps the mail from opening two. Without `may_answer` its address is not kept, so that nothing goes there.
    """
    text = "\n\n".join(part for part in (mail.subject, words) if part) or _("(sin texto)")
    now = timezone.now()
    is_late = timezone.localdate(received_at) < timezone.localdate(now)
    asked = intake.Intake(
        category=unsorted_category(),
        kind=Kind.SOLICITUD,
        text=text[:MAX_TEXT],
        channel=Channel.MAIL,
        contact=Contact(name=mail.sender_name or mail.sender, email=mail.sender if may_answer else ""),
        received_at=min(received_at, now),
        backdated_reason=_("Día en que llegó el correo.") if is_late else "",
        source=SOURCE,
        external_id=index,
    )
    ticket = intake.receive(asked, by=by).ticket
    _attach_all(ticket, mail, whole_text=text if len(text) > MAX_TEXT else "")
    return ticket


def _doubts(mail: IncomingMail, may_answer: bool, named: Ticket | None) -> list[str]:
    """What the office must know before it sorts this mail."""
    doubts = []
    if not mail.is_whole:
        doubts.append(_("El correo no se pudo leer entero. Véalo en el buzón de la municipalidad."))
    if not may_answer:
        doubt = _("No se envió comprobante: no consta que «{sender}» sea quien escribe, o no recibe respuestas.")
        doubts.append(doubt.format(sender=mail.sender or _("sin remitente")))
    if named is not None:
        why = _("ya está cerrada") if not named.is_open else _("la hizo otra persona, o sin correo")
        doubts.append(_("Responde a la solicitud {folio}, que {why}.").format(folio=named.folio, why=why))
    return doubts


def unsorted_category() -> Category:
    """The category of mails nobody has sorted; made at the first one, and never offered to neighbours."""
    label = _("Correo sin clasificar")
    category, _created = Category.objects.get_or_create(
        municipality=current_municipality(),
        code=UNSORTED,
        defaults={
            "group_code": "correo",
            "group_label": label,
            "label": label,
            "position": 9_999,
            "definition": {"id": UNSORTED, "label": label},
        },
    )
    if not category.is_open:
        category.is_open = True  # a newly adopted tree closes what it does not name
        category.save(update_fields=["is_open"])
    return category


def _attach_all(ticket: Ticket, mail: IncomingMail, *, whole_text: str) -> None:
    """Keep what may be kept; what may not is listed with its reason in a note."""
    files = list(mail.attachments)
    if whole_text:
        files.insert(0, Attachment("mensaje-completo.txt", whole_text.encode()))
    refused = [reason for file in files if (reason := _attach(ticket, file))]
    if refused:
        words = _("Adjuntos que no se guardaron:") + "\n" + "\n".join(refused)
        tell(ticket, EventKind.NOTE, by=audit.SYSTEM, words=words)


def _attach(ticket: Ticket, file: Attachment) -> str:
    """Why the file was refused; empty when it was kept."""
    try:
        kept = ContentFile(file.content, file.name)
        attachments.attach(ticket, kept, by=CITIZEN, visibility="requester", may_be_shown=False)
    except DocumentsError as refusal:
        return refusal.sentence
    return ""
