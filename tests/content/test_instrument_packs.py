"""The questionnaires, models and level rules that ship, and what their checkers refuse."""

import re
from copy import deepcopy
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

from cabildo.content import register_kind
from cabildo.content.validation import read_folder
from cabildo.instruments.packs import KINDS, assessment_models, level_rules, questionnaires
from cabildo.instruments.rules.answers import questionnaire_of
from cabildo.instruments.rules.awards import award_of
from cabildo.instruments.rules.structure import model_of

CONTENT = Path(settings.CONTENT_DIR)
FOLDERS = sorted(folder for kind in KINDS for folder in (CONTENT / kind.kind).glob("*/"))
DEMO = "gestion-municipal-demo"


@pytest.fixture(autouse=True)
def _instrument_kinds(reglas) -> None:
    for kind in KINDS:
        register_kind(kind)


@cache
def read(kind: str, name: str) -> dict:
    return read_folder(CONTENT / kind / name, name)[0]


@pytest.fixture
def model() -> dict:
    return deepcopy(read("assessment_models", DEMO))


@pytest.fixture
def asked() -> dict:
    return deepcopy(read("questionnaires", DEMO))


@pytest.fixture
def award() -> dict:
    return deepcopy(read("level_rules", "acreditacion-demo"))


def codes(problems) -> list[str]:
    return [problem.code for problem in problems]


def element(model: dict, index: int = 0) -> dict:
    return model["criteria"][0]["subcriteria"][0]["elements"][index]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_what_ships_has_no_errors_and_says_that_it_is_not_official(folder) -> None:
    body, errors = read_folder(folder, folder.name)

    assert [str(error) for error in errors] == []
    assert body["pack"]["official"] is False
    assert "demostración" in f"{body['pack']['title']} {body['pack']['notice']}".lower()


def test_the_questionnaire_has_78_questions_in_14_areas_and_312_points(asked) -> None:
    built = questionnaire_of(asked)

    assert (len(list(built.questions())), len(built.areas)) == (78, 14)
    assert sum(question.maximum for question in built.questions()) == 312
    assert [area.id for area in built.areas][:3] == ["estrategia", "liderazgo", "gobernanza"]


def test_the_model_is_large_enough_and_uses_both_methods(model) -> None:
    built = model_of(model)
    parts = [part for criterion in built.criteria for part in criterion.subcriteria]

    assert (len(built.criteria), len(parts), len(list(built.elements()))) == (7, 21, 63)
    assert {e.method.id for e in built.elements()} == {"enfoque_despliegue", "resultados"}
    assert sum(part.points for part in parts) == 1000
    assert [criterion.id for criterion in built.criteria][:2] == ["liderazgo", "personas"]


def test_the_second_framework_has_panels_that_may_be_scored_by_attribute() -> None:
    built = model_of(read("assessment_models", "caf-2020-demo"))
    parts = [part for criterion in built.criteria for part in criterion.subcriteria]

    assert (len(built.criteria), len(parts)) == (9, 28)
    assert {(e.method.minimum, e.method.maximum, e.method.takes_single_score) for e in built.elements()} == {
        (0, 100, True)
    }
    assert all(e.method.attributes for e in built.elements())


def test_the_award_asks_for_a_hundred_points_in_every_part(award) -> None:
    built = award_of(award)

    assert sum(total.maximum for total in built.totals) == 500
    assert [(level.low, level.high, level.each_service_minimum) for level in built.levels] == [
        (200, 200, 100),
        (201, 300, 100),
        (301, 500, 100),
    ]


def _set(thing: dict, key: str, value) -> None:
    thing[key] = value


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("method", "resultado", "unknown_id"),
        ("question", "¿Se hace?", "too_short"),
        ("help", "Pida […] a la unidad que lleva el registro de reuniones.", "placeholder"),
        ("evidence", [], "few_evidences"),
    ],
)
def test_a_wrong_element_is_refused_at_its_place(model, key, value, code) -> None:
    element(model)[key] = value

    (problem,) = assessment_models.check(model)
    assert (problem.code, problem.path) == (code, ("criteria", 0, "subcriteria", 0, "elements", 0, key))
    assert problem.message
    assert problem.fix


def test_an_element_is_named_once_in_the_whole_model(model) -> None:
    other = model["criteria"][1]["subcriteria"][2]
    other["elements"][0]["id"] = element(model)["id"]

    (problem,) = [problem for problem in assessment_models.check(model) if problem.code == "repeated_id"]
    assert problem.path == ("criteria", 1, "subcriteria", 2, "elements", 0, "id")


def test_levels_are_complete_and_in_order(model) -> None:
    element(model)["levels"].pop(2)

    (problem,) = assessment_models.check(model)
    assert (problem.code, problem.path[-2:]) == ("levels_incomplete", (0, "levels"))


def test_a_descriptor_of_less_than_eight_words_is_refused(model) -> None:
    element(model)["levels"][1]["text"] = "Se hace una reunión por costumbre."

    assert codes(assessment_models.check(model)) == ["too_short"]


# ways that a better practice leaves behind: who is above the level must still be able to affirm it
LEFT_BEHIND = re.compile(
    r"\b(de palabra|de memoria|a mano|a su manera|por costumbre|por su cuenta|cuando se lo piden|cuando alguien se "
    r"accidenta|cuando llega una denuncia|para ese caso|suelt[oa]|en uno o dos)\b"
)
STILL_TRUE = re.compile(r"\b(al menos|aunque|por lo menos)\b")


def test_a_level_stays_true_of_who_does_more_since_levels_add_up(model) -> None:
    untrue = [
        (one["id"], level["level"], sentence)
        for criterion in model["criteria"]
        for part in criterion["subcriteria"]
        for one in part["elements"]
        for level in one["levels"][1:]
        for sentence in level["text"].lower().split(". ")
        if (found := LEFT_BEHIND.search(sentence)) and not STILL_TRUE.search(sentence[: found.start()])
    ]

    assert untrue == []


def test_two_descriptors_that_differ_in_the_name_of_the_element_are_refused(model) -> None:
    for index in (0, 1):
        one = element(model, index)
        one["levels"][2]["text"] = f"Hay un decreto alcaldicio que aprueba, con fecha: {one['label'].upper()}."

    (problem,) = assessment_models.check(model)
    assert (problem.code, problem.path[-4:]) == ("equal_descriptor", (1, "levels", 2, "text"))
    assert element(model)["id"] in problem.message


@pytest.mark.parametrize("left", ["por definir", "…", "...", "lorem", "XXX", "[nombre]", "<unidad>"])
def test_a_placeholder_is_refused_wherever_it_is(model, left) -> None:
    model["criteria"][1]["subcriteria"][0]["methodologies"][0]["products"][0] = f"Decreto {left} aprobado"

    (problem,) = assessment_models.check(model)
    assert (problem.code, problem.path[-2:]) == ("placeholder", ("products", 0))
    assert left in problem.message


def test_a_subcriterion_offers_two_methodologies_that_close_what_it_has(model) -> None:
    part = model["criteria"][0]["subcriteria"][0]
    part["methodologies"] = [part["methodologies"][0] | {"closes": ["reunion"]}]

    found = codes(assessment_models.check(model))
    assert found == ["few_methodologies", "unknown_id", *["element_not_closed"] * len(part["elements"])]


def test_every_step_of_a_methodology_names_the_paper_that_results(model) -> None:
    steps = model["criteria"][0]["subcriteria"][0]["methodologies"][0]["steps"]
    steps[1] = "Reúna a las jefaturas de todas las direcciones y acuerde quién responde por cada plazo."

    (problem,) = assessment_models.check(model)
    assert (problem.code, problem.path[-2:]) == ("step_without_product", ("steps", 1))


def test_bands_of_the_result_go_from_nothing_to_everything_without_a_hole(model) -> None:
    bands = model["model"]["bands"]
    bands[1] |= {"from": "0.25"}
    bands[-1] |= {"to": "0.99"}

    found = assessment_models.check(model)
    assert [(problem.code, problem.path[-2:]) for problem in found] == [
        ("bands_apart", (1, "from")),
        ("bands_short", (4, "to")),
    ]
    assert found[0].fix == 'Escriba «from: "0.2"».'


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"maximum": 0, "trend_level": None}, "scale_empty"),
        ({"trend_level": 6}, "trend_outside"),
        ({"levels": []}, "scale_form"),
        ({"bands": [{"from": 0, "to": 5, "label": "Todo", "text": ""}]}, "scale_form"),
        ({"levels": [], "bands": [{"from": 0, "to": 4, "label": "Casi", "text": ""}]}, "bands_short"),
        ({"levels": [], "bands": [{"from": 1, "to": 5, "label": "Casi", "text": ""}]}, "bands_apart"),
        ({"levels": [], "bands": [{"from": 0, "to": 5, "label": "Todo", "text": ""}]}, "levels_unused"),
    ],
)
def test_a_method_has_a_whole_scale(model, change, code) -> None:
    model["model"]["methods"][0] |= change

    assert code in codes(assessment_models.check(model))


def test_an_optional_element_needs_a_model_that_lets_it_out(model) -> None:
    element(model)["is_optional"] = True
    model["model"]["allow_excluded"] = False

    assert codes(assessment_models.check(model)) == ["optional_not_allowed"]


def test_an_order_names_every_criterion_once(model) -> None:
    model["model"]["order"] = ["liderazgo", "liderazgo", "personass"]

    assert codes(assessment_models.check(model)) == ["order_repeated", "unknown_id", "order_incomplete"]


WRONG_ALTERNATIVES = [
    (lambda q: _set(q["alternatives"][2], "points", 0), "points_down"),
    (lambda q: [_set(a, "points", 0) for a in q["alternatives"]], "points_none"),
    (lambda q: [_set(a, "is_inclusive", True) for a in q["alternatives"]], "no_exclusive"),
    (lambda q: [_set(a, "is_inclusive", False) for a in q["alternatives"]], "no_inclusive"),
    (lambda q: _set(q["alternatives"][1], "id", "a"), "repeated_id"),
    (lambda q: _set(q["alternatives"][1], "text", "Por definir en otra sesión."), "placeholder"),
    (lambda q: _set(q["alternatives"][1], "text", "Sí."), "too_short"),
]


@pytest.mark.parametrize(("spoil", "code"), WRONG_ALTERNATIVES, ids=[code for _spoil, code in WRONG_ALTERNATIVES])
def test_a_wrong_question_is_refused_at_its_place(asked, spoil, code) -> None:
    spoil(asked["areas"][0]["questions"][0])

    (problem,) = questionnaires.check(asked)
    assert (problem.code, problem.path[:5]) == (code, ("areas", 0, "questions", 0, "alternatives"))


def test_a_question_is_named_once_in_the_whole_questionnaire(asked) -> None:
    asked["areas"][1]["questions"][0]["id"] = asked["areas"][0]["questions"][0]["id"]

    assert [(p.code, p.path) for p in questionnaires.check(asked)] == [
        ("repeated_id", ("areas", 1, "questions", 0, "id"))
    ]


@pytest.mark.parametrize(
    ("level", "change", "code"),
    [
        (1, {"low": 202}, "bands_apart"),
        (0, {"high": 199}, "band_empty"),
        (2, {"high": 499}, "bands_short"),
        (0, {"minimums": {"gestion_globl": 100}}, "unknown_id"),
        (0, {"minimums": {"gestion_global": 251}}, "minimum_over_maximum"),
        (0, {"each_service_minimum": 251}, "minimum_over_maximum"),
        (0, {"id": "sin_nivel"}, "repeated_id"),
        (0, {"about": "Por definir con la guía."}, "placeholder"),
    ],
)
def test_a_wrong_rule_of_levels_is_refused(award, level, change, code) -> None:
    award["rules"]["levels"][level] |= change

    assert code in codes(level_rules.check(award))


def test_an_error_of_a_file_says_its_line(tmp_path) -> None:
    folder = tmp_path / DEMO
    for source in (CONTENT / "questionnaires" / DEMO).rglob("*.yaml"):
        copy = folder / source.relative_to(CONTENT / "questionnaires" / DEMO)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(source.read_text(encoding="utf-8").replace("points: 3\n", "points: 1\n"), encoding="utf-8")

    error = read_folder(folder, DEMO)[1][0]
    assert (error.file, error.code) == (f"{DEMO}/areas/apoyo_servicios.yaml", "points_down")
    assert "points: 1" in (folder / "areas" / "apoyo_servicios.yaml").read_text().splitlines()[error.line - 1]
