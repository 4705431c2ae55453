"""What came to the mailbox, and what became of each mail?"""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import current_municipality
from cabildo.db.fields import blind
from cabildo.kit.text import fold
from cabildo.people.rules import normal_email
from cabildo.tickets.choices import MailOutcome, MailReason
from cabildo.tickets.models import ReceivedMail, Ticket
from cabildo.tickets.queries.concerned import not_about
from cabildo.tickets.rules.folio import normal_folio
from cabildo.tickets.search import INDEX
from cabildo.ui.lists import ChoiceFilter, DateRangeFilter, ListSpec, SortOption, TextFilter
from cabildo.ui.parts import Column

GROUPS = {
    "tomados": (_("Tomados"), ~Q(outcome=MailOutcome.IGNORED)),
    "sin-comprobante": (_("Tomados sin enviar comprobante"), Q(reason=MailReason.NOT_ANSWERED)),
    "no-tomados": (_("No tomados"), Q(outcome=MailOutcome.IGNORED)),
    "rebotes": (_("Rebotes"), Q(reason__in=[MailReason.BOUNCE, MailReason.MACHINE])),
    "bucles": (_("En bucle: nuestros, de vuelta"), Q(reason__in=[MailReason.OWN_ADDRESS, MailReason.OWN_MESSAGE])),
    "automaticos": (_("Automáticos y masivos"), Q(reason__in=[MailReason.AUTOMATIC, MailReason.LIST])),
}
SPEC = ListSpec(
    filters=[
        TextFilter("q", _("Folio, correo de quien escribe o palabras")),
        ChoiceFilter("que", _("Qué se hizo"), [(code, label) for code, (label, _which) in GROUPS.items()]),
        DateRangeFilter("llegada", _("Llegada")),
    ],
    columns=[
        Column("received", _("Llegó"), sort="recientes"),
        Column("mail", _("Correo")),
        Column("outcome", _("Qué se hizo")),
        Column("ticket", _("Solicitud")),
    ],
    sorts=[
        SortOption("recientes", _("Más recientes primero"), ("-received_at", "-pk")),
        SortOption("antiguos", _("Más antiguos primero"), ("received_at", "pk")),
    ],
)


def visible_mails(user: Any) -> QuerySet[ReceivedMail]:
    """All of them but those of a complaint about this person."""
    return not_about(ReceivedMail.objects.all(), user, "ticket")


def mail(user: Any, pk: int) -> ReceivedMail:
    """One of them, or Http404."""
    found = visible_mails(user).select_related("ticket__category", "ticket__department").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def filtered(mails: QuerySet[ReceivedMail], values: Mapping[str, Any]) -> QuerySet[ReceivedMail]:
    """The mails that pass the filters of the list."""
    if values["que"]:
        mails = mails.filter(GROUPS[values["que"]][1])
    if values["q"]:
        mails = mails.filter(_about(values["q"]))
    between = values["llegada"]
    days = {"received_at__date__gte": between.since, "received_at__date__lte": between.until}
    return mails.filter(**{name: day for name, day in days.items() if day})


def _about(query: str) -> Q:
    """By a folio, by the sender's address, else by the words of its subject or of its request.

    Who asked with reserve is not found by their address.
    """
    folio = normal_folio(query)
    if folio:
        return Q(ticket__folio=folio)
    if "@" in query:
        sender = blind("people.email", normal_email(query))
        return Q(sender_index=sender) | Q(ticket__is_reserved=False, ticket__requester__email_index=sender)
    in_subject = Q()
    for word in fold(query).split():
        in_subject &= Q(subject_folded__contains=word)
    in_requests = INDEX.narrowed(Ticket.objects.all(), current_municipality().pk, query).values("pk")
    return in_subject & ~Q(subject_folded="") | Q(ticket__in=in_requests)
