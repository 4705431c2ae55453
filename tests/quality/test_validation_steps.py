"""The way of a validation, as the municipality sees it."""

import pytest

from cabildo.quality.models import Validation
from cabildo.quality.shown.validation import steps


@pytest.mark.parametrize(
    ("state", "done", "note"),
    [
        ("review", 0, ""),
        ("scheduled", 2, ""),
        ("consensus", 4, ""),
        ("issued", 5, ""),
        ("observed", 5, "observada por la municipalidad"),
        ("firm", 6, ""),
    ],
)
def test_what_has_happened_is_done_and_the_next_is_under_way(state, done, note) -> None:
    shown = steps(Validation(state=state))

    assert [step.state for step in shown] == ["done"] * done + ["current"] * (done < 6) + ["pending"] * (5 - done)
    assert [step.note for step in shown if step.state == "current"] == ([note] if done < 6 else [])


def test_before_it_begins_all_is_to_come() -> None:
    assert {step.state for step in steps(None)} == {"pending"}
