"""`cabildo quality score`: the examples that ship, layers kept apart, and errors with file, path and line."""

import json
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from cabildo.quality.commands import quality_group
from cabildo.ui import spanish

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "how-to" / "puntuar"
SCHEMA = json.loads((DOCS / "reference" / "cli" / "quality-score.schema.json").read_text(encoding="utf-8"))
MODEL = """\
model:
  methods: [{id: nivel, maximum: 5, trend_level: 3}, {id: ciclo, maximum: 100, attributes: [{id: hacer}, {id: ver}]}]
criteria:
  - id: uno
    subcriteria:
      - id: parte
        points: 10
        elements: [{id: ea, method: nivel}, {id: eb, method: ciclo}]
"""


@pytest.fixture
def score(tmp_path):
    """Scores a text as a file."""

    def run(text: str, *words: str) -> Result:
        (tmp_path / "e.yaml").write_text(text, encoding="utf-8")
        return CliRunner().invoke(quality_group, ["score", str(tmp_path / "e.yaml"), *words])

    return run


def told(name: str, *words: str) -> dict:
    done = CliRunner().invoke(quality_group, ["score", str(EXAMPLES / f"{name}.yaml"), "--json", *words])
    assert (done.exit_code, done.stderr) == (0, ""), done.output
    found = json.loads(done.stdout)
    Draft202012Validator(SCHEMA).validate(found)
    return found


def layers(scores: str) -> str:
    return f"{MODEL}layers:\n  - {{id: declarado, label: Declarado, scores: {scores}}}\n"


def errors(done: Result) -> list[str]:
    """What was said on stderr from the name of the file on."""
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    return [line[line.index("e.yaml") :] for line in done.stderr.splitlines()]


def test_the_example_gives_both_layers_apart_and_their_agreement() -> None:
    found = told("ejemplo")

    assert [(one["id"], one["points"], one["percent"], one["ratio"]) for one in found["layers"]] == [
        ("declarado", 77.333, 38.7, "29/75"),
        ("validado", 63, 31.5, "63/200"),
    ]
    assert [c["percent"] for c in found["layers"][0]["criteria"]] == [42.0, 50.0, 13.3]
    (agreed,) = found["agreements"]
    assert (agreed["pairs"], agreed["exact_percent"], agreed["bias"], agreed["kappa"]) == (13, 61.5, -0.385, 0.889)


def test_a_chosen_layer_is_told_alone() -> None:
    found = told("ejemplo", "--layer", "validado")

    assert [layer["id"] for layer in found["layers"]] == ["validado"]
    assert found["agreements"] == []


def test_the_demonstration_model_is_scored_whole_and_says_that_it_is_not_official() -> None:
    found = told("autoevaluacion")

    assert {(layer["maximum"], layer["blank"]) for layer in found["layers"]} == {(1000, 0)}
    assert (found["pack"]["id"], found["pack"]["official"]) == ("assessment_models/gestion-municipal-demo", False)
    assert "no oficial" in found["notice"]


def test_the_78_answers_of_the_example_are_counted() -> None:
    found = told("diagnostico")["questionnaire"]

    assert (sum(area["answered"] for area in found["areas"]), found["maximum"], found["is_complete"]) == (78, 312, True)


def test_the_award_of_the_example_says_which_service_kept_it_from_a_level() -> None:
    found = told("acreditacion")["award"]

    assert (found["level"]["id"], found["points"]) == ("sin_nivel", 250)
    assert found["unmet"] == [
        "Para el nivel Inicial, cada servicio debe llegar a 100 puntos; «Áreas verdes» llega a 95."
    ]


def test_a_person_reads_the_notice_before_the_figures_and_commas_in_them() -> None:
    done = CliRunner().invoke(quality_group, ["score", str(EXAMPLES / "ejemplo.yaml")])
    lines = done.stdout.splitlines()

    assert lines[1] == "Modelo de ejemplo, no oficial."
    assert [line.split()[1:] for line in lines if line.startswith(("DECLARADO", "VALIDADO"))] == [
        ["38,7", "%", "77,333", "de", "200"],
        ["31,5", "%", "63", "de", "200"],
    ]


@pytest.mark.parametrize(("text", "found"), [("- model: 1\n", "una lista"), ("hola\n", "un valor suelto")])
def test_a_file_that_is_no_block_of_fields_is_told_every_way_to_begin(score, text, found) -> None:
    (said,) = errors(score(text))

    assert f"se leyó {found}" in said
    assert all(f"«{name}»" in said for name in ("pack: tipo/nombre", "model", "areas", "rules"))


def test_a_person_reads_the_minus_that_the_pages_write() -> None:
    done = CliRunner().invoke(quality_group, ["score", str(EXAMPLES / "ejemplo.yaml")])

    assert f"sesgo {spanish.number(Fraction(-5, 13), 3)}," in done.stdout


def test_a_hole_between_levels_is_told(score) -> None:
    text = 'pack: level_rules/acreditacion-demo\ntotals: {gestion_global: "100.4", gestion_servicios: 100}\n'
    done = score(text, "--json")

    assert json.loads(done.stdout)["award"]["level"]["id"] == "inicial"
    assert "entre 200 y 201" in score(text).stdout


def test_what_is_blank_or_lacks_proof_is_said_on_stderr_and_does_not_stop(score) -> None:
    text = f"{MODEL}layers: [{{id: x, label: Equis, scores: {{ea: 4}}, evidence: {{}}, years: {{ea: [2024]}}}}]\n"
    done = score(text, "--json")

    assert done.exit_code == 0
    assert [(w["element"], w["code"]) for w in json.loads(done.stdout)["layers"][0]["warnings"]] == [
        ("eb", "not_assessed"),
        ("ea", "without_evidence"),
        ("ea", "short_trend"),
    ]
    assert "Equis · El puntaje de «ea» pide cifras de 3 años y hay 1." in done.stderr


def test_attributes_are_averaged_exactly(score) -> None:
    found = json.loads(score(layers("{ea: 5, eb: {hacer: 33, ver: 34}}"), "--json").stdout)

    assert found["layers"][0]["criteria"][0]["subcriteria"][0]["elements"][1]["score"] == 33.5


@pytest.mark.parametrize(
    ("scores", "said"),
    [
        ("{ea: 6}", "e.yaml:10 · layers[0].scores.ea: El puntaje 6 de «ea» está fuera de la escala."),
        ("{ez: 3}", "e.yaml:10 · layers[0].scores.ez: El modelo no tiene el elemento «ez». Revise su id"),
        ("{ea: no_aplica}", "e.yaml:10 · layers[0].scores.ea: «ea» no puede quedar como «no aplica»."),
        ("{ea: si}", "e.yaml:10 · layers[0].scores.ea: El valor «si» no tiene la forma esperada."),
        ("{ea: 2.5}", "e.yaml:10 · layers[0].scores.ea: Se esperaba un número entero"),
        ("{eb: 50}", "e.yaml:10 · layers[0].scores.eb: «eb» se puntúa por atributos."),
        ("{eb: {haser: 50}}", "e.yaml:10 · layers[0].scores.eb.haser: El método de «eb» no tiene el atributo «haser»."),
    ],
)
def test_a_wrong_score_is_told_with_its_line(score, scores, said) -> None:
    (line,) = errors(score(layers(scores)))

    assert line.startswith(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "e.yaml:1: El archivo está vacío."),
        ("- 1\n", "e.yaml:1: Se esperaba un bloque de campos; se leyó una lista."),
        ("title: x\n", "e.yaml:1: El archivo no dice con qué se puntúa."),
        ("pack: tickets/oirs-chile\n", "e.yaml:1 · pack: El valor «tickets/oirs-chile» no tiene la forma esperada."),
        ("pack: level_rules/acreditasion-demo\ntotals: {}\n", "e.yaml:1 · pack: No existe el paquete"),
        ("pack: level_rules/acreditacion-demo\n", "e.yaml:1: Falta el bloque «totals»."),
        ("pack: level_rules/acreditacion-demo\ntotals: {}\nlayers:\n  - {}\n", "e.yaml:4 · layers[0]: Falta el campo"),
        ("pack: level_rules/acreditacion-demo\ntotals: {}\nanswers: {}\n", "e.yaml:3 · answers: El bloque «answers»"),
        ("pack: level_rules/acreditacion-demo\nversion: 99\ntotals: {}\n", "e.yaml:2 · version: Se pide la versión 99"),
        ("pack: level_rules/acreditacion-demo\ntotals: {}\n", "e.yaml:2 · totals.gestion_global: Faltan los puntos de"),
        (
            "pack: level_rules/acreditacion-demo\ntotals:\n  gestion_global: 251\n  gestion_servicios: 1\n",
            "e.yaml:3 · totals.gestion_global: «gestion_global» tiene 251 puntos y el máximo es 250.",
        ),
        (
            "pack: questionnaires/gestion-municipal-demo\nanswers:\n  pladeco_vigencia: z\n",
            "e.yaml:3 · answers.pladeco_vigencia: «pladeco_vigencia» no tiene la alternativa «z».",
        ),
    ],
)
def test_a_wrong_file_is_told_with_its_line(score, text, said) -> None:
    assert errors(score(text))[0].startswith(said)


def test_an_instrument_in_the_file_is_checked_too(score) -> None:
    lines = errors(score(layers("{}").replace("{id: eb, method: ciclo}", "{id: ea, method: siclo}")))

    assert [line.split(": ")[:2] for line in lines] == [
        [
            "e.yaml:8 · criteria[0].subcriteria[0].elements[1].id",
            "El id «ea» está repetido. Dé a cada elemento un id distinto.",
        ],
        [
            "e.yaml:8 · criteria[0].subcriteria[0].elements[1].method",
            "No existe el método «siclo». ¿Quiso decir «ciclo»?",
        ],
    ]


def test_two_layers_cannot_have_one_id(score) -> None:
    text = f"{MODEL}layers: [{{id: x, label: X, scores: {{}}}}, {{id: x, label: Y, scores: {{}}}}]\n"

    assert errors(score(text)) == ["e.yaml:9 · layers[1].id: La capa «x» está repetida. Dé a cada capa un id distinto."]


def test_a_questionnaire_in_the_file_is_counted(score) -> None:
    question = (
        "{id: q, alternatives: [{id: a, points: 0, is_inclusive: false}, {id: b, points: 4, is_inclusive: true}]}"
    )
    text = f"settings: {{}}\nareas: [{{id: todo, questions: [{question}]}}]\nanswers: {{q: b}}\n"

    assert json.loads(score(text, "--json").stdout)["questionnaire"]["percent"] == 100.0


def test_unanswered_questions_are_named(score) -> None:
    done = score("pack: questionnaires/gestion-municipal-demo\nanswers: {pladeco_vigencia: e}\n")

    assert "Sin responder, y cuentan 0: 77 (pladeco_seguimiento" in done.stdout
    assert "Tramo hasta ahora: Nivelación." in done.stdout


def test_an_unknown_layer_names_those_there_are(score) -> None:
    done = score(layers("{}"), "--layer", "validado")

    assert (done.exit_code, done.stdout) == (2, "")
    assert "Tiene: declarado." in done.stderr


def test_a_file_without_layers_has_none_to_choose(score) -> None:
    done = score("pack: questionnaires/gestion-municipal-demo\nanswers: {}\n", "--layer", "declarado")

    assert (done.exit_code, done.stdout, "No tiene capas." in done.stderr) == (2, "", True)


def test_scores_of_different_scales_have_no_agreement(score) -> None:
    text = f"{MODEL}layers: [{{id: x, label: X, scores: {{ea: 1}}}}, {{id: y, label: Y, scores: {{ea: 2}}}}]\n"

    assert json.loads(score(text, "--json").stdout)["agreements"] == []


def test_errors_of_the_pack_itself_are_told_with_their_file(score, settings, tmp_path) -> None:
    folder = tmp_path / "content" / "level_rules" / "mal"
    folder.mkdir(parents=True)
    (folder / "pack.yaml").write_text("id: level_rules/mal\nkind: level_rules\n", encoding="utf-8")
    schemas = settings.CONTENT_DIR / "schema"
    (tmp_path / "content" / "schema").symlink_to(schemas)
    settings.CONTENT_DIR = tmp_path / "content"

    done = score("pack: level_rules/mal\ntotals: {}\n")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("content/level_rules/mal/pack.yaml")
