"""Which dates does an imported request carry: the goal its source set, or the Chilean term, counted here?"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.kit.workdays import Calendar
from cabildo.tickets.actions.clocks import columns_of
from cabildo.tickets.imports.rows import Normalised
from cabildo.tickets.imports.source_map import SourceMap
from cabildo.tickets.models import Ticket, TicketClock
from cabildo.tickets.queries import terms
from cabildo.workflow.queries import YEARS_BACK
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules import deadlines
from cabildo.workflow.rules.deadlines import Deadline
from cabildo.workflow.rules.terms import Clock, Rule, Unit

MOST_DAYS = 32_767  # what the column of days holds
GIVEN, COUNTED = "source_goal", "chilean_term"


class ImportTerms:
    """The clocks of imported requests; rules and calendars are asked once."""

    def __init__(self, mapping: SourceMap) -> None:
        self.mapping = mapping
        self.rules: dict[tuple[int, str], dict[Clock, Rule]] = {}
        self.calendars: dict[int, Calendar] = {}
        self.counted: dict[tuple[int, str, date], dict[Clock, Deadline]] = {}

    def dates(self, ticket: Ticket, row: Normalised) -> tuple[date | None, date | None]:
        """The legal date and the goal that the request carries."""
        if self.mapping.due == GIVEN:
            return None, row.due_on
        if self.mapping.due == COUNTED:
            due = {clock: deadline.expires_on for clock, deadline in self._count(ticket).items()}
            return due.get(Clock.LEGAL), due.get(Clock.INTERNAL)
        return None, None

    def clocks(self, ticket: Ticket, row: Normalised) -> Iterator[TicketClock]:
        """The clocks to store. The goal of a source is shown as given: no day of it was counted here."""
        if self.mapping.due == GIVEN and row.due_on:
            yield self._clock(ticket, Clock.INTERNAL, self._given(ticket, row.due_on))
        if self.mapping.due == COUNTED:
            for clock, deadline in self._count(ticket).items():
                yield self._clock(ticket, clock, columns_of(deadline))

    def _clock(self, ticket: Ticket, clock: Clock, columns: dict[str, Any]) -> TicketClock:
        return TicketClock(municipality_id=ticket.municipality_id, ticket=ticket, clock=clock.value, **columns)

    def _given(self, ticket: Ticket, due_on: date) -> dict[str, Any]:
        received_on = ticket.received_at.astimezone(self.mapping.zone).date()
        reason = _("fecha que fijó la fuente; aquí no se contó ningún plazo")
        return {
            "days": min(max((due_on - received_on).days, 0), MOST_DAYS),
            "unit": Unit.CORRIDOS.value,
            "article": _("meta de la fuente: {source}").format(source=self.mapping.label),
            "extension_limit": 0,
            "submitted_on": received_on,
            "effective_on": received_on,
            "nominal_due_on": due_on,
            "due_on": due_on,
            "explanation": [{"date": due_on.isoformat(), "counted": False, "number": None, "reason": reason}],
            "computed_at": timezone.now(),
            "is_given": True,
        }

    def _count(self, ticket: Ticket) -> dict[Clock, Deadline]:
        day = timezone.localdate(ticket.received_at)
        key = (ticket.category_id, ticket.kind, day)
        if key not in self.counted:
            rules = self._rules(ticket).items()
            calendar = self._calendar(day)
            self.counted[key] = {c: deadlines.compute(day, rule, calendar, clock=c) for c, rule in rules}
        return self.counted[key]

    def _rules(self, ticket: Ticket) -> dict[Clock, Rule]:
        key = (ticket.category_id, ticket.kind)
        if key not in self.rules:
            goal = terms.goal_rule(ticket.category)
            legal = {Clock.LEGAL: terms.legal_rule(ticket.category, ticket.kind)}
            self.rules[key] = legal | ({Clock.INTERNAL: goal} if goal else {})
        return self.rules[key]

    def _calendar(self, day: date) -> Calendar:
        """The calendar of today reaches back far enough for nearly all; older requests have their own."""
        today = timezone.localdate()
        anchor = today if day.year >= today.year - YEARS_BACK else day
        if anchor.year not in self.calendars:
            self.calendars[anchor.year] = municipal_calendar(anchor)
        return self.calendars[anchor.year]
