"""Addresses that work outside a request: one home for every app."""

import re
from pathlib import Path

import pytest
from django.urls import get_script_prefix

from cabildo.accounts.links import absolute

SRC = Path(__file__).parents[2] / "src" / "cabildo"


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ({}, "https://cabildo.cl/m/puerto-claro/mesa/"),
        ({"puertoclaro.cl": "puerto-claro", "otra.cl": "otra-comuna"}, "https://puertoclaro.cl/mesa/"),
    ],
)
def test_a_page_has_a_full_address_on_its_own_host_if_it_has_one(puerto_claro, settings, hosts, expected) -> None:
    settings.BASE_ADDRESS, settings.MUNICIPALITY_HOSTS = "https://cabildo.cl", hosts

    assert absolute("desk_home") == expected
    assert get_script_prefix() == "/"


def test_only_the_middleware_and_this_module_enter_a_municipality_s_addresses() -> None:
    """A second way of writing full addresses would forget the hosts."""
    makers = {
        str(path.relative_to(SRC))
        for path in SRC.rglob("*.py")
        if re.search(r"set_script_prefix\(", path.read_text(encoding="utf-8"))
    }

    assert makers == {"accounts/links.py", "site/middleware.py"}
