"""What Open311 answers when it refuses: every error at once, each with its code and a Spanish sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

BAD_REQUEST, FORBIDDEN, NOT_FOUND, BAD_METHOD, TOO_MANY = 400, 403, 404, 405, 429


@dataclass(frozen=True)
class SpecError:
    code: int
    description: str


class Refused(Exception):  # noqa: N818 - what happened to the call
    """The errors of one call; never empty."""

    def __init__(self, errors: Iterable[SpecError]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.errors)

    @property
    def status(self) -> int:
        """The HTTP status: the code they share, else 400."""
        codes = {error.code for error in self.errors}
        return codes.pop() if len(codes) == 1 else BAD_REQUEST


def refuse(code: int, description: str) -> Refused:
    """One error, ready to raise."""
    return Refused([SpecError(code, description)])
