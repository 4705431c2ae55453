"""The legal deadline of a request: when it falls due, and every day of the count (Ley 19.880, arts. 25, 26, 31, 63).

A deadline is computed again from its facts (submission, rule, extension, pauses) whenever one of them or the calendar
changes; nothing is added to an earlier result.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cabildo.kit.workdays import DAY, Calendar, days_after
from cabildo.workflow.rules.errors import WorkflowError
from cabildo.workflow.rules.terms import Clock, Pause, Rule, Start, Unit, halve_for_urgency


@dataclass(frozen=True)
class Day:
    """One line of the explanation. `number` counts from 1; `reason` is Spanish: why the day counts or does not."""

    date: date
    counted: bool
    number: int | None
    reason: str


@dataclass(frozen=True)
class Deadline:
    """A computed term. `nominal_due_on` is the last counted day; `due_on` is the next business day when that is none.

    Both keep the original term after an extension; `extended_due_on` holds the new date, `expires_on` the one in force.
    """

    submitted_on: date
    effective_on: date
    due_on: date
    nominal_due_on: date
    extended_due_on: date | None
    explanation: tuple[Day, ...]
    rule: Rule
    extra_days: int = 0
    pauses: tuple[Pause, ...] = ()
    clock: Clock = Clock.LEGAL

    @property
    def days(self) -> int:
        return self.rule.days

    @property
    def unit(self) -> Unit:
        return self.rule.unit

    @property
    def expires_on(self) -> date:
        return self.extended_due_on or self.due_on


def compute(
    submitted_on: date,
    rule: Rule,
    calendar: Calendar,
    *,
    extra_days: int = 0,
    pauses: Sequence[Pause] = (),
    clock: Clock = Clock.LEGAL,
) -> Deadline:
    """The deadline of something submitted that day. The count starts the day after the effective one (art. 25).

    `extra_days` are those of an extension already granted; they lengthen the same count. Only the pauses that stop
    `clock` move the date. Raises `UnknownYearError` when the calendar does not reach the due date.
    """
    stopping = tuple(pause for pause in pauses if pause.stops(clock))
    effective_on = _effective_day(submitted_on, rule, calendar)
    count = tuple(_count(effective_on, rule, rule.days + extra_days, stopping, calendar))
    numbered = {day.number: day.date for day in count if day.counted}
    nominal_due_on, last_on = numbered[rule.days], numbered[rule.days + extra_days]
    expires_on = calendar.next_business_day(last_on)
    return Deadline(
        submitted_on=submitted_on,
        effective_on=effective_on,
        due_on=calendar.next_business_day(nominal_due_on),
        nominal_due_on=nominal_due_on,
        extended_due_on=expires_on if extra_days else None,
        explanation=(*_opening(submitted_on, effective_on, calendar), *count, *_moved(last_on, expires_on, calendar)),
        rule=rule,
        extra_days=extra_days,
        pauses=tuple(pauses),
        clock=clock,
    )


def recompute(deadline: Deadline, calendar: Calendar) -> Deadline:
    """The same facts counted on another calendar: what a change of holidays asks for."""
    return compute(
        deadline.submitted_on,
        deadline.rule,
        calendar,
        extra_days=deadline.extra_days,
        pauses=deadline.pauses,
        clock=deadline.clock,
    )


def extend(deadline: Deadline, extra_days: int, decided_on: date, calendar: Calendar) -> Deadline:
    """The deadline with its one extension (Ley 19.880, art. 26): at most half the term, unless its own law says more.

    It must be decided before the term expires, its last day included. Raises `WorkflowError` with the codes
    extension_not_allowed, extension_not_positive, extension_too_long, already_extended, extension_too_early
    and extension_too_late.
    """
    _check_extension(deadline, extra_days)
    _check_decision(deadline, decided_on, deadline.expires_on, "extension")
    return recompute(replace(deadline, extra_days=extra_days), calendar)


def make_urgent(deadline: Deadline, decided_on: date, calendar: Calendar) -> Deadline:
    """The deadline with its term, and its extension if it had one, halved by a recorded decision (art. 63).

    Refused with urgency_too_late when the halved term would already have expired: no decision makes a request late
    backwards. Also raises already_urgent and urgency_too_early.
    """
    rule = halve_for_urgency(deadline.rule)
    halved = recompute(replace(deadline, rule=rule, extra_days=deadline.extra_days // 2), calendar)
    _check_decision(deadline, decided_on, halved.expires_on, "urgency")
    return halved


def with_pauses(deadline: Deadline, pauses: Sequence[Pause], calendar: Calendar) -> Deadline:
    """The deadline moved by the days its clock stopped; `pauses` are all of them and replace any earlier ones.

    Days of a pause that would not have counted anyway move nothing, and a pause begun on the last day or later comes
    too late. While a pause with a maximum is open the date supposes it is used whole; ending it brings the date back.
    """
    return recompute(replace(deadline, pauses=tuple(pauses)), calendar)


def as_json(deadline: Deadline) -> dict[str, Any]:
    """The deadline as `cabildo deadline --json` prints it and as it is stored; dates are ISO 8601."""
    extended = deadline.extended_due_on
    return {
        "submitted_on": deadline.submitted_on.isoformat(),
        "effective_on": deadline.effective_on.isoformat(),
        "due_on": deadline.due_on.isoformat(),
        "nominal_due_on": deadline.nominal_due_on.isoformat(),
        "days": deadline.days,
        "unit": deadline.unit.value,
        "extended_due_on": extended.isoformat() if extended else None,
        "explanation": [
            {"date": day.date.isoformat(), "counted": day.counted, "number": day.number, "reason": day.reason}
            for day in deadline.explanation
        ],
    }


def _check_extension(deadline: Deadline, extra_days: int) -> None:
    most = deadline.rule.longest_extension
    if deadline.extra_days:
        raise WorkflowError("already_extended")
    if most == 0:
        raise WorkflowError("extension_not_allowed", article=deadline.rule.article)
    if extra_days < 1:
        raise WorkflowError("extension_not_positive")
    if extra_days > most:
        raise WorkflowError("extension_too_long", most=most)


def _check_decision(deadline: Deadline, decided_on: date, expired_on: date, act: str) -> None:
    if decided_on < deadline.submitted_on:
        raise WorkflowError(f"{act}_too_early", submitted_on=deadline.submitted_on)
    if decided_on > expired_on:
        raise WorkflowError(f"{act}_too_late", expired_on=expired_on)


def _effective_day(submitted_on: date, rule: Rule, calendar: Calendar) -> date:
    if rule.start is Start.SUBMISSION_DAY:
        return submitted_on
    return calendar.next_business_day(submitted_on)


def _opening(submitted_on: date, effective_on: date, calendar: Calendar) -> Iterator[Day]:
    """The days before the count: those that push the submission forward, then the effective day."""
    for day in days_after(submitted_on - DAY, effective_on - DAY):
        yield Day(day, False, None, calendar.why_not(day) or "")
    first = "día de la presentación" if effective_on == submitted_on else "se tiene por presentada este día"
    yield Day(effective_on, False, None, f"{first}; se cuenta desde el siguiente")


def _count(effective_on: date, rule: Rule, total: int, pauses: Sequence[Pause], calendar: Calendar) -> Iterator[Day]:
    """The days after the effective one until `total` have counted."""
    day, number = effective_on, 0
    while number < total:
        day += DAY
        why_not = _why_not(day, rule.unit, pauses, calendar)
        number += why_not is None
        yield Day(day, False, None, why_not) if why_not else Day(day, True, number, _COUNTED[rule.unit])


_COUNTED = {Unit.HABILES: "día hábil", Unit.CORRIDOS: "día corrido"}


def _why_not(day: date, unit: Unit, pauses: Sequence[Pause], calendar: Calendar) -> str | None:
    not_business = calendar.why_not(day)
    if unit is Unit.HABILES and not_business:
        return not_business
    pause = next((pause for pause in pauses if pause.covers(day, calendar)), None)
    if pause is None:
        return None
    return f"plazo detenido: {pause.norm}" if pause.norm else "plazo detenido"


def _moved(last_on: date, expires_on: date, calendar: Calendar) -> Iterator[Day]:
    """The days from a last day that is no business day to the one on which the term really expires."""
    for day in days_after(last_on, expires_on):
        reason = calendar.why_not(day) or f"vence este día, porque el último era inhábil: {calendar.why_not(last_on)}"
        yield Day(day, False, None, reason)
