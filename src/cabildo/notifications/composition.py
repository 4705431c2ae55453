"""From a stored message to the mail that travels: headers, plain text and the same as simple HTML."""

from email.headerregistry import Address

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as say

from cabildo.accounts.models import Municipality
from cabildo.notifications.addresses import mail_domain
from cabildo.notifications.models import MailServer, Message
from cabildo.notifications.rules import one_line


def compose(message: Message, server: MailServer | None) -> EmailMultiAlternatives:
    """The mail of a message. An address with a line break raises ValueError instead of starting another header."""
    mail = EmailMultiAlternatives(
        subject=str(message.subject),
        body=f"{message.body}\n-- \n{_signature(message.municipality)}\n",
        from_email=_sender(message.municipality, server),
        to=[str(message.recipient)],
        reply_to=[server.reply_to] if server and server.reply_to else None,
        headers=_headers(message),
    )
    context = {"message": message, "signature": _signature(message.municipality)}
    mail.attach_alternative(render_to_string("notifications/mail.html", context), "text/html")
    return mail


def _sender(municipality: Municipality, server: MailServer | None) -> str:
    address = server.from_address if server else settings.DEFAULT_FROM_EMAIL
    name = (server and server.from_name) or municipality.name
    return str(Address(one_line(name), addr_spec=address))


def _signature(municipality: Municipality) -> str:
    return say("{municipality}. Este mensaje se envió automáticamente.").format(municipality=municipality.name)


def _headers(message: Message) -> dict[str, str]:
    """Says to other machines that a machine wrote this and none should answer (RFC 3834; RFC 2919)."""
    slug = message.municipality.slug
    headers = {
        "Message-ID": message.message_id,
        "Auto-Submitted": "auto-replied" if message.answers_id else "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "Precedence": "bulk",
        "List-Id": f"<avisos.{slug}.{mail_domain()}>",
    }
    if message.answers_id:
        headers |= {"In-Reply-To": message.answers_id, "References": message.answers_id}
    return headers
