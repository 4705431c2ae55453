"""Counting only as far as a reader cares."""

from dataclasses import dataclass

from django.db import models


@dataclass(frozen=True)
class Count:
    """`number` rows; when not `exact` there are more than `number`."""

    number: int
    exact: bool


def capped_count(queryset: models.QuerySet, cap: int = 10_000) -> Count:
    """Exact up to `cap`; beyond it the database stops counting, so a million rows cost no more than `cap`."""
    found = queryset.order_by()[: cap + 1].count()
    return Count(number=min(found, cap), exact=found <= cap)
