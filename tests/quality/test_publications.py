"""Figures move only when somebody publishes them, and no two publications tell a few municipalities apart."""

from collections.abc import Iterator
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from cabildo.accounts.scoping import in_municipality
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Enrolment, Publication, PublishedPlace, PublishedResult
from cabildo.quality.rules.disclosure import changes
from cabildo.quality.rules.publishing import admitted, held_back
from cabildo.quality.rules.results import Place, Together, Turn, Wanted
from factories.assessment_models import model, publish_model
from factories.programme import agency, entered, lead, make_agency, make_agency_member, professional
from factories.results import agree, obtain, published, taking_part

__all__ = ["agency", "lead", "model", "professional", "publish_model"]
PAGE = "/a/subdere/calidad/resultados/"
OPEN = "/a/subdere/datos-abiertos/calidad/resultados.json"
FEW = 5
BASES = ("declared", "validated")
SIX = [(5, 4), (4, 3), (3, 3), (3, 2), (2, 1), (1, 1)]

# municipality → region, stage, and for each cycle its year and the layers it was sealed with
turns_of = st.tuples(st.integers(2026, 2028), st.integers(1, 3), st.none() | st.integers(4, 6))
standing = st.tuples(st.sampled_from("ab"), st.sampled_from(["", "plan"]), st.lists(turns_of, max_size=2))
histories = st.lists(st.lists(standing, min_size=14, max_size=14), min_size=2, max_size=4)


def turn(one: int, number: int, year: int, declared: int, validated: int | None) -> Turn:
    layers = {"declared": declared} | ({} if validated is None else {"validated": validated})
    return Turn(one, number, year, {basis: {} for basis in layers}, layers)


def together(told, held: frozenset = frozenset()) -> Together:
    places = {one: Place(one, region, stage) for one, (region, stage, _turns) in enumerate(told)}
    turns = [turn(one, n, *said) for one, (_r, _s, some) in enumerate(told) for n, said in enumerate(some, 1)]
    return Together(turns, places, FEW, frozenset(), held)


def published_in_turn(history) -> list[Together]:
    """Each of these standings is published, whoever changed, and keeps back what the earlier ones would tell."""
    made: list[Together] = []
    for told in history:
        now = together(told)
        made.append(together(told, frozenset(held for before in made for held in held_back(now, before, BASES))))
    return made


def every_group() -> Iterator[tuple[Wanted, str]]:
    years, numbers = ("", "2026", "2027", "2028"), ("", "1", "2")
    for year, number, region, stage, basis in product(years, numbers, ("", "a", "b"), ("", "plan"), BASES):
        yield Wanted(year=year, number=number, region=region, stage=stage), basis


def contents(found: Together, wanted: Wanted, basis: str) -> dict[int, int]:
    return {one.municipality: one.layers[basis] for one in found.chosen(wanted, basis)}


@settings(max_examples=60, deadline=None)
@given(histories)
def test_between_any_two_publications_a_group_changes_by_nobody_or_by_enough(history) -> None:
    made = published_in_turn(history)

    for at, now in enumerate(made):
        for before, (wanted, basis) in product(made[:at], every_group()):
            if before.may_show(wanted, basis) and now.may_show(wanted, basis):
                old, new = contents(before, wanted, basis), contents(now, wanted, basis)
                differ = {one for one in {*old, *new} if old.get(one) != new.get(one)}
                assert not 0 < len(differ) < FEW


@given(st.dictionaries(st.integers(0, 30), st.sampled_from("abc")), st.lists(st.sampled_from("abc"), max_size=40))
def test_whoever_enters_does_it_with_enough_of_its_region_or_of_the_small_ones(changed, others) -> None:
    taking_part = [*changed.values(), *others]

    entering = admitted(changed, taking_part, FEW)

    large = {region for region in taking_part if taking_part.count(region) >= FEW}
    for group in ({one} for one in large):
        assert not 0 < sum(changed[one] in group for one in entering) < FEW
    assert not 0 < sum(changed[one] not in large for one in entering) < FEW


def test_a_change_of_two_hides_the_smallest_that_changed_too_or_it_would_be_the_difference() -> None:
    before = dict.fromkeys(range(8), (("norte",), 1)) | dict.fromkeys(range(8, 20), (("sur",), 1))
    after = before | dict.fromkeys(range(2), (("norte",), 2)) | dict.fromkeys(range(8, 14), (("sur",), 2))

    found = changes(before, after, FEW)

    assert [found.shows((name,)) for name in ("norte", "sur", None)] == [False, False, True]


def test_who_only_moves_from_one_group_to_another_does_not_change_both_together() -> None:
    before = dict.fromkeys(range(12), (("norte",), 1))
    after = before | dict.fromkeys(range(3), (("sur",), 1))

    found = changes(before, after, FEW)

    assert [found.shows((name,)) for name in ("norte", "sur", None)] == [False, False, True]


def text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def count(basis: str = "declarado", region: str = "todas") -> object:
    rows = Client().get(OPEN).json()["filas"]
    told = [one for one in rows if (one["ano"], one["criterio"], one["base"]) == ("reciente", "total", basis)]
    return next(one["municipalidades"] for one in told if one["region"] == region)


@pytest.mark.django_db
def test_who_joins_waits_until_enough_of_its_region_did(agency, model, lead) -> None:
    taking_part(agency, model, SIX * 2)
    published(agency)
    taking_part(agency, model, SIX[:2])
    assert count() == 12
    with pytest.raises(QualityError, match=r"^nothing_to_publish$"):
        published(agency)

    taking_part(agency, model, SIX[:5], region="13")
    published(agency)
    assert count() == 17
    assert "2, hasta que en su región cambien al menos 5" in text(entered(lead).get(PAGE))

    taking_part(agency, model, SIX[:3])
    published(agency)
    assert (count(), count(region="05")) == (22, 17)


@pytest.mark.django_db
def test_who_declares_anew_or_is_validated_later_waits_in_the_same_way(agency, model) -> None:
    places = taking_part(agency, model, [(3, None)] * 12)
    published(agency)
    for place in places[:4]:
        obtain(place, model, 5, 4, number=2)
    with pytest.raises(QualityError):
        published(agency)

    obtain(places[4], model, 5, number=2)
    published(agency)

    assert (count(), count("validado")) == (12, None)


@pytest.mark.django_db
def test_the_database_keeps_what_was_published(agency, model) -> None:
    taking_part(agency, model, SIX)
    published(agency)

    frozen = [PublishedPlace.objects.with_scopes_disabled().all(), PublishedResult.objects.with_scopes_disabled().all()]
    for rows in (Publication.objects.all(), *frozen):
        assert rows.exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.delete()


@pytest.mark.django_db
def test_nothing_is_shown_before_somebody_publishes_it_and_the_page_says_who(agency, model, lead, professional) -> None:
    taking_part(agency, model, SIX)
    browser = entered(lead)
    page = text(browser.get(PAGE))
    assert "Todavía no hay resultados publicados" in page
    assert "Todavía no hay resultados que publicar" in text(Client().get("/a/subdere/datos-abiertos/calidad/"))
    assert "Entran 6 municipalidades que se sumaron o cambiaron su resultado." in text(browser.get(f"{PAGE}publicar/"))

    page = text(browser.post(f"{PAGE}publicar/", follow=True))

    assert "Cifras publicadas." in page
    assert "comparando dos publicaciones no se deduce el resultado de una sola" in page
    again = browser.post(f"{PAGE}publicar/", follow=True).content.decode()
    assert "Desde la última publicación no cambiaron al menos 5 municipalidades" in again
    other = entered(professional)
    assert "publicar/" not in text(other.get(PAGE))
    assert other.post(f"{PAGE}publicar/").status_code == 403
    assert Publication.objects.count() == 1


@pytest.mark.django_db
def test_who_only_validates_reads_what_the_programme_published(agency, model) -> None:
    places = taking_part(agency, model, SIX)
    published(agency)
    validating = make_agency("validador", "Centro Validador")
    with in_municipality(places[0]):
        Enrolment.objects.update(validating_agency=validating)
    browser = entered(make_agency_member("Lidia Barrera", validating, "validation_coordinator"))

    page = text(browser.get("/a/validador/calidad/resultados/"))

    assert "6 de 6" in page
    assert "Publicar las cifras" not in page


@pytest.mark.django_db
def test_a_name_given_later_moves_no_figure(agency, model) -> None:
    places = taking_part(agency, model, SIX * 2)
    published(agency)
    for place in places[:3]:
        agree(place, agency)

    assert count() == 12
