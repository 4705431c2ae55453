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
    second = receive(**CORNER)
    first = receive(**NEXT_DOOR)
    receive(**FAR)
    receive("rubbish", **CORNER)

    assert offered(categories) == [first, second]


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

    assert offered(categories) == []


def test_without_a_point_the_same_words_of_the_place_are_enough(receive, categories) -> None:
    same = receive(place="Los Aromos 120")
    receive(place="Los Aromos 1200")

    assert offered(categories, Spot(place="los aromos, 120")) == [same]
    assert offered(categories, Spot()) == []


def test_a_private_text_is_never_offered(receive, categories) -> None:
    receive(text="Mi vecino Juan Soto rompe los focos.", **CORNER)

    [offer] = duplicates.offers(categories["lamp"], HERE, timezone.now())

    assert offer.text == ""
    assert "Aromos" not in offer.where
    assert offer.where == "a unos 20 metros del lugar que indicó"


def test_a_published_text_is_offered(receive, categories) -> None:
    categories["lamp"].publishes_text = True
    categories["lamp"].save()
    receive(text="Poste apagado hace días.", **CORNER)

    [offer] = duplicates.offers(categories["lamp"], HERE, timezone.now())

    assert offer.text == "Poste apagado hace días."


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
