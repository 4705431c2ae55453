"""What the scripts do, in Chromium, under the site's own Content-Security-Policy and without a server."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from cabildo.ui import brand
from ui.drawing import FACES, draw

SITE = "http://cabildo.test"
STATIC = Path(__file__).parents[2] / "src" / "cabildo" / "site" / "static"
CSP = "; ".join(f"{name} {' '.join(values)}" for name, values in settings.SECURE_CSP.items())
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    system = Path("/usr/bin/chromium")
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM", str(system) if system.exists() else None)
        launched = playwright.chromium.launch(
            executable_path=path, args=[*ARGUMENTS, "--disable-sync", "--no-first-run"]
        )
        yield launched
        launched.close()


def answer(route: Route) -> None:
    """Static files from the build; any other address is the gallery, on the face its path names."""
    path = route.request.url.removeprefix(SITE).partition("?")[0]
    if path.startswith("/static/"):
        route.fulfill(path=STATIC / path.removeprefix("/static/"))
    elif path.startswith("/estilo/"):
        route.fulfill(body=brand.stylesheet(250), content_type="text/css")
    else:
        more = {"demo_notice": "Demostración", "session_seconds": 900 if path == "/session" else 0}
        body = draw(FACES[1] if path == "/portal" else FACES[0], **more)
        route.fulfill(body=body, content_type="text/html", headers={"Content-Security-Policy": CSP})


@pytest.fixture
def open_page(browser) -> Iterator:
    contexts = []

    def open_(path: str = "/mesa", width: int = 1280, **more) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, **more)
        contexts.append(context)
        context.route("**/*", answer)
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text))
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(SITE + path)
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["/mesa", "/portal"])
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("look", ["light", "dark", "high"])
def test_axe_finds_nothing_and_nothing_is_wider_than_the_screen(open_page, path, width, look) -> None:
    # Without motion: a colour on its way to another would be measured half-way.
    page = open_page(path, width, color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce")
    if look == "high":
        page.locator("[data-preference=contrast]").first.evaluate("button => button.click()")
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]

    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.complaints == []


def test_contrast_and_text_size_are_remembered_before_the_next_page_is_painted(open_page) -> None:
    page = open_page("/portal")
    page.get_by_role("button", name="Contraste").click()
    page.get_by_role("button", name="Agrandar la letra").click()
    page.reload(wait_until="commit")

    expect(page.locator("html")).to_have_attribute("data-contrast", "high")
    expect(page.locator("html")).to_have_attribute("data-size", "1")
    expect(page.get_by_role("button", name="Contraste")).to_have_attribute("aria-pressed", "true")


def test_slash_goes_to_the_search_box_but_not_while_writing(open_page) -> None:
    page = open_page()
    page.keyboard.press("/")
    page.keyboard.type("a/b")

    expect(page.locator("#desk-search")).to_be_focused()
    expect(page.locator("#desk-search")).to_have_value("a/b")


def test_the_drawer_opens_by_keyboard_and_escape_gives_the_focus_back(open_page) -> None:
    page = open_page(width=360)
    opener = page.get_by_role("button", name="Abrir los módulos")
    opener.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Cerrar").first).to_be_focused()
    expect(page.get_by_role("link", name="Todas")).to_be_visible()
    page.keyboard.press("Escape")
    expect(opener).to_be_focused()
    expect(page.get_by_role("link", name="Todas")).to_be_hidden()


def test_a_question_appears_when_its_condition_holds_and_is_not_sent_before(open_page) -> None:
    page = open_page()
    question = page.locator("#id_official")

    expect(question).to_be_hidden()
    expect(question).to_be_disabled()
    page.locator("#id_kind").get_by_label("Reclamo").check()
    expect(question).to_be_visible()
    expect(question).to_be_enabled()


def test_without_scripts_every_question_is_shown(open_page) -> None:
    page = open_page(java_script_enabled=False)

    expect(page.locator("#id_official")).to_be_visible()
    expect(page.get_by_role("button", name="Contraste")).to_have_count(0)


def test_a_draft_survives_a_reload_and_can_be_discarded(open_page) -> None:
    page = open_page()
    page.locator("#id_full_name").fill("Rosa Fuentes")
    expect(page.get_by_text("Borrador guardado a las")).to_be_visible()
    page.reload()

    expect(page.locator("#id_full_name")).to_have_value("Rosa Fuentes")
    page.get_by_role("button", name="Descartar borrador").click()
    expect(page.locator("#id_full_name")).to_have_value("")
    page.reload()
    expect(page.locator("#id_full_name")).to_have_value("")


def test_a_second_click_sends_nothing(open_page) -> None:
    page = open_page()
    sent = page.evaluate("""() => {
        let sent = 0;
        window.addEventListener("submit", (event) => {
            if (!event.defaultPrevented) sent += 1;
            event.preventDefault();
        });
        const button = document.querySelector("[data-autosave] button[type=submit]");
        button.click();
        button.click();
        return sent;
    }""")

    assert sent == 1
    expect(page.locator("[data-autosave] button[type=submit]")).to_have_attribute("aria-busy", "true")


def test_the_bar_says_how_many_rows_are_chosen(open_page) -> None:
    page = open_page()
    page.get_by_role("checkbox", name="Elegir PC-2026-004183-K").check()
    expect(page.get_by_text("1 fila elegida")).to_be_visible()
    page.get_by_role("checkbox", name="Elegir todas").check()
    expect(page.get_by_text("4 filas elegidas")).to_be_visible()
    page.get_by_role("button", name="Soltar la selección").click()

    expect(page.locator("[data-bulk-bar]")).to_be_hidden()
    expect(page.get_by_role("checkbox", name="Elegir todas")).to_be_focused()


def test_the_account_menu_closes_with_escape(open_page) -> None:
    page = open_page()
    menu = page.locator("details.menu > summary")
    menu.click()
    expect(page.get_by_role("button", name="Tema oscuro")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Tema oscuro")).to_be_hidden()
    expect(menu).to_be_focused()


def test_the_map_draws_areas_points_and_cells_from_its_data(open_page) -> None:
    page = open_page()

    expect(page.locator(".map .map-area")).to_have_count(1)
    expect(page.locator(".map .map-point")).to_have_count(1)
    expect(page.locator(".map .map-cell")).to_have_text(["24", "7"])
    assert page.complaints == []


def test_a_place_is_marked_by_keyboard_and_written_in_the_inputs(open_page) -> None:
    page = open_page()
    page.get_by_role("button", name="Marcar el centro del mapa").press("Enter")

    expect(page.locator("#latitude")).to_have_value("-33.036000")
    expect(page.locator("#longitude")).to_have_value("-71.620000")
    expect(page.locator(".map-pin")).to_have_count(1)


def test_coordinates_written_by_hand_move_the_mark(open_page) -> None:
    page = open_page()
    page.locator("#latitude").fill("-33.04")
    page.locator("#longitude").fill("-71.61")
    page.keyboard.press("Tab")

    expect(page.locator(".map-pin")).to_have_count(1)
    expect(page.locator("#latitude")).to_have_value("-33.04")


def test_the_end_of_a_session_is_said_before_and_what_is_typed_stays(open_page) -> None:
    page = open_page("/mesa")
    page.clock.install()
    page.goto(SITE + "/session")
    page.locator("#id_full_name").fill("Rosa Fuentes")
    page.clock.fast_forward(750_000)
    expect(page.get_by_text("Su sesión está por terminar")).to_be_visible()
    page.clock.fast_forward(200_000)

    expect(page.get_by_text("Su sesión terminó")).to_be_visible()
    expect(page.locator("#id_full_name")).to_have_value("Rosa Fuentes")
