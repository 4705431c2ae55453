"""Indicators that people measure: defined, given targets, measured, corrected, and how they stand."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from cabildo.content.actions import publish
from cabildo.content.validation import validate
from cabildo.indicators.actions import Reading, correct, define_indicator, measure, set_target, take_definition
from cabildo.indicators.errors import IndicatorsError
from cabildo.indicators.models import Indicator, Measurement
from cabildo.indicators.queries import corrections, measurements, standings, total
from cabildo.indicators.rules import Light

MARCH, JUNE, TODAY = date(2026, 3, 31), date(2026, 6, 30), date(2026, 7, 15)
HEADER = {
    "id": "indicators/prueba",
    "kind": "indicators",
    "version": 1,
    "title": "Indicadores de prueba",
    "locale": "es-CL",
    "publisher": "Cabildo",
    "source": "Redacción propia",
    "licence": "CC-BY-4.0",
    "valid_from": "2026-01-01",
    "official": False,
}
TRAINED = {
    "id": "trained",
    "label": "Personas capacitadas",
    "formula": "Funcionarios capacitados sobre la dotación.",
    "numerator": "Capacitados",
    "denominator": "Dotación",
    "unit": "%",
    "direction": "up",
    "periodicity": "yearly",
    "source": "Gestión de personas",
}


def pack(**changes) -> dict:
    return {"pack": HEADER, "indicators": [{**TRAINED, **changes}]}


@pytest.fixture
def trained(puerto_claro, admin) -> Indicator:
    indicator = take_definition(publish(body=pack(), by=admin).version, "trained", by=admin)
    set_target(indicator, due_on=JUNE, value=Decimal(60), by=admin)
    return indicator


def refusal(act) -> str:
    with pytest.raises(IndicatorsError) as refused:
        act()
    assert refused.value.sentence
    return refused.value.code


def read(numerator=None, denominator=None, **more) -> Reading:
    return Reading(*(None if count is None else Decimal(count) for count in (numerator, denominator)), **more)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"direction": "band"}, "band"),
        ({"direction": "band", "band": {"low": 5, "high": 2}}, "band_reversed"),
        ({"denominator": ""}, "half_counted"),
        ({"formula": "Corta"}, "minLength"),
        ({"direction": "sideways"}, "choice"),
    ],
)
def test_a_pack_that_cannot_be_measured_is_refused(changes, code) -> None:
    assert [problem.code for problem in validate(pack(**changes))[1]] == [code]


def test_an_indicator_keeps_the_words_of_its_definition(trained) -> None:
    assert (trained.formula, trained.denominator, trained.definition_code) == (
        TRAINED["formula"],
        "Dotación",
        "trained",
    )
    assert trained.baseline is None


def test_a_definition_that_the_pack_lacks_is_refused(puerto_claro, admin) -> None:
    version = publish(body=pack(), by=admin).version

    assert refusal(lambda: take_definition(version, "untrained", by=admin)) == "definition_unknown"


OWN = {"label": "Plazo", "formula": "Días", "unit": "días", "periodicity": "monthly", "source": "Registro"}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"direction": "band", "band_low": Decimal(2)}, "band_missing"),
        ({"direction": "band", "band_low": Decimal(5), "band_high": Decimal(2)}, "band_missing"),
        ({"baseline": Decimal(3)}, "baseline_undated"),
    ],
)
def test_an_own_definition_must_make_sense(puerto_claro, admin, fields, code) -> None:
    assert refusal(lambda: define_indicator(by=admin, **OWN, **fields)) == code


@pytest.mark.parametrize(
    ("reading", "code"),
    [
        (read(3), "counts_incomplete"),
        (read(3, 4, value=Decimal(75)), "counts_incomplete"),
        (read(3, 0), "denominator_not_positive"),
        (read(), "note_missing"),
    ],
)
def test_a_reading_must_be_whole(trained, admin, reading, code) -> None:
    assert refusal(lambda: measure(trained, reading, cut_off=JUNE, by=admin, today=TODAY)) == code


def test_a_cut_off_to_come_is_refused(trained, admin) -> None:
    assert refusal(lambda: measure(trained, read(1, 2), cut_off=TODAY, by=admin, today=JUNE)) == "cut_off_in_future"


def test_it_stands_by_its_last_cut_off_against_the_target_of_that_day(trained, admin) -> None:
    measure(trained, read(90, 100), cut_off=MARCH, by=admin, today=TODAY)
    measure(trained, read(45, 100), cut_off=JUNE, by=admin, today=TODAY)

    [standing] = standings([trained], TODAY)

    assert (standing.value, standing.reached, standing.light) == (45, Fraction(3, 4), Light.YELLOW)


def test_without_datum_it_says_so_and_is_never_zero(trained, admin) -> None:
    measure(trained, read(note="Se perdió el registro"), cut_off=JUNE, by=admin, today=TODAY)

    [standing] = standings([trained], TODAY)

    assert (standing.value, standing.light) == (None, Light.NO_DATA)


def test_declared_and_validated_are_never_mixed(trained, admin) -> None:
    measure(trained, read(60, 100), cut_off=JUNE, by=admin, today=TODAY)
    measure(trained, read(30, 100), cut_off=JUNE, state="validated", by=admin, today=TODAY)

    values = [standings([trained], TODAY, state)[0].value for state in ("declared", "validated")]

    assert values == [60, 30]


def test_the_same_cut_off_is_corrected_and_not_measured_again(trained, admin) -> None:
    first = measure(trained, read(60, 100), cut_off=JUNE, by=admin, today=TODAY)
    again = lambda: measure(trained, read(61, 100), cut_off=JUNE, by=admin, today=TODAY)  # noqa: E731
    assert refusal(again) == "already_measured"
    assert refusal(lambda: correct(first, read(61, 100), by=admin)) == "correction_without_note"

    second = correct(first, read(61, 100, note="Faltaba una persona"), by=admin)

    assert list(measurements([trained])) == [second]
    assert corrections(second) == [first]
    assert refusal(lambda: correct(first, read(62, 100, note="Otra"), by=admin)) == "already_corrected"


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_a_measurement(trained, admin, verb) -> None:
    measure(trained, read(60, 100), cut_off=JUNE, by=admin, today=TODAY)
    kept = Measurement.objects.all()

    with pytest.raises(IntegrityError), transaction.atomic():
        kept.update(note="Otra") if verb == "update" else kept._raw_delete("default")


def test_areas_add_up_by_their_counts_and_never_by_their_percentages() -> None:
    rows = [Measurement(numerator=Decimal(1), denominator=Decimal(2)), Measurement(numerator=3, denominator=Decimal(4))]

    assert total(rows) == (4, 6)
    assert total([*rows, Measurement()]) is None


def test_standings_need_two_queries_however_many_there_are(trained, admin, django_assert_num_queries) -> None:
    others = [define_indicator(by=admin, **OWN) for _number in range(2)]

    with django_assert_num_queries(2):
        standings([trained, *others], TODAY)
