"""Dates and numbers as they are written in Chile. Plain functions, so letters and messages use them too."""

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.db.counting import Count
from cabildo.kit import rounding

WEEKDAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
SHORT_MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
NO_DATA = "sin dato"
DAY_FORMAT = "dd-mm-yyyy"  # of a cell of a workbook
MINUS = "\u2212"  # as wide as a plus, and never the end of a line
NO_BREAK_SPACE = "\u00a0"  # a number never parts from its unit

SIGNS = str.maketrans({",": ".", ".": ",", "-": MINUS})
Number = int | float | Decimal | Fraction


class InWords(str):
    """A day or a number as it is written, which keeps what it says: workbooks hold `exact`, shown by `number_format`.

    Whatever joins it to other words, a sentence or `str()`, leaves words alone.
    """

    exact: int | Decimal | date
    number_format: str


def weekday_and_day(day: date) -> str:
    """«martes 22 de diciembre»: in a sentence, when the year is understood."""
    day = local_day(day)
    return f"{WEEKDAYS[day.weekday()]} {day.day} de {MONTHS[day.month - 1]}"


def long_date(day: date) -> str:
    """«martes 22 de diciembre de 2026»."""
    return f"{weekday_and_day(day)} de {local_day(day).year}"


def short_date(day: date) -> str:
    """«22 dic 2026»: in tables."""
    day = local_day(day)
    return _in_words(f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}", day, DAY_FORMAT)


def clock(instant: datetime | time) -> str:
    """«14:32», on the clock of Chile."""
    if isinstance(instant, datetime) and timezone.is_aware(instant):
        instant = timezone.localtime(instant)
    return f"{instant:%H:%M}"


def number(value: Number | None, places: int | None = None) -> str:
    """«1.234,5», «−0,3». Integers and decimals keep the digits they have, but for `places`; None is «sin dato»."""
    if value is None:
        return NO_DATA
    rounded = _rounded(value, places)
    return _in_words(_written(rounded), rounded, _number_format(rounded))


def percentage(value: Number | None, places: int = 1) -> str:
    """«31,7 %» of a value that is already a percentage; None is «sin dato», never zero."""
    if value is None:
        return NO_DATA
    rounded = _rounded(value, places)
    written = f"{_written(rounded)}{NO_BREAK_SPACE}%"
    return _in_words(written, Decimal(rounded) / 100, f"{_number_format(rounded)} %")


def _rounded(value: Number, places: int | None) -> int | Decimal:
    if places is not None:
        return rounding.half_up(_exact(value), places)
    if isinstance(value, float | Fraction):
        return rounding.half_up(_exact(value), 1)
    return value


def _written(value: int | Decimal) -> str:
    return (f"{value:,f}" if isinstance(value, Decimal) else f"{int(value):,}").translate(SIGNS)


def _number_format(value: int | Decimal) -> str:
    """As spreadsheets say it: marks of thousands, and as many decimals as are written."""
    decimals = _written(value).partition(",")[2]
    return f"#,##0.{'0' * len(decimals)}" if decimals else "#,##0"


def _in_words(written: str, exact: int | Decimal | date, number_format: str) -> InWords:
    made = InWords(written)
    made.exact, made.number_format = exact, number_format
    return made


def counted(count: Count, one: str, many: str) -> str:
    """«1 reunión», «1.204 reuniones», «más de 10.000 reuniones»."""
    words = f"{number(count.number)} {one if count.number == 1 else many}"
    return words if count.exact else _("más de %s") % words


def share(numerator: int, denominator: int, places: int = 1) -> str:
    """«38 de 120, 31,7 %». With nothing to divide by, no percentage is invented: «0 de 0»."""
    counted = f"{number(numerator)} de {number(denominator)}"
    part = rounding.share(numerator, denominator, places)
    return counted if part is None else f"{counted}, {percentage(part, places)}"


def local_day(day: date) -> date:
    """The calendar day in Chile of an instant; a date stays as it is."""
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day


def _exact(value: Number) -> int | Decimal | Fraction:
    return Decimal(str(value)) if isinstance(value, float) else value
