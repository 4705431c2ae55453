"""What only shows with two connections at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from cabildo.jobs import actions, enqueue
from cabildo.jobs.models import Job

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time"),
]


def claim_elsewhere() -> Job | None:
    """Claim on another connection, which must not wait."""

    def claim() -> Job | None:
        try:
            return actions.claim(worker="other", lease=timedelta(minutes=1))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(claim).result(timeout=10)


def test_a_job_being_claimed_is_skipped_by_the_next_worker() -> None:
    enqueue("sample.fail")
    second = enqueue("sample.fail")

    with transaction.atomic():
        actions.claim(worker="one", lease=timedelta(minutes=1))
        assert claim_elsewhere() == second


def test_a_waiting_job_asked_for_again_starts_after_that_transaction_and_sees_it() -> None:
    job = enqueue("sample.fail", key="k")

    with transaction.atomic():
        assert enqueue("sample.fail", key="k") == job
        assert claim_elsewhere() is None

    assert claim_elsewhere() == job
