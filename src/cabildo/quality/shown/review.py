"""What the review of a self-assessment shows: what is missing or does not hold, by criterion, each told once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext_lazy as say

from cabildo.instruments import wording
from cabildo.instruments.queries.filled import WARNINGS, Filled
from cabildo.instruments.rules.scoring import Fault
from cabildo.quality.models import Cycle
from cabildo.quality.queries import goes_on
from cabildo.ui.parts import Words

FIXED_AT = {
    "not_assessed": "quality:consensus",
    "without_evidence": "quality:evidence_add",
    "short_trend": "quality:series",
    "above_attested": "quality:consensus",
    "without_summary": "quality:summary",
}
# what many elements lack alike is told once, above their names; the rest has figures of its own
ALIKE: Mapping[str, Words] = {
    "not_assessed": say("Sin puntaje acordado. Acuérdenlo antes de cerrar."),
    "left_blank": say("Sin puntaje: se muestra «sin dato» y no suma puntos. El modelo lo permite."),
    "without_evidence": say("Con puntaje y sin ninguna evidencia. Agreguen al menos una."),
    "without_text": say("Con puntaje, y nadie escribió qué se hace. Escríbanlo en su ficha."),
    "without_summary": say("Sin fortalezas ni brechas. Escríbanlas."),
}


@dataclass(frozen=True)
class Finding:
    """Something missing or inconsistent, in words, and the page where it is mended; none once the cycle left."""

    code: str
    what: str
    how: str
    url: str


@dataclass(frozen=True)
class Kind:
    """Findings of one criterion that say the same; `words` is empty where each says its own."""

    words: Words
    findings: list[Finding]


@dataclass(frozen=True)
class OfCriterion:
    criterion: str
    kinds: list[Kind]
    count: int


@dataclass(frozen=True)
class Reviewed:
    """By criterion, in the order of the model: what keeps from closing, and what is only told."""

    blocking: list[OfCriterion]
    warnings: list[OfCriterion]

    @property
    def blocking_count(self) -> int:
        return sum(one.count for one in self.blocking)

    @property
    def warnings_count(self) -> int:
        return sum(one.count for one in self.warnings)


def review(cycle: Cycle, filled: Filled) -> Reviewed:
    """Every fault with its link. No query."""
    return Reviewed(
        blocking=_by_criterion(cycle, filled, filled.blocking),
        warnings=_by_criterion(cycle, filled, [one for one in filled.faults if one.code in WARNINGS]),
    )


def _by_criterion(cycle: Cycle, filled: Filled, faults: Iterable[Fault]) -> list[OfCriterion]:
    places = {name: item.criterion["label"] for item in filled.items for name in (item.id, item.part["id"])}
    order = list(dict.fromkeys(places.values()))
    labels = {item.part["id"]: item.part["label"] for item in filled.items}
    labels |= {item.id: item.label for item in filled.items}
    found = sorted(faults, key=lambda fault: order.index(places[fault.element]))
    return [
        _of_criterion(criterion, [_finding(cycle, fault, labels[fault.element]) for fault in of_it])
        for criterion, of_it in groupby(found, key=lambda fault: places[fault.element])
    ]


def _of_criterion(criterion: str, findings: list[Finding]) -> OfCriterion:
    codes = dict.fromkeys(finding.code for finding in findings)
    kinds = [Kind(ALIKE.get(code, ""), [one for one in findings if one.code == code]) for code in codes]
    return OfCriterion(criterion, kinds, len(findings))


def _finding(cycle: Cycle, fault: Fault, label: str) -> Finding:
    page = FIXED_AT.get(fault.code, "quality:sheet") if goes_on(cycle) else ""
    url = reverse(page, args=[cycle.number, fault.element]) if page else ""
    what, how = (label, "") if fault.code in ALIKE else wording.of_mark(fault, label)
    return Finding(fault.code, what, how, url)
