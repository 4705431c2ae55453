"""Passkey, codes and recovery codes, in Chromium with an authenticator of its own making."""

import re
import shutil
from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Browser, Page, sync_playwright

from cabildo.accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "clave-de-prueba"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in this thread
        launched = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield launched
        launched.close()


@pytest.fixture
def page(chromium, live_server, puerto_claro) -> Iterator[Page]:
    """A browser whose machine recognises its owner; passkeys need the name localhost."""
    puerto_claro.requires_second_factor = True
    puerto_claro.save()
    context = chromium.new_context(base_url=live_server.url.replace("127.0.0.1", "localhost"))
    opened = context.new_page()
    devices = context.new_cdp_session(opened)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    yield opened
    context.close()


def open_account(page: Page, path: str) -> None:
    page.goto(f"/m/puerto-claro/cuenta/{path}")


def submit(page: Page) -> None:
    page.locator("main form .btn-primary").first.click()


def enter(page: Page, user: User) -> None:
    open_account(page, "login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    submit(page)


def confirm_and_open(page: Page, path: str) -> None:
    """Changing how one enters asks for the password again."""
    open_account(page, path)
    page.fill("[name=password]", PASSWORD)
    submit(page)


def leave(page: Page) -> None:
    open_account(page, "logout/")
    submit(page)
    page.wait_for_url(re.compile(r"/m/puerto-claro/$"))


def current_code(page: Page) -> str:
    secret = page.locator("#authenticator_secret").inner_text()
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def test_who_needs_a_second_step_adds_a_passkey_and_then_enters_with_it_alone(page, diego) -> None:
    enter(page, diego)
    page.wait_for_url(re.compile("segundo-paso"))
    confirm_and_open(page, "2fa/webauthn/add/")
    page.fill("[name=name]", "Mi computador")
    page.check("[name=passwordless]")
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile("(?!.*add)2fa"))
    leave(page)
    open_account(page, "login/")
    page.click("#passkey_login")
    page.wait_for_url(re.compile("/mesa/$"))

    assert Authenticator.objects.filter(user=diego, type="webauthn").count() == 1


def test_an_app_of_codes_is_activated_and_a_recovery_code_lets_one_in(page, diego) -> None:
    enter(page, diego)
    confirm_and_open(page, "2fa/totp/activate/")
    page.fill("[name=code]", current_code(page))
    submit(page)
    page.wait_for_url(re.compile("recovery-codes"))
    code = page.locator("#recovery_codes code").first.inner_text()
    leave(page)
    enter(page, diego)
    page.wait_for_url(re.compile("2fa/authenticate"))
    page.fill("[name=code]", code)
    submit(page)
    page.wait_for_url(re.compile("/mesa/$"))

    assert set(Authenticator.objects.filter(user=diego).values_list("type", flat=True)) == {"totp", "recovery_codes"}
