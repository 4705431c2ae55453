"""How far from its plan a stage ends or ended: one day and more."""

from datetime import date
from types import SimpleNamespace

import pytest

from cabildo.kit.workdays import Calendar
from cabildo.workflow.processes.rules.dates import Dated, Span
from cabildo.workflow.processes.views.parts import slip_in_words

PLANNED = date(2026, 11, 18)  # Wednesday


@pytest.mark.parametrize(
    ("ends_on", "ended", "told"),
    [
        (date(2026, 11, 17), True, "Terminó 1 día hábil antes del plan"),
        (date(2026, 11, 16), True, "Terminó 2 días hábiles antes del plan"),
        (date(2026, 11, 19), True, "Terminó 1 día hábil después del plan"),
        (date(2026, 11, 19), False, "1 día hábil después del plan"),
        (date(2026, 11, 20), False, "2 días hábiles después del plan"),
        (date(2026, 11, 17), False, "Ahora termina 1 día hábil antes del plan"),
    ],
)
def test_one_day_is_told_in_the_singular(ends_on: date, ended: bool, told: str) -> None:
    row = SimpleNamespace(planned_ends_on=PLANNED, ended_on=ends_on if ended else None)

    assert told in slip_in_words(row, Dated(Span(PLANNED, ends_on), {}), Calendar())
