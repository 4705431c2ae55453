"""Which warning has a term reached?"""

from collections.abc import Sequence
from itertools import pairwise

FARTHEST, OLDEST, MOST_LEVELS = 30, -60, 8


def level(days_left: int, thresholds: Sequence[int]) -> int:
    """How many of the thresholds (business days left, descending) have been reached: 0 is none."""
    return sum(days_left <= threshold for threshold in thresholds)


def are_sound(thresholds: Sequence[int]) -> bool:
    """Descending without repetition, at least one and at most eight, between 30 days before and 60 after."""
    descending = all(earlier > later for earlier, later in pairwise(thresholds))
    return 0 < len(thresholds) <= MOST_LEVELS and descending and FARTHEST >= thresholds[0] >= thresholds[-1] >= OLDEST
