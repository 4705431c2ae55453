"""Counting only as far as a reader cares."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Count:
    """`number` rows; when not `exact` there are more than `number`."""

    number: int
    exact: bool


def capped_count(*parts: models.QuerySet, cap: int = 10_000) -> Count:
    """Exact up to `cap`; beyond it the database stops counting, so a million rows cost no more than `cap`.

    Several querysets that share no row are counted one after the other, as long as the cap is not reached.
    """
    found = 0
    for part in parts:
        if found <= cap:
            found += part.order_by()[: cap + 1 - found].count()
    return Count(number=min(found, cap), exact=found <= cap)
