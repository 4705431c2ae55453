"""Values as a workbook keeps them: days as days, numbers as numbers, each with the format that Chile reads."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from cabildo.ui.spanish import DAY_FORMAT, InWords

INSTANT_FORMAT = f"{DAY_FORMAT} hh:mm"


def kept(value: Any) -> Any:
    """The value itself, or what its words say; an instant on the clock of Chile, because Excel knows no zones."""
    if isinstance(value, InWords):
        return value.exact
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).replace(tzinfo=None)
    return value


def format_of(value: Any) -> str:
    """How it is shown; empty leaves that to the program."""
    if isinstance(value, InWords):
        return value.number_format
    if isinstance(value, datetime):
        return INSTANT_FORMAT
    return DAY_FORMAT if isinstance(value, date) else ""
