"""Levels over named totals: the published thresholds, holes between bands, what holds for any points."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cabildo.instruments.rules.awards import Award, Level, PointsError, Total, grant

MINIMUMS = {"global": 100, "servicios": 100}
AWARD = Award(
    totals=(Total("global", "Gestión global", 250), Total("servicios", "Gestión de los servicios", 250)),
    levels=(
        Level("inicial", "Inicial", 200, 200, MINIMUMS, 100),
        Level("intermedio", "Intermedio", 201, 300, MINIMUMS, 100),
        Level("avanzado", "Avanzado", 301, 500, MINIMUMS, 100),
    ),
    none_id="sin_nivel",
    none_label="Sin nivel",
    service_maximum=250,
)


def verdict(whole, services, *each, award=AWARD):
    points = {"global": Fraction(whole), "servicios": Fraction(services)}
    return grant(award, points, {f"s{i}": Fraction(value) for i, value in enumerate(each)})


def broken(found) -> list[tuple[str, str]]:
    return [(rule.code, rule.level) for rule in found.broken]


@pytest.mark.parametrize(
    ("points", "level"),
    [
        ((130, 120, 140, 95), "sin_nivel"),
        ((100, 100), "inicial"),
        ((150, 110), "intermedio"),
        ((200, 101), "avanzado"),
        ((199, 0), "sin_nivel"),
        ((250, 99), "sin_nivel"),
        ((99, 250), "sin_nivel"),
        ((150, 150, 100, 100), "intermedio"),
        ((250, 250, 250), "avanzado"),
    ],
)
def test_the_published_thresholds_give_the_level(points, level) -> None:
    found = verdict(*points)

    assert (found.level_id, found.has_level) == (level, level != "sin_nivel")


def test_the_rule_that_failed_is_said_with_its_service_and_its_figures() -> None:
    (rule,) = verdict(130, 120, 140, 95).broken

    assert (rule.code, rule.level) == ("service_low", "Inicial")
    assert rule.facts == {"name": "s1", "points": 95, "minimum": 100}


def test_every_rule_that_kept_from_the_next_level_is_said() -> None:
    assert broken(verdict(99, 0)) == [("total_low", "Inicial"), ("part_low", "Inicial"), ("part_low", "Inicial")]
    assert broken(verdict(150, 110)) == [("total_low", "Avanzado")]
    assert broken(verdict(250, 250)) == []


def test_between_200_and_201_the_lower_level_stands_and_the_hole_is_told() -> None:
    found = verdict("100.4", 100)

    assert (found.level_id, found.in_a_hole) == ("inicial", (200, 201))
    assert verdict(100, 100).in_a_hole is None
    assert verdict(101, 100).in_a_hole is None


def test_an_upper_level_with_higher_minimums_leaves_the_lower_one() -> None:
    strict = Level("avanzado", "Avanzado", 301, 500, {"global": 200}, None)
    award = Award(AWARD.totals, (*AWARD.levels[:2], strict), "sin_nivel", "Sin nivel")

    assert verdict(199, 250, award=award).level_id == "intermedio"
    assert broken(verdict(199, 250, award=award)) == [("part_low", "Avanzado")]


def test_too_few_services_keep_from_any_level() -> None:
    award = Award(AWARD.totals, AWARD.levels, "sin_nivel", "Sin nivel", fewest_services=2)

    assert broken(verdict(200, 200, 200, award=award)) == [("few_services", "Inicial")]


@pytest.mark.parametrize(
    ("totals", "services", "code"),
    [
        ({"global": 1}, {}, "total_missing"),
        ({"global": 1, "servicios": 1, "otro": 1}, {}, "total_unknown"),
        ({"global": 251, "servicios": 1}, {}, "points_outside"),
        ({"global": -1, "servicios": 1}, {}, "points_negative"),
        ({"global": 1, "servicios": 1}, {"aseo": 251}, "points_outside"),
    ],
)
def test_points_outside_the_rules_are_refused(totals, services, code) -> None:
    with pytest.raises(PointsError, match=code):
        grant(AWARD, totals, services)


POINTS = st.fractions(0, 250, max_denominator=10)
HEIGHTS = ["sin_nivel", "inicial", "intermedio", "avanzado"]


@pytest.mark.property
@given(POINTS, POINTS, st.lists(POINTS, max_size=4), st.integers(0, 5), st.fractions(0, 250, max_denominator=10))
def test_more_points_never_lower_the_level(whole, services, each, which, more) -> None:
    before = [whole, services, *each]
    after = [min(Fraction(250), value + more * (index == which)) for index, value in enumerate(before)]

    assert HEIGHTS.index(verdict(*after).level_id) >= HEIGHTS.index(verdict(*before).level_id)


@pytest.mark.property
@given(POINTS, POINTS, st.permutations([Fraction(90), Fraction(100), Fraction(200)]))
def test_the_order_of_the_services_changes_nothing(whole, services, each) -> None:
    assert verdict(whole, services, *each).level_id == verdict(whole, services, *sorted(each)).level_id
