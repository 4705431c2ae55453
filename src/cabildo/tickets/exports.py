"""Rows of the list as a file: what each line says, with personal data only when asked for."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import can
from cabildo.documents import owners
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import ListExport, Ticket
from cabildo.tickets.queries import lists
from cabildo.tickets.queries.visibility import may_see_identity, visible_tickets
from cabildo.ui import exports
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import DUE_SOON_DAYS

AT_ONCE = 2_000
FORMATS = ("csv", "xlsx")
HEADINGS = (
    _("Folio"), _("Tipo"), _("Grupo"), _("Materia"), _("Dirección"), _("Estado"), _("Resultado"), _("Canal"),
    _("Ingresó"), _("Plazo legal"), _("Meta interna"), _("Respondida"), _("Cerrada"), _("Sector"), _("Urgente"),
)  # fmt: skip
PERSONAL = (_("Nombre"), _("RUN"), _("Teléfono"), _("Correo"), _("Qué pide"))


def listed(user: Any, address: str) -> QuerySet[Ticket]:
    """The requests that this address shows this person, newest first."""
    state = lists.spec().read(QueryDict(address))
    today = timezone.localdate()
    soon = municipal_calendar(today).add(today, DUE_SOON_DAYS)
    found = lists.filtered(visible_tickets(user), state.values, today, soon)
    return found.select_related("category", "department", "area", "requester").order_by("-received_at", "-pk")


def headings(*, with_persons: bool) -> list[str]:
    return [str(heading) for heading in (*HEADINGS, *(PERSONAL if with_persons else ()))]


def rows(user: Any, tickets: Iterable[Ticket], *, with_persons: bool) -> Iterator[list[Any]]:
    """One line per request; the identity of a reserved one stays blank for who may not see it."""
    for ticket in tickets:
        yield [*_plain(ticket), *(_personal(user, ticket) if with_persons else ())]


def _plain(ticket: Ticket) -> list[Any]:
    return [
        ticket.folio,
        ticket.get_kind_display(),
        ticket.category.group_label,
        ticket.category.label,
        str(ticket.department or ""),
        ticket.get_state_display(),
        ticket.get_outcome_display(),
        ticket.get_channel_display(),
        ticket.received_at,
        ticket.legal_due_on,
        ticket.goal_due_on,
        ticket.answered_at,
        ticket.closed_at,
        ticket.area.name if ticket.area else "",
        ticket.is_urgent,
    ]


def _personal(user: Any, ticket: Ticket) -> list[Any]:
    if not may_see_identity(user, ticket):
        return ["", "", "", "", ""]
    person = ticket.requester
    contact = [person.name, person.run or "", person.phone or "", person.email or ""] if person else ["", "", "", ""]
    return [*contact, ticket.text]


def persons_in(user: Any, tickets: Iterable[Ticket]) -> set[tuple[str, str]]:
    """Whose personal data such a file shows, for the log of reads."""
    return {
        ("people.requester", str(ticket.requester_id))
        for ticket in tickets
        if ticket.requester_id and may_see_identity(user, ticket)
    }


def as_file(file_format: str, heads: list[str], lines: Iterable[list[Any]]) -> bytes:
    """The whole file in memory, as CSV (semicolons, for Excel in Chile) or XLSX."""
    if file_format == "xlsx":
        from cabildo.ui.engine_xlsx import workbook

        return workbook(str(_("Solicitudes")), heads, lines)
    return "".join(exports.csv_lines(heads, lines)).encode()


def _asked_for_it(user: Any, owner_id: str) -> bool:
    asked = ListExport.objects.filter(pk=owner_id, asked_by=user).exists()
    return asked and can(user, TicketPermission.EXPORT)


def register_owner() -> None:
    """A file that was asked for is read by who asked for it, while they may export."""
    owners.register("tickets.listexport", may_read=_asked_for_it)
