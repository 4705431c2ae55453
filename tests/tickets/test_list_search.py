"""Searching inside the list finds everything one may see, however much of others has the same words."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.tickets import search
from cabildo.tickets.models import Ticket

LIST = "/m/puerto-claro/mesa/solicitudes/"
MANY = 520


@pytest.fixture
def crowd(receive):
    """Many newer requests about posts, all of Obras; first there was one of Aseo."""
    mine = receive("rubbish", text="Botan basura junto al poste.")
    Ticket.objects.filter(pk=mine.pk).update(received_at=timezone.now() - timedelta(days=400))
    one = receive(text="El poste está apagado.")
    columns = {f.attname: getattr(one, f.attname) for f in Ticket._meta.concrete_fields if not f.primary_key}
    search.index_many(Ticket.objects.bulk_create(Ticket(**{**columns, "folio": f"S-1-{n}"}) for n in range(MANY - 1)))
    return Ticket.objects.get(pk=mine.pk)


@pytest.fixture
def sweeper(puerto_claro, aseo):
    from conftest import make_member

    return make_member("Sara Aseo", puerto_claro, "department_officer", aseo)


def folios(page) -> list[str]:
    return [ticket.folio for ticket in page.context["page"].items]


def test_a_department_finds_its_old_request_among_all_the_newer_ones_of_others(as_user, sweeper, crowd) -> None:
    page = as_user(sweeper).get(LIST, {"q": "poste"})

    assert (folios(page), page.context["count_words"]) == ([crowd.folio], "1 solicitud")


def test_a_filter_finds_what_lies_under_all_the_newer_ones(as_user, oficina, crowd) -> None:
    page = as_user(oficina).get(LIST, {"q": "poste", "direccion": "aseo"})

    assert folios(page) == [crowd.folio]


def test_the_interface_and_the_file_find_it_too(as_user, sweeper, carmen, crowd) -> None:
    found = as_user(sweeper).get("/m/puerto-claro/api/v1/tickets", {"q": "poste"}).json()["items"]
    exported = as_user(carmen).post(f"{LIST}exportar/?q=poste", {"file_format": "csv"}).content.decode()

    assert [item["folio"] for item in found] == [crowd.folio]
    assert exported.count("\r\nS-") == MANY


def test_paging_shows_each_of_many_once_the_newest_first(as_user, oficina, crowd) -> None:
    desk, cursor, seen = as_user(oficina), "", []
    while cursor is not None:
        page = desk.get(LIST, {"q": "poste", "pagina": cursor})
        seen += folios(page)
        cursor = page.context["page"].next_cursor

    expected = Ticket.objects.order_by("-received_at", "-pk").values_list("folio", flat=True)
    assert seen == list(expected)


def test_many_matches_cost_no_more_queries_than_few(as_user, oficina, crowd) -> None:
    desk = as_user(oficina)
    desk.get(LIST, {"q": "basura"})
    costs = []
    for word in ("basura", "poste"):
        with CaptureQueriesContext(connection) as made:
            desk.get(LIST, {"q": word})
        costs.append(len(made))

    assert costs[0] == costs[1] <= 12


def test_a_word_that_stands_nowhere_finds_nothing(as_user, oficina, crowd) -> None:
    assert folios(as_user(oficina).get(LIST, {"q": "inexistente"})) == []


def statements(browser, query: str) -> list[str]:
    with CaptureQueriesContext(connection) as made:
        browser.get(LIST, {"q": query})
    return [one["sql"] for one in made if "count(*)" in one["sql"].lower() and "search_tickets" in one["sql"]]


def test_who_sees_everything_has_words_counted_without_looking_at_a_request(as_user, oficina, crowd) -> None:
    (counting,) = statements(as_user(oficina), "poste")

    assert "tickets_ticket" not in counting
    assert as_user(oficina).get(LIST, {"q": "poste"}).context["count_words"] == "521 solicitudes"


def test_a_complaint_about_who_asks_is_not_counted_either(as_user, oficina, crowd) -> None:
    Ticket.objects.filter(pk=crowd.pk).update(official=oficina)

    assert as_user(oficina).get(LIST, {"q": "poste"}).context["count_words"] == "520 solicitudes"


@pytest.mark.parametrize("more", [{"estado": "closed"}, {"ingreso_hasta": "2001-01-01"}, {"situacion": "late"}])
def test_words_with_another_filter_are_counted_with_it(as_user, oficina, crowd, more) -> None:
    page = as_user(oficina).get(LIST, {"q": "poste", **more})

    assert page.context["count_words"] == "0 solicitudes"
