"""The panel of filters is drawn when it is opened, and closed it loses nothing that is in force."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.conftest import official

OPENER = "Más filtros y columnas"


def choose_claims(page: Page) -> None:
    page.get_by_role("link", name=OPENER).click()
    expect(page.locator("summary", has_text=OPENER)).to_be_focused()
    page.get_by_label("Reclamo", exact=True).check()
    page.get_by_role("button", name="Aplicar").click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_filter_is_chosen_and_outlives_a_search_with_the_panel_closed(javascript, enter, commune) -> None:
    page = enter(official("oirs"), java_script_enabled=javascript)
    page.goto("mesa/solicitudes/")
    choose_claims(page)
    expect(page.get_by_role("link", name="Quitar el filtro Tipo: Reclamo")).to_be_visible()

    page.locator("#filter-q").fill("poste")
    page.get_by_role("button", name="Buscar", exact=True).click()

    expect(page).to_have_url(re.compile("q=poste"))
    expect(page.get_by_role("link", name="Quitar el filtro Tipo: Reclamo")).to_be_visible()
    expect(page.get_by_role("link", name=OPENER)).to_be_visible()
