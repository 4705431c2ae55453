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
MINUS = "\u2212"  # as wide as a plus, and never the end of a line
NO_BREAK_SPACE = "\u00a0"  # a number never parts from its unit

SIGNS = str.maketrans({",": ".", ".": ",", "-": MINUS})
Number = int | float | Decimal | Fraction


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
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {day.year}"


def clock(instant: datetime | time) -> str:
    """«14:32», on the clock of Chile."""
    if isinstance(instant, datetime) and timezone.is_aware(instant):
        instant = timezone.localtime(instant)
    return f"{instant:%H:%M}"


def number(value: Number | None, places: int | None = None) -> str:
    """«1.234,5», «−0,3». Integers and decimals keep the digits they have, but for `places`; None is «sin dato»."""
    if value is None:
        return NO_DATA
    if places is not None:
        value = rounding.half_up(_exact(value), places)
    elif isinstance(value, float | Fraction):
        value = rounding.half_up(_exact(value), 1)
    written = f"{value:,f}" if isinstance(value, Decimal) else f"{int(value):,}"
    return written.translate(SIGNS)


def percentage(value: Number | None, places: int = 1) -> str:
    """«31,7 %» of a value that is already a percentage; None is «sin dato», never zero."""
    return NO_DATA if value is None else f"{number(value, places)}{NO_BREAK_SPACE}%"


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
