"""Counting only as far as a reader cares."""

from dataclasses import dataclass

from django.db import models

CAP = 10_000


@dataclass(frozen=True)
class Count:
    """`number` rows; when not `exact` there are more than `number`."""

    number: int
    exact: bool


def capped(found: int, cap: int = CAP) -> Count:
    """What is known of rows counted no further than one beyond the cap."""
    return Count(number=min(found, cap), exact=found <= cap)


def capped_count(*parts: models.QuerySet, cap: int = CAP) -> Count:
    """Exact up to `cap`; beyond it the database stops counting, so a million rows cost no more than `cap`.

    Several querysets that share no row are counted one after the other, as long as the cap is not reached.
    """
    found = 0
    for part in parts:
        if found <= cap:
            found += part.order_by()[: cap + 1 - found].count()
    return capped(found, cap)
