"""Handing a mail to the mail server, and what its answer means."""

import smtplib
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.mail import EmailMultiAlternatives, mailers
from django.core.mail.backends.smtp import EmailBackend

from cabildo.notifications.choices import Security
from cabildo.notifications.models import MailServer
from cabildo.notifications.rules import is_permanent

TIME_LIMIT_SECONDS = 20
# the first that fits
CONNECTION_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPNotSupportedError, "starttls_missing"),
    (smtplib.SMTPServerDisconnected, "dropped"),
    (ssl.SSLError, "tls_failed"),
    (socket.gaierror, "host_unknown"),
    (TimeoutError, "timed_out"),
    (smtplib.SMTPException, "server_refused"),
)
SETTINGS_FAULTS: tuple[tuple[type[Exception], str], ...] = (
    (smtplib.SMTPAuthenticationError, "credentials"),
    (smtplib.SMTPSenderRefused, "sender_refused"),
)


@dataclass(frozen=True)
class Failure:
    """Why a mail was not accepted. `reply_code` is the server's, if it spoke; `final` forbids another attempt."""

    code: str
    reply_code: int | None = None
    final: bool = False


def deliver(mail: EmailMultiAlternatives, server: MailServer | None) -> Failure | None:
    """Send a mail through the municipality's server, or the installation's; None once it is accepted."""
    connection = connection_to(server)
    try:
        connection.send_messages([mail])
    except (OSError, ValueError) as error:  # the exceptions of smtplib are OSError
        return explain(error)
    finally:
        # a connection that failed half-way is otherwise left open
        with suppress(OSError):
            connection.close()
    return None


def connection_to(server: MailServer | None) -> Any:
    if server is None:
        return mailers.default
    return EmailBackend(
        alias="municipality",
        host=server.host,
        port=server.port,
        username=server.username or None,
        password=str(server.password) if server.password else None,
        use_ssl=server.security == Security.TLS,
        use_tls=server.security == Security.STARTTLS,
        timeout=TIME_LIMIT_SECONDS,
    )


def explain(error: Exception) -> Failure:
    """The failure behind an exception. Only what the server says of this very mail is final.

    A refused password, sender or connection is a fault of the settings: the mail waits until they are mended.
    """
    match error:
        case smtplib.SMTPRecipientsRefused():
            (reply_code, _text), *_ = error.recipients.values()
            return _of_this_mail("recipient_refused", reply_code)
        case smtplib.SMTPDataError():
            return _of_this_mail("content_refused", error.smtp_code)
        case smtplib.SMTPResponseException():
            return _of_the_settings(error)
        case OSError():  # every exception of smtplib is one
            return Failure(explain_connection(error))
    return Failure("invalid_address", final=True)


def explain_connection(error: Exception) -> str:
    """The code of what went wrong on the way to a server."""
    return next((code for kind, code in CONNECTION_FAULTS if isinstance(error, kind)), "unreachable")


def _of_the_settings(error: smtplib.SMTPResponseException) -> Failure:
    code = next((code for kind, code in SETTINGS_FAULTS if isinstance(error, kind)), "server_refused")
    return Failure(code if is_permanent(error.smtp_code) else "try_later", error.smtp_code)


def _of_this_mail(code: str, reply_code: int) -> Failure:
    final = is_permanent(reply_code)
    return Failure(code if final else "try_later", reply_code, final)
