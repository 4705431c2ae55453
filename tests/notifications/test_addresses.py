"""Addresses that work outside a request."""

import pytest
from django.urls import get_script_prefix

from cabildo.notifications.addresses import mail_domain, public_address


@pytest.mark.parametrize(
    ("hosts", "expected"),
    [
        ({}, "https://cabildo.cl/m/puerto-claro/mesa/"),
        ({"puertoclaro.cl": "puerto-claro", "otra.cl": "otra-comuna"}, "https://puertoclaro.cl/mesa/"),
    ],
)
def test_a_page_has_a_full_address_on_its_own_host_if_it_has_one(puerto_claro, settings, hosts, expected) -> None:
    settings.BASE_ADDRESS, settings.MUNICIPALITY_HOSTS = "https://cabildo.cl", hosts

    assert public_address(puerto_claro, "desk_home") == expected
    assert get_script_prefix() == "/"


def test_message_ids_carry_the_domain_of_the_installation(settings) -> None:
    settings.BASE_ADDRESS = "https://cabildo.cl:8443"

    assert mail_domain() == "cabildo.cl"
