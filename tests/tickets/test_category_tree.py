"""The categories of a file: named as its mapping says, answered by who mostly does, with no term of law."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cabildo.tickets.imports.category_tree import CategoryTree
from cabildo.tickets.imports.errors import UnreadableFileError
from cabildo.tickets.imports.rows import Normalised, SourceRow, normalise
from cabildo.tickets.imports.source_map import SourceMap
from tickets.import_world import BODY, mapping, row

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def read(source: SourceMap, *cells: dict[str, str]) -> list[Normalised]:
    found = [normalise(SourceRow(number, row(**one)), source, now=NOW) for number, one in enumerate(cells, start=2)]
    assert all(isinstance(one, Normalised) for one in found)
    return found  # type: ignore[return-value]


def body_of(*cells: dict[str, str], **changes: Any) -> dict[str, Any]:
    source = mapping(**changes)
    return CategoryTree(read(source, *cells), source).body(version=1)


def only_category(body: dict[str, Any]) -> dict[str, Any]:
    [category] = [category for group in body["groups"] for category in group["categories"]]
    return category


def test_a_category_is_of_the_department_that_answers_most_of_its_rows() -> None:
    body = body_of({"Unidad": "Aseo"}, {"Unidad": "Obras"}, {"Unidad": "Obras"})

    assert only_category(body)["department"] == "direccion_de_obras"
    assert [department["name"] for department in body["departments"]] == ["Dirección de Obras", "Aseo"]


def test_it_is_found_by_the_words_of_the_source_too() -> None:
    category = only_category(body_of({"Tema": "SW-Bache"}))

    assert (category["label"], category["id"], category["keywords"]) == ("Bache", "bache", ["SW-Bache"])


def test_names_that_differ_only_in_case_are_one_category() -> None:
    assert only_category(body_of({"Tema": "Árbol"}, {"Tema": "arbol"}))["label"] == "Árbol"


def test_only_the_kinds_of_its_rows_and_none_with_a_term() -> None:
    body = body_of({}, {}, kinds={"default": "reclamo"})

    assert only_category(body)["kinds"] == ["reclamo"]
    assert [(kind["id"], kind["term"]) for kind in body["kinds"]] == [("reclamo", None)]


@pytest.mark.parametrize(
    ("days", "goal"),
    [([0], 1), ([7], 5), ([7, 14, 700], 10), ([700], None), ([None], None)],
)
def test_its_goal_is_the_median_of_the_source_in_business_days(days, goal) -> None:
    received = datetime(2018, 4, 12, 12, tzinfo=UTC)
    dues = [f"{received + timedelta(day):%m/%d/%Y %I:%M:%S %p}" if day is not None else "" for day in days]

    category = only_category(body_of(*({"Plazo": due, "Ingreso": "04/12/2018 12:00:00 PM"} for due in dues)))

    assert category["goal_days"] == goal


def test_the_pack_says_where_it_comes_from_and_that_it_is_a_demonstration() -> None:
    origin = {"origin": "Portal de datos", "licence": "CC0-1.0"}

    header = body_of({}, source={**BODY["source"], **origin})["pack"]

    assert (header["id"], header["source"], header["licence"]) == ("tickets/sistema-viejo", *origin.values())
    assert not header["official"]
    assert header["notice"].startswith("Contenido de demostración")


def test_two_names_that_sound_alike_keep_apart() -> None:
    body = body_of({"Tema": "Luz, poste"}, {"Tema": "Luz poste"}, {"Tema": "24 horas"})

    assert [c["id"] for c in body["groups"][0]["categories"]] == ["m_24_horas", "luz_poste", "luz_poste_2"]


@pytest.mark.parametrize(
    ("cells", "code"), [([], "no_rows"), ([{"Unidad": "", "Estado": "Por ver"}], "no_departments")]
)
def test_without_rows_or_departments_there_is_no_tree(cells, code) -> None:
    states = {"values": {**BODY["states"]["values"], "Por ver": {"state": "intake"}}}

    with pytest.raises(UnreadableFileError) as refusal:
        body_of(*cells, states=states)

    assert refusal.value.code == code
