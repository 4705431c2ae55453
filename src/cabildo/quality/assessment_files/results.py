"""The result of a file as JSON values: exact ratios, and figures rounded once for display."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from cabildo.instruments import wording
from cabildo.instruments.rules import scoring
from cabildo.instruments.rules.answers import AnswersResult
from cabildo.instruments.rules.awards import Verdict
from cabildo.instruments.rules.bands import Achieved, Band
from cabildo.kit.rounding import half_up
from cabildo.quality.assessment_files import scored
from cabildo.quality.assessment_files.reading import MODELS, QUESTIONNAIRES, RULES, AssessmentFile

type Json = dict[str, Any]
NOTICE_IN = {MODELS: "model", QUESTIONNAIRES: "settings", RULES: "rules"}


def result(file: AssessmentFile, layer: str | None = None) -> Json:
    """Everything that a file gives; `layer` leaves only that one. Raises WrongFileError."""
    told: Json = {
        "file": file.file.name,
        "title": file.body["title"],
        "kind": file.kind,
        "pack": _pack(file.header),
        "notice": file.instrument[NOTICE_IN[file.kind]]["notice"],
        "layers": [],
        "agreements": [],
        "questionnaire": None,
        "award": None,
    }
    return told | PARTS[file.kind](file, layer)


def _pack(header: Mapping[str, Any] | None) -> Json | None:
    return {name: header[name] for name in ("id", "version", "title", "official")} if header else None


def _assessment(file: AssessmentFile, only: str | None) -> Json:
    labels = _labels(file.instrument["criteria"])
    found = scored.layers(file, only)
    return {
        "layers": [_layer(layer, labels) for layer in found],
        "agreements": [_agreed(agreed) for agreed in scored.agreements(file, found)],
    }


def _labels(criteria: Sequence[Mapping[str, Any]]) -> dict[tuple[str, ...], str]:
    """The names by the way to them: an id may be that of a criterion and of a subcriterion."""
    labels: dict[tuple[str, ...], str] = {}
    for criterion in criteria:
        labels[(criterion["id"],)] = criterion["label"] or criterion["id"]
        for part in criterion["subcriteria"]:
            labels[criterion["id"], part["id"]] = part["label"] or part["id"]
            for element in part["elements"]:
                labels[criterion["id"], part["id"], element["id"]] = element["label"] or element["id"]
    return labels


def _layer(layer: scored.ScoredLayer, labels: Mapping[tuple[str, ...], str]) -> Json:
    return {
        "id": layer.id,
        "label": layer.label,
        **_figure(layer.result),
        "band": _band(layer.result.band),
        "blank": layer.result.count(scoring.State.BLANK),
        "excluded": layer.result.count(scoring.State.EXCLUDED),
        "criteria": [_criterion(criterion, labels) for criterion in layer.result.criteria],
        "warnings": [_warning(fault) for fault in layer.faults],
    }


def _criterion(criterion: scoring.CriterionResult, labels: Mapping[tuple[str, ...], str]) -> Json:
    parts = [_part((criterion.id, part.id), part, labels) for part in criterion.subcriteria]
    return {"id": criterion.id, "label": labels[(criterion.id,)], **_figure(criterion), "subcriteria": parts}


def _part(path: tuple[str, str], part: scoring.SubcriterionResult, labels: Mapping[tuple[str, ...], str]) -> Json:
    elements = [_element(element, labels[(*path, element.id)]) for element in part.elements]
    return {"id": part.id, "label": labels[path], **_figure(part), "elements": elements}


def _element(element: scoring.ElementResult, label: str) -> Json:
    is_assessed = element.state is scoring.State.ASSESSED
    return {
        "id": element.id,
        "label": label,
        "state": element.state.value,
        "score": _number(element.points) if is_assessed else None,
        "maximum": _number(element.maximum),
        "weight": element.weight,
    }


def _warning(fault: scoring.Fault) -> Json:
    message, fix = wording.of_mark(fault)
    return {"element": fault.element, "code": fault.code, "message": message, "fix": fix}


def _agreed(agreed: scored.Agreed) -> Json:
    told = agreed.agreement
    return {
        "first": agreed.first,
        "second": agreed.second,
        "pairs": told.pairs,
        "exact_percent": _percent(told.exact),
        "within_one_percent": _percent(told.within_one),
        "bias": _number(told.bias),
        "largest_change": _number(told.largest),
        "kappa": None if told.kappa is None else _number(told.kappa),
    }


def _questionnaire(file: AssessmentFile, _layer: str | None) -> Json:
    found: AnswersResult = scored.questionnaire(file)
    labels = {area["id"]: area["label"] or area["id"] for area in file.instrument["areas"]}
    areas = [
        {
            "id": area.id,
            "label": labels[area.id],
            **_figure(area),
            "answered": area.answered,
            "missing": list(area.missing),
            "not_applicable": list(area.not_applicable),
        }
        for area in found.areas
    ]
    told = {**_figure(found), "band": _band(found.band), "is_complete": found.is_complete, "areas": areas}
    return {"questionnaire": told}


def _award(file: AssessmentFile, _layer: str | None) -> Json:
    found: Verdict = scored.award(file)
    return {
        "award": {
            "points": _number(found.total, 6),
            "maximum": found.maximum,
            "level": {"id": found.level_id, "label": found.label},
            "has_level": found.has_level,
            "unmet": [wording.of_rule(broken) for broken in found.broken],
            "note": wording.of_hole(found.in_a_hole) if found.in_a_hole else "",
        }
    }


def _figure(achieved: Achieved) -> Json:
    ratio = achieved.ratio
    return {
        "points": _number(achieved.points),
        "maximum": _number(achieved.maximum),
        "percent": _percent(achieved),
        "ratio": None if ratio is None else f"{ratio.numerator}/{ratio.denominator}",
    }


def _percent(achieved: Achieved) -> float | None:
    share = achieved.share()
    return None if share is None else float(share)


def _number(value: Fraction, places: int = 3) -> int | float:
    """Rounded once, for display; a whole number stays one."""
    return value.numerator if value.denominator == 1 else float(half_up(value, places))


def _band(band: Band | None) -> Json | None:
    return {"id": band.id, "label": band.label or band.id} if band else None


PARTS = {MODELS: _assessment, QUESTIONNAIRES: _questionnaire, RULES: _award}
