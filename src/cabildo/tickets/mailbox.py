"""Reading the municipality's mailbox: unread mails, one by one, marked read only once each is committed."""

import imaplib
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import DatabaseError
from django.utils import timezone

from cabildo.kit.errors import DomainError
from cabildo.notifications import imap
from cabildo.notifications.models import MailServer
from cabildo.tickets.actions import mail_taking
from cabildo.tickets.mail_intake import IncomingMail, parse, parse_headers

logger = logging.getLogger(__name__)

AT_ONCE = 200
MAX_BYTES = 30 * 1024 * 1024
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True)
class Fetched:
    """How many mails were taken, how many had been before, and how many could not be now."""

    taken: int = 0
    known: int = 0
    failed: int = 0


def fetch(server: MailServer) -> Fetched:
    """Take the unread mails of the mailbox. A fall between taking and marking repeats a mail, which changes nothing.

    Raises `imap.MailboxError` when the mailbox cannot be opened.
    """
    taken = known = failed = 0
    with imap.mailbox(server) as (connection, _count):
        for uid in _unread(connection)[:AT_ONCE]:
            try:
                is_new = _take(connection, uid, server)
            except (DatabaseError, DomainError, OSError, imaplib.IMAP4.error) as error:
                # it stays unread, so the next visit tries again; no address or text goes to the log
                logger.warning("mail %s of %s was not taken: %s", uid, server.municipality_id, type(error).__name__)
                failed += 1
            else:
                taken, known = taken + is_new, known + (not is_new)
    return Fetched(taken, known, failed)


def _unread(connection: imaplib.IMAP4) -> list[str]:
    _status, (found, *_rest) = connection.uid("SEARCH", "UNSEEN")
    return [uid.decode() for uid in (found or b"").split()]


def _take(connection: imaplib.IMAP4, uid: str, server: MailServer) -> bool:
    mail, received_at = _read(connection, uid)
    taken = mail_taking.take(mail, received_at=received_at, own_addresses=server.own_addresses)
    connection.uid("STORE", uid, "+FLAGS.SILENT", r"(\Seen)")
    return taken.is_new


def _read(connection: imaplib.IMAP4, uid: str) -> tuple[IncomingMail, datetime]:
    """The mail and when the server received it; of one too large only the headers are fetched."""
    facts = b" ".join(_answers(connection, uid, "(RFC822.SIZE INTERNALDATE)"))
    size = SIZE.search(facts)
    is_small = size is not None and int(size[1]) <= MAX_BYTES
    part = "(BODY.PEEK[])" if is_small else "(BODY.PEEK[HEADER])"
    raw = max(_answers(connection, uid, part), key=len, default=b"")
    return (parse if is_small else parse_headers)(raw), _received_at(facts)


def _answers(connection: imaplib.IMAP4, uid: str, what: str) -> Iterator[bytes]:
    """The pieces of a FETCH answer, literal or not."""
    _status, data = connection.uid("FETCH", uid, what)
    for piece in data or []:
        yield from (piece if isinstance(piece, tuple) else (piece or b"",))


def _received_at(facts: bytes) -> datetime:
    parsed = imaplib.Internaldate2tuple(facts)
    if parsed is None:
        return timezone.now()
    return datetime.fromtimestamp(time.mktime(parsed), UTC)
