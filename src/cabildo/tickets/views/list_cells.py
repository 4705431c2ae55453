"""What a line of the list says in each of its columns."""

from collections.abc import Iterable, Sequence
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
CHOICE = (
    '<td class="cell-select"><input class="form-check-input" type="checkbox" name="chosen" value="{folio}"'
    ' aria-label="{choose} {folio}"></td>'
)
FOLIO = '<th scope="row" class="folio"><a href="{url}">{folio}</a></th>'
WHEN = '<span class="when">{}</span>'


class Lines:
    """The lines of one page. What many of them say is translated and drawn once, not in each.

    The first cell leads to the request; with `are_chosen` a box before it takes part in what is done with many.
    """

    def __init__(self, columns: Sequence[Column], today: date, days: Calendar, *, are_chosen: bool) -> None:
        self._today, self._days = today, days
        self._begin = f"{CHOICE.replace('{choose}', _('Elegir'))}{FOLIO}" if are_chosen else FOLIO
        self._states, self._outcomes, self._channels = _words(State), _words(Outcome), _words(Channel)
        self._marks = {name: mark_of(name) for name in STATES}
        self._drawn = [
            (format_html('<td data-label="{}">', column.label), getattr(self, f"_{column.key}"))
            for column in columns[1:]
        ]
        self._without_department = _("Sin dirección")

    def drawn(self, tickets: Iterable[Ticket]) -> SafeString:
        """Rows of a table. Of requests read with `only(*SHOWN)`, no cell asks the database again."""
        return mark_safe("".join(self._line(ticket) for ticket in tickets))

    def _line(self, ticket: Ticket) -> str:
        url = reverse("tickets:detail", args=[ticket.folio])
        first = format_html(self._begin, folio=ticket.folio, url=url)
        cells = "".join(f"{start}{conditional_escape(cell(ticket))}</td>" for start, cell in self._drawn)
        return f"<tr>{first}{cells}</tr>\n"

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
