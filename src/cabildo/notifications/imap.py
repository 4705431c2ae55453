"""The mailbox where a municipality receives mail."""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager

from cabildo.notifications.choices import Security
from cabildo.notifications.models import MailServer
from cabildo.notifications.smtp import TIME_LIMIT_SECONDS, explain_connection


class MailboxError(Exception):
    """The mailbox could not be opened; `code` is one of `wording.WHY`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def mailbox(server: MailServer, *, readonly: bool = False) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """The open connection with the folder selected, and how many messages it holds; raises `MailboxError`."""
    connection = _connect(server)
    try:
        yield connection, _select(connection, server, readonly)
    finally:
        _leave(connection)


def _connect(server: MailServer) -> imaplib.IMAP4:
    context = ssl.create_default_context()
    try:
        if server.incoming_security == Security.TLS:
            return imaplib.IMAP4_SSL(
                server.incoming_host, server.incoming_port, ssl_context=context, timeout=TIME_LIMIT_SECONDS
            )
        connection = imaplib.IMAP4(server.incoming_host, server.incoming_port, timeout=TIME_LIMIT_SECONDS)
        if server.incoming_security == Security.STARTTLS:
            connection.starttls(context)
    except imaplib.IMAP4.error as error:
        raise MailboxError("starttls_missing") from error
    except OSError as error:
        raise MailboxError(explain_connection(error)) from error
    return connection


def _select(connection: imaplib.IMAP4, server: MailServer, readonly: bool) -> int:
    try:
        connection.login(server.incoming_username, str(server.incoming_password or ""))
    except imaplib.IMAP4.error as error:
        raise MailboxError("credentials") from error
    try:
        status, (count, *_) = connection.select(f'"{server.incoming_folder}"', readonly=readonly)
    except imaplib.IMAP4.error as error:
        raise MailboxError("server_refused") from error
    if status != "OK":
        raise MailboxError("folder_missing")
    return int(count or 0)


def _leave(connection: imaplib.IMAP4) -> None:
    try:
        connection.logout()
    except (imaplib.IMAP4.error, OSError):
        connection.shutdown()
