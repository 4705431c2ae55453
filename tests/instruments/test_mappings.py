"""A mapping between two versions of a model: what it must say, how it travels, and which one fits."""

from copy import deepcopy

import pytest

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.errors import ContentError
from cabildo.content.packs import check_directory, load_directory, write_folder
from cabildo.content.validation import validate
from cabildo.content.workbooks import books
from cabildo.instruments.packs import model_mappings as kind
from cabildo.instruments.queries.mappings import mapping_between, read_mapping
from cabildo.instruments.rules.mappings import PairKind
from factories import assessment_models as models
from factories import model_mappings as made
from factories.assessment_models import model, publish_model
from factories.model_mappings import publish_mapping, second_model

__all__ = ["model", "publish_mapping", "publish_model", "second_model"]
pytestmark = pytest.mark.django_db
FIRST, SECOND = made.before(made.REWORDED), made.after(made.REWORDED)


def problems(**changes) -> list[tuple[str, tuple]]:
    return [(one.code, one.path[1:]) for one in validate(made.mapping(**changes))[1]]


def pairs(**first) -> list[dict]:
    """The pairs with something else in the first."""
    found = made.mapping()["mapping"]["pairs"]
    return [found[0] | first, *found[1:]]


def test_a_mapping_that_names_every_element_of_both_versions_is_right(second_model) -> None:
    body, wrong = validate(made.mapping())

    assert wrong == []
    assert kind.describe(body) == (
        "De assessment_models/de-prueba v1 a assessment_models/de-prueba v2. "
        "Elementos que siguen: 5; que terminan: 1; que comienzan: 1."
    )


@pytest.mark.parametrize(
    ("changes", "code", "path"),
    [
        ({"pairs": pairs(before=FIRST + "x")}, "unknown_id", ("pairs", 0, "before")),
        ({"pairs": pairs(after="nadie")}, "unknown_id", ("pairs", 0, "after")),
        ({"pairs": [*pairs(), pairs()[0]]}, "element_twice", ("pairs", 5, "before")),
        ({"ended": [{"element": FIRST, "reason": "Sobra."}]}, "element_twice", ("ended", 0, "element")),
        ({"begun": []}, "element_forgotten", ("begun",)),
        ({"ended": []}, "element_forgotten", ("ended",)),
        ({"pairs": pairs(reason=" ")}, "reason_missing", ("pairs", 0, "reason")),
        ({"pairs": pairs(kind="same")}, "not_the_same", ("pairs", 0, "kind")),
        ({"pairs": pairs(kind="moved")}, "not_moved", ("pairs", 0, "kind")),
        ({"after": {"model": made.MODEL, "version": 1}}, "same_version", ("after", "version")),
        ({"after": {"model": made.MODEL, "version": 9}}, "version_unknown", ("after", "version")),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_at_its_place(second_model, changes, code, path) -> None:
    assert (code, path) in problems(**changes)


def test_a_wrong_mapping_says_how_to_mend_it(second_model) -> None:
    (unknown, forgotten) = validate(made.mapping(pairs=pairs(before=FIRST + "x")))[1]
    (same,) = validate(made.mapping(pairs=pairs(kind="same")))[1]

    assert unknown.fix == f"¿Quiso decir «{FIRST}»?"
    assert (forgotten.message, forgotten.fix) == (
        f"Faltan elementos de assessment_models/de-prueba v1: {FIRST}.",
        "Nombre cada uno en «pairs» o en «ended».",
    )
    assert same.message == f"«{FIRST}» no dice lo mismo en las dos versiones: cambió el nombre, la pregunta."
    assert same.fix == "Escriba «kind: reworded» y el motivo."


def test_an_error_of_a_mapping_says_file_and_line(second_model, tmp_path) -> None:
    folder = tmp_path / "model_mappings" / "de-prueba"
    write_folder(made.mapping(pairs=pairs(after="nadie")), folder)

    error = check_directory(folder).errors[0]

    assert (error.file, error.code) == ("de-prueba/mapping.yaml", "unknown_id")
    assert "after: nadie" in (folder / "mapping.yaml").read_text().splitlines()[error.line - 1]


def test_a_mapping_may_name_a_model_that_is_checked_and_loaded_with_it(model, tmp_path) -> None:
    write_folder(made.second_body(), tmp_path / "assessment_models" / "de-prueba")
    write_folder(made.mapping(), tmp_path / "model_mappings" / "de-prueba")

    assert check_directory(tmp_path).errors == []
    assert [pack.outcome for pack in load_directory(tmp_path).packs] == ["updated", "created"]


def test_a_mapping_comes_back_from_its_workbook_the_same(second_model) -> None:
    body = made.mapping()

    assert books.read(books.write(body)) == books.ReadBook(body, ())


def test_a_workbook_says_the_cell_that_is_wrong_and_what_to_choose(second_model) -> None:
    found = books.read(books.write(made.mapping(pairs=pairs(kind="same"), begun=[])))

    assert [(error.place.sheet, error.code) for error in found.errors] == [("Comienzan", "element_forgotten")]
    found = books.read(books.write(made.mapping(pairs=pairs(kind="same"))))
    assert found.errors[0].fix == "Elija «otro texto» u «otro subcriterio» en «Qué cambió» y escriba el motivo."


def test_a_published_mapping_says_what_became_of_every_element(publish_mapping) -> None:
    found = read_mapping(publish_mapping())

    assert found.by_before[FIRST].kind is PairKind.REWORDED
    assert found.targets[FIRST] == SECOND
    assert found.ended == {made.before(made.ENDED): "Lo cubre otra norma."}
    assert found.begun == {made.after(made.ENDED): "Lo pide la norma nueva."}


def test_the_mapping_that_fits_leads_one_way_and_the_official_comes_first(
    model, second_model, publish_mapping, puerto_claro
) -> None:
    found = publish_mapping()
    official = deepcopy(made.mapping())
    official["pack"] |= {"id": "model_mappings/oficial", "official": True}
    assert mapping_between(model, second_model, municipality_id=puerto_claro.pk) == found

    first = packs.publish(body=official, by=audit.SYSTEM).version
    packs.publish(body=made.mapping() | {"pack": made.header() | {"version": 2}}, by=audit.SYSTEM)

    assert mapping_between(model, second_model, municipality_id=puerto_claro.pk) == first
    assert mapping_between(second_model, model, municipality_id=puerto_claro.pk) is None


def test_a_mapping_of_another_municipality_does_not_count(model, second_model, puerto_claro, otra_comuna) -> None:
    packs.publish(body=made.mapping(), by=audit.SYSTEM, owner=otra_comuna)

    assert mapping_between(model, second_model, municipality_id=puerto_claro.pk) is None
    assert mapping_between(model, second_model, municipality_id=otra_comuna.pk) is not None


def test_a_published_mapping_never_changes(publish_mapping) -> None:
    publish_mapping()

    with pytest.raises(ContentError, match="version_changed"):
        publish_mapping(ended=[{"element": made.before(made.ENDED), "reason": "Otra razón."}])


def test_the_models_for_tests_are_right(second_model) -> None:
    assert validate(models.body())[1] == []
