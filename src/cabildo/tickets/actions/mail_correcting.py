"""How is a mail that was refused wrongly taken after all, and how are the words of the others forgotten?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.mail_taking import open_request
from cabildo.tickets.choices import EventKind, MailOutcome
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.mail_intake import IncomingMail
from cabildo.tickets.models import ReceivedMail, Ticket
from cabildo.tickets.rules.mail import REFUSED_KEPT_DAYS

NO_WORDS = {"sender": None, "sender_name": None, "sender_index": "", "subject": "", "subject_folded": "", "text": None}


@transaction.atomic
def take_after_all(record: ReceivedMail, *, may_answer: bool, by: User) -> Ticket:
    """Open the request that a refused mail asks for; it counts from the day it arrived.

    `may_answer`: the official knows that the sender wrote it, so the receipt may go there. TicketsError
    `mail_already_taken`, `mail_forgotten`.
    """
    record = lock_rows(ReceivedMail.objects.filter(pk=record.pk)).get()
    if record.outcome != MailOutcome.IGNORED:
        raise TicketsError("mail_already_taken")
    if record.text is None:
        raise TicketsError("mail_forgotten")
    mail = IncomingMail("", record.sender or "", record.sender_name or "", record.subject, record.text)
    ticket = open_request(
        mail,
        record.text.strip(),
        received_at=record.received_at,
        index=record.message_index,
        may_answer=may_answer,
        by=by,
    )
    tell(ticket, EventKind.NOTE, by=by, words=_origin(record))
    _keep_only(record, ticket)
    audit.record("mail.taken_after_all", on=record, by=by, reason=record.reason, data={"ticket": ticket.pk})
    return ticket


def _origin(record: ReceivedMail) -> str:
    """Where it comes from, and which files stayed behind."""
    words = _("Viene de un correo que no se había tomado: {why}.").format(why=record.get_reason_display())
    if not record.file_names:
        return words
    left = _("Sus adjuntos siguen en el buzón de la municipalidad: {names}.").format(names=", ".join(record.file_names))
    return f"{words}\n{left}"


def _keep_only(record: ReceivedMail, ticket: Ticket) -> None:
    for name, nothing in NO_WORDS.items():
        setattr(record, name, nothing)
    record.outcome, record.ticket, record.file_names = MailOutcome.TICKET, ticket, []
    record.save()


@transaction.atomic
def forget_refused(now: datetime) -> int:
    """Erase the words of mails refused more than `REFUSED_KEPT_DAYS` days ago; how many."""
    old = ReceivedMail.objects.filter(
        outcome=MailOutcome.IGNORED, text__isnull=False, read_at__lt=now - timedelta(days=REFUSED_KEPT_DAYS)
    )
    count = old.update(**NO_WORDS, file_names=[])
    if count:
        audit.record("mails.forgotten", by=audit.SYSTEM, municipality_id=current_municipality().pk, data={"n": count})
    return count
