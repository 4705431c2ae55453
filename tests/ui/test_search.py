import pytest

from cabildo.ui import search
from cabildo.ui.search import SearchGroup, SearchHit, SearchProvider

HIT = SearchHit("Luminaria apagada", "PC-2026-004183-K", "/mesa/solicitudes/1/", "Solicitud")


@pytest.fixture(autouse=True)
def no_providers(monkeypatch) -> None:
    monkeypatch.setattr(search, "_providers", {})


def provider(label: str, permission: str | None, hits: list[SearchHit]) -> SearchProvider:
    return SearchProvider(label, permission, lambda user, query, limit: hits)


def test_only_providers_a_person_may_use_are_asked() -> None:
    search.register(provider("Solicitudes", "tickets.view", [HIT]))
    search.register(provider("Personas", "people.search", [HIT]))

    found = search.find("diego", "luminaria", may=lambda permission: permission == "tickets.view")

    assert found == (SearchGroup("Solicitudes", (HIT,)),)


def test_providers_without_hits_are_left_out() -> None:
    search.register(provider("Solicitudes", None, []))

    assert search.find("diego", "nada", may=lambda permission: True) == ()


def test_an_empty_query_asks_nobody() -> None:
    search.register(SearchProvider("Solicitudes", None, lambda *given: pytest.fail("asked")))

    assert search.find("diego", "   ", may=lambda permission: True) == ()


def test_a_provider_never_gives_more_than_the_limit() -> None:
    search.register(provider("Solicitudes", None, [HIT] * 5))

    assert len(search.find("diego", "luz", may=lambda permission: True, limit=2)[0].hits) == 2


def test_two_providers_with_one_label_are_refused() -> None:
    search.register(provider("Solicitudes", None, []))

    with pytest.raises(ValueError, match="already has"):
        search.register(provider("Solicitudes", None, [HIT]))
