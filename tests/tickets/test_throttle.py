"""Tries are counted for each connection, behind a proxy too."""

import pytest
from django.test import RequestFactory

from cabildo.tickets.throttle import allows


def one_try(address: str, forwarded: str = "") -> bool:
    more = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    return allows(RequestFactory().get("/", REMOTE_ADDR=address, **more), "try", limit=1, seconds=60)


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
