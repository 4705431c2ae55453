"""Tries are counted for each connection, behind a proxy too, and by all processes together."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from cabildo.accounts.scoping import in_municipality
from cabildo.jobs import enqueue
from cabildo.tickets.models import Attempt
from cabildo.tickets.throttle import allows

pytestmark = pytest.mark.usefixtures("puerto_claro")


def one_try(address: str, forwarded: str = "", purpose: str = "try") -> bool:
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return allows(RequestFactory().get("/", REMOTE_ADDR=address, **more), purpose, limit=1, seconds=60)


def test_two_neighbours_behind_the_proxy_do_not_share_their_tries() -> None:
    assert one_try("127.0.0.1", "200.1.1.1")
    assert one_try("127.0.0.1", "200.1.1.2")
    assert not one_try("127.0.0.1", "200.1.1.1")


@pytest.mark.parametrize("written", ["10.0.0.1, 200.1.1.1", "200.1.1.1"])
def test_what_the_visitor_wrote_before_the_proxy_is_not_believed(written: str) -> None:
    one_try("127.0.0.1", "200.1.1.1")

    assert not one_try("127.0.0.1", written)


def test_without_proxy_the_header_counts_for_nothing() -> None:
    one_try("200.1.1.1", "1.1.1.1")

    assert not one_try("200.1.1.1", "2.2.2.2")


def test_each_thing_and_each_municipality_counts_apart(otra_comuna) -> None:
    one_try("200.1.1.1")

    assert one_try("200.1.1.1", purpose="other")
    with in_municipality(otra_comuna):
        assert one_try("200.1.1.1")


def test_the_count_begins_anew_once_its_time_is_over(time_machine) -> None:
    start = timezone.now()
    time_machine.move_to(start, tick=False)
    assert (one_try("200.1.1.1"), one_try("200.1.1.1")) == (True, False)

    time_machine.move_to(start + timedelta(seconds=60), tick=False)

    assert (one_try("200.1.1.1"), one_try("200.1.1.1")) == (True, False)


def test_no_address_is_stored_and_what_ended_is_forgotten(time_machine, run_jobs) -> None:
    one_try("200.1.1.1")
    assert "200.1.1.1" not in str(Attempt.objects.values())

    time_machine.move_to(timezone.now() + timedelta(minutes=2))
    enqueue("tickets.begin_forgetting")
    run_jobs()

    assert not Attempt.objects.exists()
