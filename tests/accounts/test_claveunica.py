"""ClaveÚnica: the whole code flow with PKCE, against a provider that runs."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.base.provider import ProviderException
from django.test import Client

from accounts import identity_provider
from cabildo.accounts import claveunica
from cabildo.accounts.models import User
from cabildo.people.actions import Contact

HERE = "/m/puerto-claro/cuenta/oidc/claveunica/login/"
ANA = "44444444-4 Ana|Rosa Pérez|Soto"
ANA_RUN = "44444444-4"


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with identity_provider.running(f"http://testserver{HERE}callback/") as address:
        yield address


@pytest.fixture
def enter(settings, provider, puerto_claro) -> Callable[..., Client]:
    """A browser in which somebody entered with ClaveÚnica; its last answer is in `landed`."""
    app = {**settings.OIDC_APP, "client_id": "cabildo", "secret": "secreto"}
    app["settings"] = {**app["settings"], "server_url": provider}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}

    def act(login: str = ANA, browser: Client | None = None, **query: str) -> Client:
        browser = browser or Client()
        asked = browser.get(HERE, query)
        back = identity_provider.enter(asked["Location"], login)
        browser.landed = browser.get(back, follow=True)
        return browser

    return act


def test_the_request_carries_pkce_a_long_state_and_the_scopes(enter, provider) -> None:
    query = parse_qs(urlsplit(Client().get(HERE)["Location"]).query)

    assert (set(query["scope"][0].split()), query["code_challenge_method"]) == ({"openid", "run", "name"}, ["S256"])
    assert len(query["state"][0]) >= 30


def test_a_neighbour_enters_and_is_known_by_name(enter) -> None:
    enter()
    ana = User.objects.get()

    assert (ana.full_name, ana.run_index) == ("Ana Rosa Pérez Soto", claveunica.run_index(ANA_RUN))
    assert (ana.reads_mail, ana.has_usable_password()) == (False, False)


def test_the_same_run_is_the_same_account_though_the_sub_changes(enter) -> None:
    enter()
    enter()

    assert (User.objects.count(), SocialAccount.objects.count()) == (1, 1)


def test_neither_run_nor_claims_are_stored_in_clear(enter) -> None:
    enter()
    account = SocialAccount.objects.get()

    assert (account.extra_data, "44444444" in account.uid) == ({}, False)


def test_a_neighbour_lands_on_the_requests_made_with_their_run(enter, receive) -> None:
    mine = receive(contact=Contact(name="Ana", run=ANA_RUN))
    other = receive(contact=Contact(name="Otra", run="55555555-5"))
    page = enter().landed.content.decode()

    assert (mine.folio in page, other.folio in page) == (True, False)


def test_an_official_whose_run_is_linked_enters_the_desk(enter, diego) -> None:
    diego.run_index = claveunica.run_index(ANA_RUN)
    diego.save()

    assert enter().landed.redirect_chain[-1][0] == "/m/puerto-claro/mesa/"


def test_an_official_links_their_run_from_inside(enter, as_user, diego) -> None:
    enter(browser=as_user(diego), process="connect")
    diego.refresh_from_db()

    assert diego.run_index == claveunica.run_index(ANA_RUN)


def test_a_run_of_another_account_is_not_linked_twice(enter, as_user, diego) -> None:
    enter()
    browser = enter(browser=as_user(diego), process="connect")
    diego.refresh_from_db()

    assert diego.run_index is None
    assert "ya está vinculad" in browser.landed.content.decode()


def test_a_deactivated_account_does_not_enter(enter, diego) -> None:
    diego.run_index, diego.is_active = claveunica.run_index(ANA_RUN), False
    diego.save()

    assert "desactivada" in enter().landed.content.decode()


def test_a_run_with_a_wrong_digit_is_refused(enter) -> None:
    page = enter("44444444-5 Ana Pérez").landed.content.decode()

    assert ("No pudimos comprobar su identidad" in page, User.objects.count()) == (True, 0)


@pytest.mark.parametrize("claims", [{}, {"RolUnico": {}}, {"RolUnico": {"numero": 44444444, "DV": "1"}}])
def test_claims_without_a_valid_run_are_refused(claims) -> None:
    with pytest.raises(ProviderException):
        claveunica.proven_run(claims)
