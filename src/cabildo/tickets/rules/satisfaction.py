"""When is an opinion low, and does it open the request again?"""

from datetime import date, timedelta

LOW_GRADE = 4  # Chilean scale 1 to 7: four is the lowest pass
REOPENING_WINDOW = timedelta(days=15)


def is_low(grade: int | None) -> bool:
    """Below the pass: the person is asked why."""
    return grade is not None and grade < LOW_GRADE


def reopens(*, solved: bool | None, closed_on: date, today: date) -> bool:
    """«No se resolvió», said inside the window, sends the request back to its department."""
    return solved is False and today - closed_on <= REOPENING_WINDOW
