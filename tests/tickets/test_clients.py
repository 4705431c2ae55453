"""External systems: their keys shown once, their pages, their command."""

import json

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo import audit
from cabildo.accounts.scoping import in_municipality
from cabildo.audit.models import Entry
from cabildo.tickets.actions import clients as actions
from cabildo.tickets.client_commands import api_client
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import ApiClient
from cabildo.tickets.queries.clients import active_client

DESK = "/m/puerto-claro/mesa/sistemas/"
APP = {"name": "App Vecina", "contact": "app@ejemplo.cl", "per_minute": 60}


@pytest.fixture
def issued(puerto_claro) -> actions.Issued:
    return actions.create_client(by=audit.SYSTEM, may_write=True, **APP)


def run(*words: str):
    return CliRunner().invoke(api_client, [*words[:1], "--municipality", "puerto-claro", *words[1:]])


def test_the_key_is_shown_once_and_never_kept(as_user, admin) -> None:
    browser = as_user(admin)
    page = browser.post(f"{DESK}nuevo/", {**APP, "may_write": "on"}, follow=True)

    key = page.context["key"]
    client = active_client(key)
    assert (client.name, client.may_write, client.created_by) == ("App Vecina", True, admin)
    assert key not in str(ApiClient.objects.values().get())
    assert key not in browser.get(f"{DESK}{client.pk}/clave/").text


def test_a_client_without_any_permission_is_refused(as_user, admin) -> None:
    page = as_user(admin).post(f"{DESK}nuevo/", APP)

    assert "Marque al menos un permiso." in page.text
    assert not ApiClient.objects.exists()


def test_a_changed_key_replaces_the_former(as_user, admin, issued) -> None:
    page = as_user(admin).post(f"{DESK}{issued.client.pk}/cambiar/", follow=True)

    assert active_client(issued.key) is None
    assert active_client(page.context["key"]) == issued.client


def test_a_revoked_client_is_out_for_good(as_user, admin, issued) -> None:
    as_user(admin).post(f"{DESK}{issued.client.pk}/revocar/")

    assert active_client(issued.key) is None
    with pytest.raises(TicketsError, match="client_revoked"):
        actions.rotate_key(issued.client, by=admin)


def test_every_change_is_on_record(admin, issued) -> None:
    actions.rotate_key(issued.client, by=admin)
    actions.revoke_client(issued.client, by=admin)

    told = Entry.objects.filter(subject_type="tickets.apiclient").order_by("pk")
    assert [(entry.action, entry.actor_kind) for entry in told] == [
        ("api_client.created", "system"),
        ("api_client.rotated", "user"),
        ("api_client.revoked", "user"),
    ]


@pytest.mark.parametrize("address", ["", "nuevo/", "{pk}/clave/", "{pk}/cambiar/", "{pk}/revocar/"])
def test_only_the_administration_manages_clients(as_user, oficina, address: str, issued) -> None:
    address = address.format(pk=issued.client.pk)

    assert as_user(oficina).get(DESK + address).status_code == 403


def test_the_clients_of_another_municipality_do_not_exist_here(as_user, admin, otra_comuna) -> None:
    with in_municipality(otra_comuna):
        theirs = actions.create_client(by=audit.SYSTEM, **APP).client

    browser = as_user(admin)
    assert "App Vecina" not in browser.get(DESK).text
    assert browser.post(f"{DESK}{theirs.pk}/revocar/").status_code == 404


def test_the_list_costs_the_same_queries_whatever_its_length(as_user, admin) -> None:
    browser, costs = as_user(admin), []
    for _ in range(3):
        actions.create_client(by=admin, **APP)
        with CaptureQueriesContext(connection) as made:
            browser.get(DESK)
        costs.append(len(made))

    assert costs[0] == costs[2]


def test_the_limit_starts_again_each_minute(issued, time_machine) -> None:
    issued.client.per_minute = 2
    issued.client.save()
    time_machine.move_to("2026-11-20T12:00:30Z", tick=False)
    first = [actions.admit(issued.client) for _ in range(3)]
    time_machine.move_to("2026-11-20T12:01:00Z", tick=False)

    assert (first, actions.admit(issued.client)) == ([True, True, False], True)


def test_the_command_creates_lists_and_revokes(puerto_claro) -> None:
    made = run("create", "--name", "App", "--contact", "app@ejemplo.cl", "--may", "read", "--may", "updates", "--json")
    created = json.loads(made.output)
    listed = json.loads(run("list", "--json").output)["clients"]
    revoked = json.loads(run("revoke", str(created["id"]), "--json").output)

    assert created.pop("key") not in made.stderr
    assert (listed, created["may"], revoked["is_active"]) == ([created], ["read", "updates"], False)


@pytest.mark.parametrize(
    "words",
    [("revoke", "999"), ("create", "--name", "App", "--contact", "nadie", "--may", "read")],
)
def test_the_command_refuses_bad_input(puerto_claro, words) -> None:
    assert run(*words).exit_code == 2


def test_the_command_says_when_the_municipality_does_not_exist(db) -> None:
    assert run("list").exit_code == 2
