"""How much time goes into waiting for other departments? In business days, with numerator and denominator."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from cabildo.accounts.models import Department
from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import EventKind, InternalState
from cabildo.tickets.models import InternalRequest, TicketEvent

Span = tuple[date, date]


@dataclass(frozen=True)
class InternalTime:
    """Of one asked department. Days are business days.

    `days_waited` of `days_granted`: what its answers took against the terms they were given. `ticket_days_waited` of
    `ticket_days_open`: the part of the life of those citizen requests that went into waiting for it, overlapping
    waits counted once.
    """

    department: Department
    requests: int
    late: int
    days_waited: int
    days_granted: int
    ticket_days_waited: int
    ticket_days_open: int


def internal_time(
    *, since: date, until: date, today: date, calendar: Calendar, departments: Collection[int] | None = None
) -> list[InternalTime]:
    """One line for each department asked between two days, the one that takes longest first. Two queries.

    What was no longer needed is left out; what was waited for until its request closed counts until that day.
    With `departments`, only what these asked or were asked.
    """
    asked = InternalRequest.objects.filter(asked_at__date__range=(since, until))
    asked = asked.filter(~Q(state=InternalState.WITHDRAWN) | Q(pk__in=_closed_over()))
    if departments is not None:
        asked = asked.filter(Q(from_department__in=departments) | Q(to_department__in=departments))
    by_department: dict[Department, list[InternalRequest]] = defaultdict(list)
    for request in asked.select_related("to_department", "ticket"):
        by_department[request.to_department].append(request)
    lines = [_line(department, requests, today, calendar) for department, requests in by_department.items()]
    return sorted(lines, key=lambda line: (-line.days_waited, line.department.name))


def _closed_over() -> list[int]:
    """Those withdrawn because their request closed before they were answered."""
    ended = TicketEvent.objects.filter(kind=EventKind.INTERNAL_WITHDRAWN, data__closing=True)
    return list(ended.values_list("data__internal", flat=True))


def _line(department: Department, requests: list[InternalRequest], today: date, calendar: Calendar) -> InternalTime:
    spans: dict[int, list[Span]] = defaultdict(list)
    lives: dict[int, Span] = {}
    for request in requests:
        if request.ticket is not None:
            spans[request.ticket.pk].append(_span(request, today))
            closed = request.ticket.closed_at
            end = timezone.localdate(closed) if closed else today
            lives[request.ticket.pk] = (timezone.localdate(request.ticket.received_at), end)
    return InternalTime(
        department=department,
        requests=len(requests),
        late=sum(_span(request, today)[1] > request.due_on for request in requests),
        days_waited=sum(calendar.count_between(*_span(request, today)) for request in requests),
        days_granted=sum(request.days for request in requests),
        ticket_days_waited=sum(_days(merged(found), calendar) for found in spans.values()),
        ticket_days_open=_days(lives.values(), calendar),
    )


def _span(request: InternalRequest, today: date) -> Span:
    end = timezone.localdate(request.ended_at) if request.ended_at else today
    return timezone.localdate(request.asked_at), end


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same days as separate spans, each day once."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _days(spans: Iterable[Span], calendar: Calendar) -> int:
    return sum(calendar.count_between(start, end) for start, end in spans)
