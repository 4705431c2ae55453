"""What departments owe to neighbours and to each other, for management control."""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.tickets.choices import OPEN_STATES, InternalState
from cabildo.tickets.models import InternalRequest, Ticket
from cabildo.tickets.queries.internal import visible_internal
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.workflow import ledgers
from cabildo.workflow.ledgers import Ledger, Owed

# a request that speaks of no official, nor may; internal requests that stand alone, or on such a one
OF_NOBODY = Q(official=None, official_pending=False, mentions=None)
APART = Q(ticket=None) | Q(ticket__official=None, ticket__official_pending=False, ticket__mentions=None)


def _open_tickets(user: Any) -> QuerySet[Ticket]:
    return visible_tickets(user).filter(OF_NOBODY, state__in=OPEN_STATES)


def _counted_tickets() -> QuerySet[Ticket]:
    """All but the complaints about an official: that one is not to know of them, and all read the same totals."""
    return Ticket.objects.filter(OF_NOBODY, state__in=OPEN_STATES)


def _open_internal(user: Any) -> QuerySet[InternalRequest]:
    return visible_internal(user).filter(state=InternalState.OPEN).filter(APART)


def _counted_internal() -> QuerySet[InternalRequest]:
    return InternalRequest.objects.filter(state=InternalState.OPEN).filter(APART)


def _ticket(ticket: Ticket) -> Owed:
    """Subject and folio; never who asks."""
    url = reverse("tickets:detail", args=[ticket.folio])
    return Owed(ticket.folio, ticket.category.label, str(ticket.assignee or ""), ticket.running_due_on, url)


def _internal(asked: InternalRequest) -> Owed:
    words = _("%(kind)s. Pide: %(department)s") % {
        "kind": asked.get_kind_display(),
        "department": asked.from_department,
    }
    url = reverse("tickets:internal_detail", args=[asked.year, asked.number])
    return Owed(asked.folio, words, "", asked.due_on, url)


def register() -> None:
    ledgers.register(
        Ledger(
            "solicitudes",
            _("Solicitudes de vecinos"),
            _open_tickets,
            _ticket,
            due="running_due_on",
            related=("category", "assignee"),
            counted=_counted_tickets,
            left_out=_("los reclamos sobre una persona de la municipalidad, ni lo que se pide por ellos"),
        )
    )
    ledgers.register(
        Ledger(
            "internas",
            _("Antecedentes e informes que otros piden"),
            _open_internal,
            _internal,
            department="to_department",
            related=("from_department",),
            counted=_counted_internal,
        )
    )
