"""When is an opinion low, does it open the request again, and which code did a person type?"""

from datetime import date, timedelta

from cabildo.tickets.rules.folio import SECRET_LENGTH, normal_secret

LOW_GRADE = 4  # Chilean scale 1 to 7: four is the lowest pass
REOPENING_WINDOW = timedelta(days=15)


def is_low(grade: int | None) -> bool:
    """Below the pass: the person is asked why."""
    return grade is not None and grade < LOW_GRADE


def reopens(*, solved: bool | None, closed_on: date, today: date) -> bool:
    """«No se resolvió», said inside the window, sends the request back to its department."""
    return solved is False and today - closed_on <= REOPENING_WINDOW


def normal_token(typed: str) -> str:
    """The code of an invitation, whatever dashes, spaces or case a person copied it with from the paper.

    Links of before this code had another length and told capitals apart: they stay as they are.
    """
    code = normal_secret(typed)
    return code if len(code) == SECRET_LENGTH else typed
