"""`cabildo municipality`: the first day from the command line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.content.packs import load_directory
from cabildo.site.cli import collect
from cabildo.tickets.models import Category

NEW = ["municipality", "create", "--slug", "nueva", "--name", "Municipalidad de Nueva", "--commune", "05101"]
ADMIN = ["--admin-email", "ana@nueva.cl", "--admin-name", "Ana Nueva"]


def run(*words: str):
    return CliRunner().invoke(collect(), words)


@pytest.mark.django_db
def test_a_municipality_is_created_with_who_will_set_it_up() -> None:
    done = run(*NEW, *ADMIN, "--json")

    assert (done.exit_code, json.loads(done.stdout)["is_open"]) == (0, False)
    assert "/m/nueva/cuenta/invitacion/" in done.stderr
    assert User.objects.get().email == "ana@nueva.cl"


@pytest.mark.django_db
def test_a_municipality_adopts_its_categories_at_once() -> None:
    load_directory(Path(settings.CONTENT_DIR))
    done = run(*NEW, "--adopt", "oirs-chile")
    with in_municipality(Municipality.objects.get()):
        count = Category.objects.count()

    assert (done.exit_code, count > 50) == (0, True)


@pytest.mark.django_db
def test_a_pack_that_does_not_exist_leaves_nothing_behind() -> None:
    done = run(*NEW, "--adopt", "no-existe")

    assert (done.exit_code, Municipality.objects.exists()) == (3, False)


@pytest.mark.django_db
def test_an_administrator_without_a_name_is_bad_input() -> None:
    assert run(*NEW, *ADMIN[:2]).exit_code == 2


@pytest.mark.django_db
def test_a_municipality_that_lacks_something_is_not_opened(otra_comuna) -> None:
    refused = run("municipality", "open", "otra-comuna")

    assert (refused.exit_code, "Adoptar un árbol de categorías" in refused.stderr) == (3, True)


@pytest.mark.django_db
def test_a_trial_may_be_open_from_the_start(client) -> None:
    run(*NEW, "--open")

    assert client.get("/m/nueva/").status_code == 200
