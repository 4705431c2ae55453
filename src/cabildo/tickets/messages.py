"""Whom does the desk write to, and about what? Written in the caller's transaction, sent after commit.

The requester gets mail only where they left an address; officials get mail and an in-app notice.
"""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import User
from cabildo.accounts.queries import members_of, stand_ins
from cabildo.notifications.actions import notify
from cabildo.notifications.templates import MailTemplate, register
from cabildo.tickets import links
from cabildo.tickets.models import Answer, Ticket, TicketEvent
from cabildo.tickets.rules import folio as folios

TEMPLATES = (
    MailTemplate(
        "tickets.received",
        "Recibimos su solicitud {{ ticket.folio }}",
        "tickets/mail/received.txt",
        str(_("Comprobante, al ingresar, a quien pide.")),
    ),
    MailTemplate(
        "tickets.update",
        "Novedades de su solicitud {{ ticket.folio }}",
        "tickets/mail/update.txt",
        str(_("Mensajes y pedidos de antecedentes, a quien pide.")),
    ),
    MailTemplate(
        "tickets.answered",
        "Respuesta a su solicitud {{ ticket.folio }}",
        "tickets/mail/answered.txt",
        str(_("La respuesta y el enlace de un solo uso para evaluarla, a quien pide.")),
    ),
    MailTemplate(
        "tickets.official",
        "{{ what }}: {{ ticket.folio }}",
        "tickets/mail/official.txt",
        str(_("Avisos a la persona a cargo o a la jefatura.")),
    ),
)
WHAT_HAPPENED = {
    "citizen_message": _("El vecino agregó información"),
    "answer_submitted": _("Hay una respuesta por aprobar"),
    "reopened": _("Se reabrió una solicitud"),
}


def register_templates() -> None:
    for template in TEMPLATES:
        register(template)


def _requester_address(ticket: Ticket) -> str | None:
    return ticket.requester.email if ticket.requester else None


def received(ticket: Ticket, secret: str) -> None:
    """The receipt, at once, with folio and secret."""
    if to := _requester_address(ticket):
        context = {"ticket": ticket, "secret": folios.shown_secret(secret), "url": links.tracking_url(ticket)}
        notify("tickets.received", to, context, f"received:{ticket.pk}", on=ticket)


def update(ticket: Ticket, event: TicketEvent) -> None:
    """What the municipality says about a request under way."""
    if to := _requester_address(ticket):
        context = {"ticket": ticket, "words": event.words, "url": links.tracking_url(ticket)}
        notify("tickets.update", to, context, f"update:{event.pk}", on=ticket)


def answered(ticket: Ticket, answer: Answer, invitation: Any) -> None:
    """The answer, and the one-use link to say how it went."""
    if to := _requester_address(ticket):
        context = {
            "ticket": ticket,
            "answer": answer,
            "url": links.tracking_url(ticket),
            "rate_url": links.satisfaction_url(invitation.token) if invitation else "",
        }
        notify("tickets.answered", to, context, f"answered:{answer.pk}", on=ticket)


def tell_officials(ticket: Ticket, what: str) -> None:
    """Tell who is in charge, else the heads of the department; whoever stands in for them gets it."""
    for official in _recipients(ticket):
        context = {"ticket": ticket, "what": WHAT_HAPPENED[what], "url": _desk_url(ticket)}
        key = f"{what}:{ticket.pk}:{ticket.version}:{official.pk}"
        notify("tickets.official", official, context, key, on=ticket, url=_desk_url(ticket))


def _recipients(ticket: Ticket) -> Iterable[User]:
    if ticket.department is None:
        return []
    chosen = [ticket.assignee] if ticket.assignee else list(members_of(ticket.department, ["department_head"]))
    replaced = stand_ins([user.pk for user in chosen], timezone.localdate())
    ids = {replaced.get(user.pk, user.pk) for user in chosen} - {ticket.official_id}
    return User.objects.filter(pk__in=ids)


def _desk_url(ticket: Ticket) -> str:
    return links.absolute("tickets:detail", ticket.folio)
