"""Whom does the desk write to, and about what? Written in the caller's transaction, sent after commit.

The requester gets mail only where they left an address; officials get mail and an in-app notice.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import can, roles_with
from cabildo.accounts.links import absolute
from cabildo.accounts.models import User
from cabildo.accounts.queries import members_of, stand_ins
from cabildo.notifications.actions import notify
from cabildo.notifications.templates import MailTemplate, register
from cabildo.people.models import Requester
from cabildo.tickets import following, links
from cabildo.tickets.choices import EventKind, TicketPermission
from cabildo.tickets.models import Adhesion, Answer, DataSubjectRequest, Satisfaction, Ticket, TicketEvent
from cabildo.tickets.queries import tracking
from cabildo.tickets.queries.concerned import kept_from
from cabildo.tickets.queries.in_place import TURNS
from cabildo.tickets.rules import folio as folios
from cabildo.tickets.rules import personal_data

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
        "tickets.date",
        "La fecha para responder su solicitud {{ ticket.folio }}",
        "tickets/mail/date.txt",
        str(_("Cuando cambia la fecha para responder, o la solicitud se reabre, a quien pide.")),
    ),
    MailTemplate(
        "tickets.answered",
        "Respuesta a su solicitud {{ ticket.folio }}",
        "tickets/mail/answered.txt",
        str(_("La respuesta y el enlace de un solo uso para evaluarla, a quien pide.")),
    ),
    MailTemplate(
        "tickets.adhered",
        "Usted adhirió a una solicitud: {{ subject }}",
        "tickets/mail/adhered.txt",
        str(_("Al adherir, con su propio enlace, a quien adhiere.")),
    ),
    MailTemplate(
        "tickets.adherent",
        "Novedades de la solicitud a la que adhirió: {{ subject }}",
        "tickets/mail/adherent.txt",
        str(_("Cuando se responde o se cierra la solicitud, a quienes adhirieron.")),
    ),
    MailTemplate(
        "tickets.data_request",
        "{{ what }}: {{ asked.folio }}",
        "tickets/mail/data_request.txt",
        str(_("Recepción, prórroga y respuesta de una solicitud sobre datos personales, a quien la hizo.")),
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
    "answer_stuck": _("Nadie puede aprobar una respuesta: falta registrar otra jefatura"),
    "answer_returned": _("Le devolvieron una respuesta para corregirla"),
    "reopened": _("Se reabrió una solicitud"),
    "withdrawn": _("El vecino retiró su solicitud: ya no la necesita"),
}


DATA_REQUEST_WORDS = {
    "received": _("Recibimos su solicitud sobre datos personales"),
    "extended": _("Prórroga de su solicitud sobre datos personales"),
    "answered": _("Respuesta a su solicitud sobre datos personales"),
}


def register_templates() -> None:
    for template in TEMPLATES:
        register(template)


def _requester_address(ticket: Ticket) -> str | None:
    return _address(ticket.requester)


def _address(requester: Requester | None) -> str | None:
    """Nobody writes to a person who had the use of their data stopped."""
    return requester.email if requester is not None and requester.blocked_at is None else None


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
    if event.kind == EventKind.CLOSED:
        tell_adherents(ticket, key=f"closed:{event.pk}", words="")


def date_changed(ticket: Ticket, event: TicketEvent) -> None:
    """The date by which the requester must be answered is another one: an extension is notified (Ley 19.880, art. 26).

    The event says why, the new date and the old one.
    """
    if to := _requester_address(ticket):
        context = {
            "ticket": ticket,
            "title": tracking.title_of(event),
            "words": event.words,
            "url": links.tracking_url(ticket),
        }
        notify("tickets.date", to, context, f"date:{event.pk}", on=ticket)


def answered(ticket: Ticket, answer: Answer, invitation: Satisfaction | None) -> None:
    """The answer, and the one-use link to say how it went."""
    if to := _requester_address(ticket):
        context = {
            "ticket": ticket,
            "answer": answer,
            "url": links.tracking_url(ticket),
            "letter_url": absolute("tickets:letter", links.tracking_token(ticket), answer.pk),
            "rate_url": links.satisfaction_url(invitation.token) if invitation and invitation.token else "",
        }
        notify("tickets.answered", to, context, f"answered:{answer.pk}", on=ticket)
    # it was written to another person: their name and what has the shape of their data stay out
    name = ticket.requester.name if ticket.requester else ""
    words = personal_data.without_name(personal_data.redacted(answer.text), name)
    tell_adherents(ticket, key=f"answered:{answer.pk}", words=words)


def adhered(adhesion: Adhesion) -> None:
    """To who adheres: their own link, which shows nothing private of the other person."""
    if to := _address(adhesion.requester):
        context = {"subject": adhesion.ticket.category.label, "url": following.adhesion_url(adhesion)}
        notify("tickets.adhered", to, context, f"adhered:{adhesion.pk}", on=adhesion.ticket)


def tell_adherents(ticket: Ticket, *, key: str, words: str) -> None:
    """The end of a request, to all who adhere to it or to one that was joined to it."""
    belongs = Q(ticket=ticket) | Q(ticket__merged_into=ticket)
    adhesions = Adhesion.objects.filter(belongs, ended_at=None).select_related("requester")
    for adhesion in adhesions:
        if to := _address(adhesion.requester):
            context = {
                "ticket": ticket,
                "subject": ticket.category.label,
                "words": words,
                "url": following.adhesion_url(adhesion),
            }
            notify("tickets.adherent", to, context, f"{key}:{adhesion.pk}", on=ticket)


def data_request(asked: DataSubjectRequest, what: str, *, to: str | None) -> None:
    """To who exercises a right over their data, blocked or not: the law orders to answer them."""
    if to:
        context = {"asked": asked, "what": DATA_REQUEST_WORDS[what], "url": following.data_request_url(asked)}
        notify("tickets.data_request", to, context, f"data_request:{what}:{asked.pk}", on=asked)


def tell_officials(ticket: Ticket, what: str, event: TicketEvent) -> None:
    """Tell who is in charge, or who can see that somebody is; whoever stands in for them gets it. Once per event."""
    _tell(ticket, what, event, _recipients(ticket))


def tell_approvers(ticket: Ticket, people: Sequence[User], event: TicketEvent) -> None:
    """Tell who can approve an answer that it waits for them; the office of requests, when nobody can."""
    if people:
        _tell(ticket, "answer_submitted", event, people)
    else:
        _tell(ticket, "answer_stuck", event, _reached(members_of(None, roles_with(TicketPermission.DERIVE)), ticket))


def tell_author(ticket: Ticket, answer: Answer, event: TicketEvent) -> None:
    """Tell who drafted an answer that it came back, and why; who is in charge, when they no longer work it."""
    works_it = can(answer.drafted_by, TicketPermission.WORK, on=ticket)
    reached = _recipients(ticket, [answer.drafted_by] if works_it else [])
    _tell(ticket, "answer_returned", event, reached, reason=answer.returned_reason)


def _tell(ticket: Ticket, what: str, event: TicketEvent, reached: Iterable[User], *, reason: str = "") -> None:
    for official in reached:
        context = {"ticket": ticket, "what": WHAT_HAPPENED[what], "reason": reason, "url": _desk_url(ticket)}
        key = f"{what}:{event.pk}:{official.pk}"
        notify("tickets.official", official, context, key, on=ticket, url=_desk_url(ticket))


def _recipients(ticket: Ticket, first: Iterable[User] = ()) -> Iterable[User]:
    """`first`, else who is in charge, the heads, who works there, the office or who stands for it.

    Never whom it is about.
    """
    for chosen in chain([first], _by_turns(ticket)):
        if reached := _reached(chosen, ticket):
            return reached
    return []


def _reached(chosen: Iterable[User], ticket: Ticket) -> Sequence[User]:
    """These, or who stands in for them today; never whom it is about."""
    replaced = stand_ins([user.pk for user in chosen], timezone.localdate())
    ids = {replaced.get(user.pk, user.pk) for user in chosen} - kept_from(ticket)
    return list(User.objects.filter(pk__in=ids)) if ids else []


def _by_turns(ticket: Ticket) -> Iterator[Iterable[User]]:
    if ticket.assignee:
        yield [ticket.assignee]
    if ticket.department:
        yield members_of(ticket.department, ["department_head"])
        yield members_of(ticket.department, roles_with(TicketPermission.WORK))
    for permission in (TicketPermission.DERIVE, *TURNS):
        yield members_of(None, roles_with(permission))


def _desk_url(ticket: Ticket) -> str:
    return absolute("tickets:detail", ticket.folio)
