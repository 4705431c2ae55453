"""Which open terms have reached a warning level that was not given yet?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.db.models import Exists, OuterRef

from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import OPEN_STATES
from cabildo.tickets.models import EscalationPlan, EscalationSent, Ticket, TicketPause
from cabildo.tickets.rules.escalation import level
from cabildo.workflow.rules.standing import ESCALATION
from cabildo.workflow.rules.terms import Clock

DATES = {Clock.LEGAL: "legal_due_on", Clock.INTERNAL: "goal_due_on"}


@dataclass(frozen=True)
class Reached:
    """A clock of a ticket that stands at a level; the levels under it that were not given are given with it."""

    ticket: Ticket
    clock: Clock
    due_on: date
    levels: tuple[int, ...]


def thresholds() -> tuple[int, ...]:
    """The municipality's own levels, else the usual ones: business days left, descending. One query."""
    plan = EscalationPlan.objects.first()
    return tuple(plan.thresholds) if plan else ESCALATION


def reached(today: date, calendar: Calendar, steps: Sequence[int]) -> list[Reached]:
    """Every level reached and not given yet, of both clocks of open requests that run. Four queries."""
    farthest = calendar.add(today, max(0, steps[0]))
    days_left = cache(lambda due_on: calendar.count_between(today, due_on))
    found: list[Reached] = []
    for clock, field in DATES.items():
        running = Ticket.objects.filter(state__in=OPEN_STATES, is_stopped=False, **{f"{field}__lte": farthest})
        if clock is Clock.INTERNAL:
            running = running.filter(~Exists(TicketPause.objects.filter(ticket=OuterRef("pk"), ended_on=None)))
        given = _given(clock, farthest)
        for ticket in running.select_related("category", "department").order_by(field, "pk"):
            due_on = getattr(ticket, field)
            levels = range(1, level(days_left(due_on), steps) + 1)
            if new := tuple(one for one in levels if (ticket.pk, due_on, one) not in given):
                found.append(Reached(ticket, clock, due_on, new))
    return found


def still_stands(one: Reached, ticket: Ticket) -> bool:
    """Of the request as it is now: does this term still run to this day, and was none of these levels given?"""
    if not ticket.is_open or ticket.is_stopped or getattr(ticket, DATES[one.clock]) != one.due_on:
        return False
    given = EscalationSent.objects.filter(ticket=ticket, clock=one.clock.value, due_on=one.due_on)
    return not given.filter(level__in=one.levels).exists()


def _given(clock: Clock, farthest: date) -> set[tuple[int, date, int]]:
    sent = EscalationSent.objects.filter(clock=clock.value, due_on__lte=farthest, ticket__state__in=OPEN_STATES)
    return set(sent.values_list("ticket_id", "due_on", "level"))
