"""Requests that may be the same are offered with enough to decide, and nothing of another person's."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.tickets.joining_world import CORNER, FAR, NEXT_DOOR

from cabildo.accounts.scoping import in_municipality
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import duplicates
from cabildo.tickets.queries.duplicates import Spot

HERE = Spot(NEXT_DOOR["latitude"], NEXT_DOOR["longitude"])


def offered(categories, spot: Spot = HERE) -> list[Ticket]:
    return [offer.ticket for offer in duplicates.offers(categories["lamp"], spot, timezone.now())]


def test_the_nearest_open_request_of_the_subject_comes_first(receive, categories) -> None:
    first = receive(**CORNER)
    second = receive(latitude=-33.0451, longitude=-71.62)
    receive(**FAR)
    receive("rubbish", **CORNER)

    assert offered(categories, Spot(-33.0457, -71.62)) == [first, second]


def test_a_category_without_radius_offers_nothing(receive, categories) -> None:
    receive(**CORNER)
    categories["lamp"].radius_m = 0

    assert offered(categories) == []


@pytest.mark.parametrize(
    "change",
    [
        {"state": "closed", "outcome": "resolved", "closed_at": timezone.now()},
        {"received_at": timezone.now() - timedelta(days=91)},
        {"is_reserved": True},
        {"is_coarse": True},
    ],
    ids=["closed", "old", "reserved", "imprecise"],
)
def test_what_is_closed_old_reserved_or_imprecise_is_not_offered(receive, categories, change) -> None:
    Ticket.objects.filter(pk=receive(**CORNER).pk).update(**change)

    assert offered(categories) == []


def test_a_reserved_subject_offers_nothing_to_neighbours(receive, categories) -> None:
    receive(**CORNER)
    categories["lamp"].is_reserved = True
    categories["lamp"].save()

    assert offered(categories) == []


def test_without_a_point_the_same_street_is_enough(receive, categories) -> None:
    receive(place="Las Rosas 120")
    same = receive(place="Los Aromos 120")

    assert offered(categories, Spot(place="los aromos, 88")) == [same]
    assert offered(categories, Spot(place="120")) == []
    assert offered(categories, Spot()) == []


@pytest.mark.parametrize("is_public", [True, False], ids=["published", "not published"])
def test_no_spot_tells_two_houses_of_the_same_square_apart(receive, categories, is_public) -> None:
    corner = receive(**CORNER)
    Ticket.objects.update(is_public=is_public)
    categories["lamp"].publishes_text = is_public
    categories["lamp"].save()
    spots = [Spot(-33.046 + step / 7_000, -71.62) for step in range(-12, 13)]

    def told() -> list[list[str]]:
        now = timezone.now()
        return [[offer.where for offer in duplicates.offers(categories["lamp"], spot, now)] for spot in spots]

    seen_from_everywhere = told()
    Ticket.objects.filter(pk=corner.pk).update(latitude=-33.0464, longitude=-71.6204)

    assert told() == seen_from_everywhere
    assert [] in seen_from_everywhere
    assert seen_from_everywhere != [[]] * len(spots)


def test_an_official_measures_between_the_very_places(receive, categories, diego) -> None:
    ticket = receive(**CORNER)

    def metres() -> float:
        return duplicates.for_officer(diego, categories["lamp"], HERE, timezone.now())[0].metres

    first = metres()
    Ticket.objects.filter(pk=ticket.pk).update(latitude=-33.0456)

    assert metres() > first


def test_a_private_text_is_never_offered(receive, categories) -> None:
    receive(text="Mi vecino Juan Soto rompe los focos.", **CORNER)

    [offer] = duplicates.offers(categories["lamp"], HERE, timezone.now())

    assert offer.text == ""
    assert offer.where == ""


def test_a_published_text_is_offered(receive, categories) -> None:
    categories["lamp"].publishes_text = True
    categories["lamp"].save()
    receive(text="Poste apagado hace días.", **CORNER)

    [offer] = duplicates.offers(categories["lamp"], HERE, timezone.now())

    assert offer.text == "Poste apagado hace días."
    assert offer.where == "a unos 100 metros del lugar que indicó"


def test_officers_are_offered_only_what_they_may_see(receive, categories, diego, oficina) -> None:
    receive(**CORNER)
    elsewhere = receive(**NEXT_DOOR)
    Ticket.objects.filter(pk=elsewhere.pk).update(department=categories["rubbish"].department)

    def seen(user) -> int:
        return len(duplicates.for_officer(user, categories["lamp"], HERE, timezone.now()))

    assert (seen(diego), seen(oficina)) == (1, 2)


def test_another_municipality_offers_none_of_ours(receive, categories, otra_comuna) -> None:
    receive(**CORNER)

    with in_municipality(otra_comuna):
        assert offered(categories) == []
