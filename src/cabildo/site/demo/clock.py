"""The clock of the story: what is told of a day is stamped with it, also where rows can never be changed afterwards.

Only the demonstration uses it, while it is being written and before anything is served.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from unittest.mock import patch

from django.utils import timezone

HOUR = 11


@contextmanager
def on(day: date, *, hour: int = HOUR) -> Iterator[date]:
    """Inside, it is that day; time goes on from the hour, so that what comes later is later. Never after now."""
    real, begun = timezone.now, timezone.now()
    told = min(timezone.make_aware(datetime.combine(day, time(hour))).astimezone(UTC), begun)
    with patch.object(timezone, "now", lambda: told + (real() - begun)):
        yield timezone.localdate()
