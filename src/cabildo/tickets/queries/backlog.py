"""The historic backlog: what waits since long ago, and how its clearing goes week by week."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.db.models.functions import TruncDate, TruncYear
from django.utils import timezone

from cabildo.tickets.choices import OPEN_STATES
from cabildo.tickets.models import ClearingPlan, Ticket
from cabildo.tickets.queries.figures import Dimension, Row, for_a_minute, label_of, midnight
from cabildo.tickets.rules.backlog import AGE_BANDS, HISTORIC_AFTER_DAYS, Curve, curve

Departments = tuple[int, ...] | None


@dataclass(frozen=True)
class Aged:
    """Requests of the backlog of one department: how many of each year of entry and each age, and the oldest."""

    by_year: dict[int, int]
    by_age: tuple[int, ...]
    oldest_on: date

    @property
    def total(self) -> int:
        return sum(self.by_age)


def historic(departments: Departments, today: date) -> QuerySet[Ticket]:
    """Open requests that came in more than 30 calendar days before `today`."""
    tickets = Ticket.objects.filter(state__in=OPEN_STATES, received_at__lt=_came_in_by(today)).order_by()
    return tickets if departments is None else tickets.filter(department__in=departments)


def _came_in_by(today: date) -> datetime:
    return midnight(today - timedelta(days=HISTORIC_AFTER_DAYS))


@for_a_minute
def by_department(departments: Departments, today: date) -> list[Row[Aged]]:
    """The backlog of each department by year of entry and by age, the largest first. One query."""
    ages = {f"age_{place}": Count("pk", filter=_aged(band, today)) for place, band in enumerate(AGE_BANDS)}
    rows = (
        historic(departments, today)
        .annotate(year=TruncYear("received_at"))
        .values("department__code", "department__name", "year")
        .annotate(count=Count("pk"), oldest=Min("received_at"), **ages)
    )
    grouped: dict[tuple[str, str], list[Any]] = {}
    for row in rows:
        key = (row["department__code"] or "", label_of(Dimension.DEPARTMENT, row["department__name"]))
        grouped.setdefault(key, []).append(row)
    found = [Row(code, label, _together(years)) for (code, label), years in grouped.items()]
    return sorted(found, key=lambda row: (-row.figure.total, row.label))


def _aged(band: tuple[int, int | None], today: date) -> Q:
    youngest, eldest = band
    wanted = Q(received_at__lt=midnight(today - timedelta(days=youngest - 1)))
    return wanted if eldest is None else wanted & Q(received_at__gte=midnight(today - timedelta(days=eldest)))


def _together(years: list[Any]) -> Aged:
    return Aged(
        by_year={timezone.localdate(row["year"]).year: row["count"] for row in years},
        by_age=tuple(sum(row[f"age_{place}"] for row in years) for place in range(len(AGE_BANDS))),
        oldest_on=timezone.localdate(min(row["oldest"] for row in years)),
    )


def plans_in_force(departments: Departments, today: date) -> dict[int, ClearingPlan]:
    """Each department's plan: the latest that has started, else the next one. One query."""
    plans = ClearingPlan.objects.select_related("department", "responsible").order_by("starts_on", "pk")
    if departments is not None:
        plans = plans.filter(department__in=departments)
    chosen: dict[int, ClearingPlan] = {}
    for plan in plans:
        if plan.starts_on <= today or plan.department_id not in chosen:
            chosen[plan.department_id] = plan
    return chosen


def progress(plans: Iterable[ClearingPlan], today: date) -> dict[int, Curve]:
    """By department, the weeks of its plan until today: what was to be left, and what is. One query.

    What is cleared are the requests that were historic and open on the first day; one reopened counts again.
    """
    planned = {plan.department_id: plan for plan in plans}
    if not planned:
        return {}
    mine = reduce(or_, [_cleared_by(plan) for plan in planned.values()])
    rows = Ticket.objects.filter(mine).order_by().annotate(day=TruncDate("closed_at"))
    closed: dict[int, dict[date | None, int]] = {department: {} for department in planned}
    for department, day, count in rows.values_list("department_id", "day").annotate(Count("pk")):
        closed[department][day] = count
    return {
        department: curve(closed[department], starts_on=plan.starts_on, weekly_target=plan.weekly_target, today=today)
        for department, plan in planned.items()
    }


def _cleared_by(plan: ClearingPlan) -> Q:
    still_open = Q(closed_at__isnull=True) | Q(closed_at__gte=midnight(plan.starts_on))
    return still_open & Q(department=plan.department_id, received_at__lt=_came_in_by(plan.starts_on))
