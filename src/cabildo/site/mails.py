"""Mails of an agency, which has no mail server of its own: they leave through that of the installation."""

from typing import Any

from django.core.mail import send_mail

from cabildo.notifications.templates import find, render

INVITATION = "accounts.invitation"


def send(name: str, to: str, context: dict[str, Any]) -> None:
    """Write a mail from its template and hand it to the server, now."""
    written = render(find(name), context)
    send_mail(written.subject, written.body, None, [to])
