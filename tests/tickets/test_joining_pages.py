"""Joining and separating in the browser, who may, and what stands beside a record."""

import pytest
from tests.tickets.joining_world import CORNER, NEXT_DOOR, PEDRO, REASON

from cabildo.tickets.actions import merging
from cabildo.tickets.models import Ticket

DESK = "/m/puerto-claro/mesa/solicitudes/"


def again(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def step(client, ticket: Ticket, code: str, **typed):
    version = again(ticket).version
    page = client.get(f"{DESK}{ticket.folio}/paso/{code}/")
    seen = page.context["form"]["seen"].value() if page.status_code == 200 else ""
    return client.post(f"{DESK}{ticket.folio}/paso/{code}/", {"version": version, "seen": seen or "", **typed})


@pytest.fixture
def pair(receive) -> tuple[Ticket, Ticket]:
    return receive(**CORNER), receive(contact=PEDRO, **NEXT_DOOR)


def test_the_office_joins_by_folio_and_undoes_it(as_user, oficina, pair) -> None:
    main, other = pair
    desk = as_user(oficina)

    assert step(desk, other, "unir", folio=main.folio.lower(), text=REASON).status_code == 302
    assert again(other).merged_into == main
    assert step(desk, other, "deshacer-union", text="Son dos postes.").status_code == 302

    assert again(other).state == "derived"


@pytest.mark.parametrize("folio", ["S-2026-000001-0", "cualquier cosa"])
def test_an_unknown_folio_is_explained_and_nothing_is_lost(as_user, oficina, pair, folio) -> None:
    page = step(as_user(oficina), pair[1], "unir", folio=folio, text=REASON)

    assert page.status_code == 200
    assert page.context["form"].errors
    assert REASON in page.content.decode()


def test_the_office_separates_a_part_and_gives_it_back(as_user, oficina, pair, categories) -> None:
    desk, whole = as_user(oficina), pair[0]
    category = str(categories["rubbish"].pk)

    assert step(desk, whole, "separar", category=category, kind="reclamo", text="Hay basura.").status_code == 302
    part = Ticket.objects.get(split_from=whole)
    assert step(desk, part, "devolver-parte", text="Va junto.").status_code == 302

    assert again(part).merged_into == whole


@pytest.mark.parametrize("who", ["diego", "carmen", "alcaldesa", "admin"])
@pytest.mark.parametrize("code", ["unir", "separar"])
def test_only_the_office_joins_and_separates(as_user, request, pair, who, code) -> None:
    answer = as_user(request.getfixturevalue(who)).get(f"{DESK}{pair[1].folio}/paso/{code}/")

    assert answer.status_code in (403, 404)


def test_a_joined_request_is_not_reopened_but_taken_out(as_user, oficina, pair) -> None:
    main, other = pair
    merging.merge(other, into=main, by=oficina, reason=REASON)

    page = as_user(oficina).get(f"{DESK}{other.folio}/").content.decode()

    assert "/paso/deshacer-union/" in page
    assert "/paso/reabrir/" not in page


def test_beside_the_record_stand_adherents_joined_and_near_ones(as_user, oficina, pair, receive) -> None:
    main, other = pair
    third = receive(**NEXT_DOOR)
    merging.merge(other, into=main, by=oficina, reason=REASON)

    page = as_user(oficina).get(f"{DESK}{main.folio}/relacionadas/").content.decode()

    assert "1 persona adhirió" in page
    assert other.folio in page
    assert third.folio in page


def test_what_one_may_not_see_does_not_stand_beside_it(as_user, oficina, diego, pair, aseo) -> None:
    main, other = pair
    Ticket.objects.filter(pk=other.pk).update(department=aseo)
    merging.merge(again(other), into=main, by=oficina, reason=REASON)

    page = as_user(diego).get(f"{DESK}{main.folio}/relacionadas/").content.decode()

    assert other.folio not in page
    assert "1 persona adhirió" in page


def test_at_intake_the_near_ones_are_shown(as_user, oficina, pair, categories) -> None:
    query = {"materia": categories["lamp"].code, "latitude": "-33.0458", "longitude": "-71.6197"}

    page = as_user(oficina).get(f"{DESK}cercanas/", query, headers={"HX-Request": "true"}).content.decode()

    assert all(ticket.folio in page for ticket in pair)
    assert "<html" not in page


def test_at_intake_a_point_that_is_none_finds_nothing(as_user, oficina, pair, categories) -> None:
    query = {"materia": categories["lamp"].code, "latitude": "norte", "longitude": "-71.6197"}

    page = as_user(oficina).get(f"{DESK}cercanas/", query)

    assert page.context["near"] == []
