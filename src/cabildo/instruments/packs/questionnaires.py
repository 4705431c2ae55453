"""What a questionnaire must satisfy beyond its schema: points that never go down, a way to say «no»."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from cabildo.content import Adoptable, PackKind, Problem
from cabildo.instruments.packs import findings
from cabildo.instruments.packs.findings import Body, Found, Path, Placed

FEWEST_WORDS_OF_AN_ALTERNATIVE = 4


def check(body: Body) -> list[Problem]:
    """Everything wrong in a questionnaire; empty when it may be published."""
    return [
        *check_counting(body),
        *findings.placeholders(("settings",), body["settings"]),
        *findings.placeholders(("areas",), body["areas"]),
        *(problem for path, question in questions(body) for problem in _texts(path, question)),
        *(problem for path, question in questions(body) for problem in _both_kinds(path, question)),
    ]


def check_counting(body: Body) -> list[Problem]:
    """What would keep answers from being counted, whatever the texts say: ids, order, bands, points."""
    settings, areas = body["settings"], body["areas"]
    return [
        *findings.repeated_ids(findings.items(("areas",), areas)),
        *findings.repeated_ids(questions(body)),
        *findings.order(("settings", "order"), settings["order"], areas, _("el ámbito")),
        *findings.result_bands(("settings", "bands"), settings["bands"]),
        *(problem for path, question in questions(body) for problem in _alternatives(path, question)),
    ]


def describe(body: Body) -> str:
    """One sentence: how many questions and areas."""
    sentence = _("{questions} preguntas en {areas} ámbitos.")
    return sentence.format(questions=len(list(questions(body))), areas=len(body["areas"]))


def questions(body: Body) -> Iterator[Placed]:
    """Every question with the way to it."""
    for path, area in findings.items(("areas",), body["areas"]):
        yield from findings.items((*path, "questions"), area["questions"])


def _alternatives(path: Path, question: Body) -> Found:
    alternatives = findings.items((*path, "alternatives"), question["alternatives"])
    yield from findings.repeated_ids(alternatives)
    yield from _points(alternatives)


def _texts(path: Path, question: Body) -> Found:
    yield from findings.too_short((*path, "text"), question["text"])
    for place, alternative in findings.items((*path, "alternatives"), question["alternatives"]):
        yield from findings.too_short((*place, "text"), alternative["text"], FEWEST_WORDS_OF_AN_ALTERNATIVE)


def _points(alternatives: list[Placed]) -> Found:
    for (_path, before), (place, after) in pairwise(alternatives):
        if after["points"] < before["points"]:
            message = _("Esta alternativa vale {after} puntos, menos que la anterior ({before}).")
            message = message.format(after=after["points"], before=before["points"])
            fix = _("Ordene las alternativas de menos a más puntos.")
            yield Problem((*place, "points"), message, fix, "points_down")
    last_path, last = alternatives[-1]
    if not last["points"]:
        message = _("Ninguna alternativa vale puntos.")
        yield Problem((*last_path, "points"), message, _("Dé puntos al menos a la última."), "points_none")


def _both_kinds(question_path: Path, question: Body) -> Found:
    path = (*question_path, "alternatives")
    kinds = {alternative["is_inclusive"] for alternative in question["alternatives"]}
    if True not in kinds:
        message = _("Ninguna alternativa es inclusiva.")
        yield Problem(
            path, message, _("Marque «is_inclusive: true» en las que suponen a las anteriores."), "no_inclusive"
        )
    if False not in kinds:
        message = _("Falta una alternativa del tipo «no se hace», «obsoleto» o «no se tiene».")
        yield Problem(path, message, _("Agréguela con «is_inclusive: false»."), "no_exclusive")


KIND = PackKind(
    kind="questionnaires",
    schema_path="schema/questionnaires.json",
    check=check,
    describe=describe,
    folders={"areas": "areas"},
    exclusive=True,
    adoptable=Adoptable(
        title=later("Cuestionarios de diagnóstico"),
        lead=later(
            "Con uno de ellos la municipalidad responde su diagnóstico y comienza un ciclo de calidad. Un "
            "diagnóstico que ya comenzó sigue con el suyo."
        ),
        done=later("Quien conduce el programa de calidad ya puede comenzar el diagnóstico."),
        order=20,
    ),
)
