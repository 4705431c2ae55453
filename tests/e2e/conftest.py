"""A real browser before a real server, with the demonstration commune behind it."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.test.testcases import LiveServerThread
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Playwright,
    expect,
    sync_playwright,
)

from cabildo.accounts.models import Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.content.packs import load_directory
from cabildo.people.actions import Contact
from cabildo.site import demo
from cabildo.site.demo import history
from cabildo.tickets.actions import intake
from cabildo.tickets.models import Category, Ticket
from e2e.kept import Kept, keep

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
COLOURS = (("theme", "dark"), ("contrast", "high"))  # as preferences.js sets them; the first stays under the second
BEYOND_USUAL = {"label-content-name-mismatch": {"enabled": True}}
REFUSAL = "Failed to load resource: the server responded with a status of"
PATIENCE_MS = 30_000  # a loaded machine answers late; one that answers costs nothing
LOGIN = "allauth.account.auth_backends.AuthenticationBackend"

Enter = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents and "enter" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for a file: Playwright leaves its event loop in the thread, where other tests must not meet it."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the tests' own code is not in that loop
        expect.set_options(timeout=PATIENCE_MS)
        chromium = _launch(playwright)
        yield chromium
        chromium.close()


def _launch(playwright: Playwright) -> Browser:
    """The system's, else Playwright's; without any the test fails: a suite that skips its browser proves nothing."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    try:
        return playwright.chromium.launch(executable_path=found, args=FLAGS)
    except Error:
        pytest.fail("No browser starts here: run tools/find-browser, which installs one.", pytrace=False)


@pytest.fixture
def address(live_server, settings) -> Iterator[str]:
    """Where the server of this test listens; mails and receipts name it too."""
    settings.BASE_ADDRESS = live_server.url
    turn = _serve_one_at_a_time(live_server.thread) if connection.vendor == "sqlite" else nullcontext()
    yield live_server.url
    with turn:  # what a closed page still asked for is answered before the database is emptied
        pass


def _serve_one_at_a_time(server: LiveServerThread) -> threading.Lock:
    """All threads share the connection of a database in memory: two requests at once would mix transactions."""
    serve = server.httpd.get_app()
    if hasattr(serve, "turn"):
        return serve.turn

    def take_turns(environ: Any, start_response: Any) -> Any:
        with take_turns.turn:
            return serve(environ, start_response)

    take_turns.turn = threading.Lock()
    server.httpd.set_app(take_turns)
    return take_turns.turn


@pytest.fixture(scope="session")
def kept_copies() -> list[Kept]:
    return []


@pytest.fixture
def commune(address, kept_copies) -> Iterator[Municipality]:
    """Puerto Claro as the demonstration has it, with one round of its requests, and its scope entered."""
    if kept_copies:
        kept_copies[0].put_back()
    else:
        _load_demonstration()
        kept_copies.append(keep())
    municipality = Municipality.objects.get(slug=demo.SLUG)
    with in_municipality(municipality):
        yield municipality


def _load_demonstration() -> None:
    load_directory(Path(project.CONTENT_DIR))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(history, "ROUNDS", 1)
        demo.load()


def ask(category: str, **more: Any) -> Ticket:
    """A request of Rosa's, as the portal puts it on record."""
    asked = {
        "kind": "solicitud",
        "text": "El foco frente a mi casa está apagado.",
        "channel": "web",
        "contact": Contact(name="Rosa Pérez", email="rosa@ejemplo.cl"),
        **more,
    }
    return intake.receive(intake.Intake(category=Category.objects.get(code=category), **asked), by=None).ticket


def official(account: str) -> User:
    """Somebody of the demonstration's cast, by the first part of their mail address."""
    return User.objects.get(email=f"{account}@puertoclaro.example")


@pytest.fixture
def enter(browser, address) -> Iterator[Enter]:
    """Opens a page on the commune's site: as a neighbour, or as an official who has entered.

    Whatever the browser complained about, a refusal of the Content-Security-Policy included, fails the test;
    but for answers of 400 and more, when the test looks at them.
    """
    contexts, complaints = [], []

    def open_page(
        user: User | None = None,
        *,
        client: Client | None = None,
        viewport: dict[str, int] = DESKTOP,
        refused: bool = False,
        **more: Any,
    ) -> Page:
        context = browser.new_context(
            base_url=f"{address}/m/{demo.SLUG}/", viewport=viewport, locale="es-CL", reduced_motion="reduce", **more
        )
        contexts.append(context)
        context.set_default_timeout(PATIENCE_MS)
        _listen(context, complaints, refused=refused)
        if user is not None:
            client = Client()
            client.force_login(user, backend=LOGIN)
        if client is not None and client.session.session_key:
            context.add_cookies([_session_cookie(client, address)])
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(context: BrowserContext, complaints: list[str], *, refused: bool) -> None:
    def note(said: ConsoleMessage) -> None:
        is_borne = refused and said.text.startswith(REFUSAL)
        if said.type in {"error", "warning"} and not is_borne:
            complaints.append(f"{said.location['url']}: {said.text}")

    context.on("console", note)
    context.on("weberror", lambda raised: complaints.append(str(raised.error)))


def _session_cookie(client: Client, address: str) -> Any:
    return {"name": project.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": address}


def violations(page: Page, *rules: str) -> list[str]:
    """What axe found by all its rules, or by these, with the first element that shows it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {"rules": BEYOND_USUAL})
    found = page.evaluate("options => axe.run(options)", options)["violations"]
    return [f"{page.url}: {each['id']} {each['nodes'][0]['html'][:200]}" for each in found]


def flaws(page: Page) -> list[str]:
    """What is wrong with an open page: for axe, in each of the shell's colours, or because a phone must be scrolled."""
    page.wait_for_load_state()  # an address changes before there is anything to look at
    found = too_wide(page) + violations(page)
    for choice, value in COLOURS:
        page.evaluate("([choice, value]) => { document.documentElement.dataset[choice] = value }", [choice, value])
        found += [f"{value}: {flaw}" for flaw in violations(page, "color-contrast")]
    desktop = page.viewport_size
    page.set_viewport_size(PHONE)
    found += too_wide(page) + [f"phone: {flaw}" for flaw in violations(page, "target-size")]
    page.set_viewport_size(desktop)
    return found


def until_the_draft_is_kept(page: Page) -> None:
    if page.locator("html.js").count():
        expect(page.get_by_text("Borrador guardado a las")).to_be_visible()


def drafts(page: Page) -> list[str]:
    """What this device still keeps of forms half written."""
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('cabildo.draft.'))")


def too_wide(page: Page) -> list[str]:
    width, screen = page.evaluate("document.documentElement.scrollWidth"), page.viewport_size["width"]
    return [f"{page.url}: {width} px wide on a screen of {screen}"] if width > screen else []
