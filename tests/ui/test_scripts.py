"""What the scripts do, in Chromium, under the site's own Content-Security-Policy and without a server."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from cabildo.ui import brand
from ui.drawing import FACES, draw

SITE = "http://cabildo.test"
ASKED_FOR_SESSION = re.compile(r"/session/\?de=")
STATIC = Path(__file__).parents[2] / "src" / "cabildo" / "site" / "static"
CSP = "; ".join(f"{name} {' '.join(values)}" for name, values in settings.SECURE_CSP.items())
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]

# What some addresses show beyond the gallery; the others show it alone.
PAGES: dict[str, dict[str, object]] = {
    "/session": {"session_seconds": 900},
    "/sent": {"messages": [SimpleNamespace(level_tag="success", extra_tags="gallery")]},
    "/left": {"messages": [SimpleNamespace(level_tag="success", extra_tags="*")]},
    "/other": {"user": SimpleNamespace(pk=7)},
}

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
    elif path == "/session/":
        route.abort()  # the tests of the session give their own answer
    else:
        more = {"demo_notice": "Demostración", **PAGES.get(path, {})}
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
    rules = {"label-content-name-mismatch": {"enabled": True}}
    found = Axe().run(page, options={"resultTypes": ["violations"], "rules": rules}).response["violations"]

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


def write_draft(page: Page) -> None:
    page.locator("#id_full_name").fill("Rosa Fuentes")
    expect(page.get_by_text("Borrador guardado a las")).to_be_visible()


@pytest.mark.parametrize("path", ["/sent", "/left"])
def test_a_draft_is_forgotten_when_it_was_sent_and_when_its_writer_leaves(open_page, path) -> None:
    page = open_page()
    write_draft(page)
    page.goto(SITE + path)
    page.goto(SITE + "/mesa")

    expect(page.locator("#id_full_name")).to_have_value("")


def test_a_draft_is_not_shown_to_another_official_on_the_same_device(open_page) -> None:
    page = open_page()
    write_draft(page)
    page.goto(SITE + "/other")

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


def open_ending_session(open_page, *, asked: int, stayed: int = 0) -> Page:
    """A page whose fifteen minutes are nearly over, and what the server says when it is asked, and told to stay."""
    page = open_page("/mesa")
    page.clock.install()
    said = {"GET": asked, "POST": stayed}
    page.route(ASKED_FOR_SESSION, lambda route: route.fulfill(json={"seconds": said[route.request.method]}))
    page.goto(SITE + "/session")
    with page.expect_response(ASKED_FOR_SESSION):
        page.clock.fast_forward(750_000)
    return page


def test_to_stay_keeps_the_session_alive(open_page) -> None:
    page = open_ending_session(open_page, asked=150, stayed=900)
    expect(page.get_by_text("Minutos que quedan: 3")).to_be_visible()
    page.get_by_role("button", name="Seguir conectado").click()

    expect(page.locator("#session-warning")).to_be_hidden()


def test_a_session_that_another_tab_kept_alive_gives_no_warning(open_page) -> None:
    page = open_ending_session(open_page, asked=800)

    expect(page.locator("#session-warning")).to_be_hidden()


def test_a_file_input_says_in_spanish_what_was_chosen(open_page) -> None:
    page = open_page()
    face = page.locator(".file", has=page.locator("#id_photo")).locator(".file-face")
    expect(face).to_contain_text("Ningún archivo elegido")
    page.locator("#id_photo").set_input_files({"name": "foco.png", "mimeType": "image/png", "buffer": b"."})

    expect(face).to_contain_text("Elegir archivo…")
    expect(face).to_contain_text("foco.png")
    with page.expect_file_chooser():
        face.click(force=True)


def test_without_scripts_a_file_is_chosen_with_the_browsers_own_input(open_page) -> None:
    page = open_page(java_script_enabled=False)

    expect(page.locator("#id_photo")).to_have_css("opacity", "1")
    expect(page.locator(".file-face").first).to_be_hidden()


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_phone_the_links_of_the_portal_are_behind_a_button(open_page, scripts) -> None:
    page = open_page("/portal", 360, java_script_enabled=scripts)
    link = page.get_by_role("navigation", name="Principal").get_by_role("link", name="Cifras")
    expect(link).to_have_count(0)
    page.locator(".portal-menu > summary", has_text="Menú").focus()
    page.keyboard.press("Enter")

    expect(link).to_be_visible()


def test_on_a_wide_screen_the_links_of_the_portal_stand_in_a_line(open_page) -> None:
    page = open_page("/portal")

    expect(page.locator(".portal-menu")).to_be_hidden()
    expect(page.get_by_role("navigation", name="Principal").get_by_role("link", name="Cifras")).to_be_visible()
