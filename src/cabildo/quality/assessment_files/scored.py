"""What is in a file, scored by the rules of its instrument. Layers stay apart; nothing is rounded here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content import Problem
from cabildo.instruments import wording
from cabildo.instruments.rules import answers, awards, scoring
from cabildo.instruments.rules.agreement import Agreement, agreement
from cabildo.instruments.rules.structure import Model, model_of
from cabildo.quality.assessment_files.reading import AssessmentFile

NOT_APPLICABLE = "no_aplica"


@dataclass(frozen=True)
class ScoredLayer:
    """One layer and its result; `faults` do not keep it from being scored, only from being closed or believed."""

    id: str
    label: str
    result: scoring.Result
    faults: tuple[scoring.Fault, ...]


@dataclass(frozen=True)
class Agreed:
    first: str
    second: str
    agreement: Agreement


def layers(file: AssessmentFile, only: str | None = None) -> tuple[ScoredLayer, ...]:
    """Every layer of the file, or `only` one. Raises WrongFileError with what is wrong in all of them."""
    model = model_of(file.instrument)
    marks = [_layer_of(layer["scores"]) for layer in file.body["layers"]]
    problems = [*_repeated_layers(file.body["layers"]), *_layer_problems(model, marks, file.body["layers"])]
    if problems:
        raise file.refusal(problems)
    return tuple(
        ScoredLayer(layer["id"], layer["label"], scoring.score(model, given), _faults(model, given, layer))
        for layer, given in zip(file.body["layers"], marks, strict=True)
        if only in {None, layer["id"]}
    )


def _repeated_layers(written: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    names = [layer["id"] for layer in written]
    for index, name in enumerate(names):
        if name in names[:index]:
            message = _("La capa «{id}» está repetida.").format(id=name)
            yield Problem(("layers", index, "id"), message, _("Dé a cada capa un id distinto."), "repeated_id")


def _layer_of(scores: Mapping[str, Any]) -> scoring.Layer:
    return {name: _mark(value) for name, value in scores.items()}


def _mark(value: Any) -> scoring.Mark:
    if value == NOT_APPLICABLE:
        return scoring.Mark(is_excluded=True)
    return scoring.Mark(attributes=value) if isinstance(value, Mapping) else scoring.Mark(value)


def _layer_problems(
    model: Model, marks: Sequence[scoring.Layer], written: Sequence[Mapping[str, Any]]
) -> Iterator[Problem]:
    known = [element.id for element in model.elements()]
    for index, (given, layer) in enumerate(zip(marks, written, strict=True)):
        for fault in scoring.mark_faults(model, given):
            inside = fault.facts.get("attribute")
            path = ("layers", index, "scores", fault.element, *([inside] if inside else []))
            yield Problem(path, *wording.of_mark(fault), fault.code)
        for block in ("evidence", "years"):
            for name in layer.get(block, {}):
                if name not in known:
                    fault = scoring.Fault(name, "unknown_element", {"known": tuple(known)})
                    yield Problem(("layers", index, block, name), *wording.of_mark(fault), fault.code)


def _faults(model: Model, given: scoring.Layer, layer: Mapping[str, Any]) -> tuple[scoring.Fault, ...]:
    """What is blank and, for the blocks that the file brings, what lacks its proof."""
    proof = scoring.proof_faults(
        model, given, evidence=layer.get("evidence", {}), years={k: tuple(v) for k, v in layer.get("years", {}).items()}
    )
    asked = {"without_evidence": "evidence" in layer, "short_trend": "years" in layer}
    return (*scoring.blank_faults(model, given), *(fault for fault in proof if asked[fault.code]))


def agreements(file: AssessmentFile, found: Sequence[ScoredLayer]) -> tuple[Agreed, ...]:
    """How each two layers agree; none where the model has several scales, whose distances are not alike."""
    scales = {(element.method.minimum, element.method.maximum) for element in model_of(file.instrument).elements()}
    if len(scales) > 1:
        return ()
    compared = ((first, second, agreement(_pairs(first, second))) for first, second in combinations(found, 2))
    return tuple(Agreed(first.id, second.id, told) for first, second, told in compared if told)


def _pairs(first: ScoredLayer, second: ScoredLayer) -> list[tuple[Fraction, Fraction]]:
    both = zip(first.result.elements(), second.result.elements(), strict=True)
    assessed = scoring.State.ASSESSED
    return [(one.points, other.points) for one, other in both if one.state is assessed and other.state is assessed]


def questionnaire(file: AssessmentFile) -> answers.AnswersResult:
    """The points of the answers. Raises WrongFileError with every answer that is not of the questionnaire."""
    given = {name: _answer(value) for name, value in file.body["answers"].items()}
    try:
        return answers.count(answers.questionnaire_of(file.instrument), given)
    except answers.AnswersError as refused:
        raise file.refusal(
            Problem(("answers", fault.question), *wording.of_answer(fault), fault.code) for fault in refused.faults
        ) from refused


def _answer(value: str) -> answers.Answer:
    return answers.NOT_APPLICABLE if value == NOT_APPLICABLE else answers.Answer(value)


def award(file: AssessmentFile) -> awards.Verdict:
    """The level that the points reach. Raises WrongFileError when they are not of the rules."""
    totals, services = _exact(file.body["totals"]), _exact(file.body.get("services", {}))
    try:
        return awards.grant(awards.award_of(file.instrument), totals, services)
    except awards.PointsError as refused:
        name = refused.facts["name"]
        block = "totals" if name in totals or refused.code == "total_missing" else "services"
        raise file.refusal([Problem((block, name), *wording.of_points(refused), refused.code)]) from refused


def _exact(points: Mapping[str, int | str]) -> dict[str, Fraction]:
    return {name: Fraction(value) for name, value in points.items()}
