"""RUN: the national number of a person and its check digit (modulo 11)."""

import re

from cabildo.kit.errors import DomainError

_DROPPED = re.compile(r"[\s.\u2010-\u2015\u2212-]")  # spaces, dots and every dash people paste
_SHAPE = re.compile(r"[0-9]+[0-9K]")
_MAX_DIGITS = 8  # numbers from 100.000.000 are provisional identifiers, not RUN


class InvalidRun(DomainError):  # noqa: N818 (people read it aloud: invalid RUN)
    """A text that is no RUN. It never carries the text: a mistyped RUN is still personal data."""

    sentences = {
        "run_empty": "Escriba el RUN con su dígito verificador. Por ejemplo: 12.345.678-5.",
        "run_characters": "El RUN lleva solo números y, al final, un número o una K. Por ejemplo: 12.345.678-5.",
        "run_too_long": "El RUN tiene a lo más ocho números antes del dígito verificador. Revise si sobra alguno.",
        "run_check_digit": "El RUN no coincide con su dígito verificador. Revise los números.",
    }


def check_digit(number: int) -> str:
    """Digits right to left times 2 to 7, repeating; 11 minus the sum modulo 11, where 11 is written 0 and 10 is K."""
    weighted = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(str(number))))
    return "0123456789K"[-weighted % 11]


def normalise(text: str) -> str:
    """A RUN as it is stored: "12345678-5". Takes dots, spaces, any dash, k or K, leading zeros; raises `InvalidRun`."""
    number, digit = _split(_DROPPED.sub("", text).upper())
    if number == 0 or check_digit(number) != digit:
        raise InvalidRun("run_check_digit")
    return f"{number}-{digit}"


def is_valid(text: str) -> bool:
    """Whether `normalise` accepts the text."""
    try:
        normalise(text)
    except InvalidRun:
        return False
    return True


def pretty(run: str) -> str:
    """A normalised RUN as people write it: "12345678-5" becomes "12.345.678-5"."""
    number, digit = run.split("-")
    return f"{int(number):,}-{digit}".replace(",", ".")


def _split(bare: str) -> tuple[int, str]:
    if not bare:
        raise InvalidRun("run_empty")
    if not _SHAPE.fullmatch(bare):
        raise InvalidRun("run_characters")
    digits = bare[:-1].lstrip("0")
    if len(digits) > _MAX_DIGITS:
        raise InvalidRun("run_too_long")
    return int(digits or 0), bare[-1]
