"""A background job sees the municipality it was enqueued in, and no other."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipality


@contextmanager
def enter_municipality(job: Any) -> Iterator[None]:
    if job.municipality_id is None:
        yield
        return
    with in_municipality(Municipality.objects.get(pk=job.municipality_id)):
        yield
