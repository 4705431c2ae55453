"""What a line of the list says in each of its columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import Channel, Outcome, State
from cabildo.tickets.duties import standing
from cabildo.tickets.models import Ticket
from cabildo.ui.parts import Column
from cabildo.ui.spanish import short_date
from cabildo.ui.templatetags.ui import STATES
from cabildo.ui.templatetags.ui import state as mark_of

SHOWN = (
    "municipality_id", "folio", "state", "outcome", "channel", "legal_due_on", "is_stopped", "received_at",
    "category__label", "department__name", "assignee__full_name", "assignee__email",
)  # fmt: skip
NOTHING = "—"
WHEN = '<span class="when">{}</span>'


@dataclass(frozen=True)
class Row:
    """A line: its first cell leads to the request; the others are drawn, each with the label of its column."""

    folio: str
    url: str
    cells: SafeString


class Cells:
    """The lines of one page. What many of them say is translated and drawn once, not in each."""

    def __init__(self, columns: Sequence[Column], today: date, days: Calendar) -> None:
        self._today, self._days = today, days
        self._states, self._outcomes, self._channels = _words(State), _words(Outcome), _words(Channel)
        self._marks = {name: mark_of(name) for name in STATES}
        self._drawn = [
            (format_html('<td data-label="{}">', column.label), getattr(self, f"_{column.key}"))
            for column in columns[1:]
        ]
        self._without_department = _("Sin dirección")

    def rows(self, tickets: Iterable[Ticket]) -> Iterator[Row]:
        """Read with `only(*SHOWN)`, no cell asks the database again."""
        for ticket in tickets:
            cells = "".join(f"{start}{conditional_escape(cell(ticket))}</td>" for start, cell in self._drawn)
            yield Row(ticket.folio, reverse("tickets:detail", args=[ticket.folio]), mark_safe(cells))

    def _category(self, ticket: Ticket) -> str:
        return ticket.category.label

    def _department(self, ticket: Ticket) -> str:
        return ticket.department.name if ticket.department else self._without_department

    def _state(self, ticket: Ticket) -> str:
        return self._states[ticket.state]

    def _due(self, ticket: Ticket) -> str:
        if ticket.legal_due_on and ticket.is_open:
            mark = self._marks[standing(ticket, self._today, self._days)]
            return format_html(f"{WHEN} {{}}", short_date(ticket.legal_due_on), mark)
        return self._outcomes.get(ticket.outcome, NOTHING)

    def _received(self, ticket: Ticket) -> str:
        return format_html(WHEN, short_date(ticket.received_at))

    def _channel(self, ticket: Ticket) -> str:
        return self._channels[ticket.channel]

    def _assignee(self, ticket: Ticket) -> str:
        return str(ticket.assignee or NOTHING)


def _words(choices: type[TextChoices]) -> dict[str, str]:
    return {code: str(label) for code, label in choices.choices}
