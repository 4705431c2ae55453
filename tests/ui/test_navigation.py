import pytest
from django.urls import path

from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry


def page(request): ...


urlpatterns = [
    path("mesa/", page, name="work"),
    path("mesa/solicitudes/", page, name="tickets"),
    path("mesa/roles/", page, name="roles"),
]

WORK = NavigationEntry("Mi día", "Mi trabajo", "work", None, "list-check", 10)
TICKETS = NavigationEntry("Solicitudes", "Todas", "tickets", "tickets.view", "inbox", 20)
ROLES = NavigationEntry("Municipalidad", "Roles", "roles", "accounts.manage", "people", 90)

pytestmark = pytest.mark.urls("ui.test_navigation")


@pytest.fixture(autouse=True)
def three_entries(monkeypatch):
    monkeypatch.setattr(navigation, "_entries", {})
    for entry in (ROLES, TICKETS, WORK):
        navigation.register(entry)
    yield
    navigation.entries.cache_clear()


def test_entries_come_in_order_whoever_registered_first() -> None:
    assert navigation.entries() == (WORK, TICKETS, ROLES)


def test_the_same_entry_twice_is_harmless() -> None:
    navigation.register(WORK)

    assert len(navigation.entries()) == 3


def test_two_entries_for_one_address_are_refused() -> None:
    with pytest.raises(ValueError, match="already has"):
        navigation.register(NavigationEntry("Otra", "Otra", "work", None, "house", 1))


def test_a_person_sees_only_what_they_may_open() -> None:
    seen = navigation.menu(lambda permission: permission == "tickets.view").sections(None)

    assert [section.label for section in seen] == ["Mi día", "Solicitudes"]


def test_the_entry_nearest_to_the_page_is_the_active_one() -> None:
    menu = navigation.menu(lambda permission: True)
    seen = menu.sections(menu.active("/mesa/solicitudes/41/"))

    assert [link.label for section in seen for link in section.entries if link.active] == ["Todas"]


@pytest.mark.parametrize(("path", "active"), [("/mesa/", ["Mi trabajo"]), ("/mesa/buscar/", [])])
def test_the_entry_below_which_all_pages_lie_stands_for_itself_alone(path, active) -> None:
    menu = navigation.menu(lambda permission: True)
    seen = menu.sections(menu.active(path))

    assert [link.label for section in seen for link in section.entries if link.active] == active


def test_counts_stand_beside_their_entry() -> None:
    work, tickets, _roles = navigation.menu(lambda permission: True).sections(None, {"tickets": 12})

    assert (work.entries[0].count, tickets.entries[0].count) == (None, 12)


def test_an_area_is_one_section_even_when_other_orders_fall_between(monkeypatch) -> None:
    navigation.register(NavigationEntry("Mi día", "Avisos", "tickets_inbox", None, "bell", 50))

    assert [entry.area for entry in navigation.entries()] == ["Mi día", "Mi día", "Solicitudes", "Municipalidad"]
