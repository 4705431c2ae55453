"""How many points does an assessment obtain? Exact fractions; one layer of marks at a time, never mixed.

Subcriterion: points x (sum of weight x score) / (sum of weight x maximum), over the elements in scope. Criterion and
total: the sum of points over the sum of maximums, never a mean of percentages. What does not apply leaves both sums;
what was not assessed counts zero and is told apart.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import cache
from itertools import count
from math import lcm
from typing import Any

from cabildo.instruments.rules.bands import Achieved, Band, classify
from cabildo.instruments.rules.structure import Criterion, Element, Method, Model, Subcriterion

YEARS_OF_A_TREND = 3


class State(StrEnum):
    ASSESSED = "assessed"
    BLANK = "blank"
    EXCLUDED = "excluded"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a layer says of an element: a score, a score per attribute, that it does not apply, or nothing yet."""

    score: int | None = None
    attributes: Mapping[str, int] = field(default_factory=dict)
    is_excluded: bool = False


BLANK = Mark()
type Layer = Mapping[str, Mark]


@dataclass(frozen=True, slots=True)
class Fault:
    """What a mark breaks: the element, a stable code and its facts."""

    element: str
    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class MarksError(Exception):
    """Marks that cannot be scored; `faults` says which and why."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(f"{fault.element}: {fault.code}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementResult(Achieved):
    """`points` is the element's score (0 when blank) and `maximum` that of its scale; both 0 when it is excluded."""

    id: str
    state: State
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SubcriterionResult(Achieved):
    id: str
    elements: tuple[ElementResult, ...]

    @property
    def parts(self) -> tuple["SubcriterionResult", ...]:
        return (self,)


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult(Achieved):
    id: str
    subcriteria: tuple[SubcriterionResult, ...]

    @property
    def parts(self) -> tuple[SubcriterionResult, ...]:
        return self.subcriteria


@dataclass(frozen=True, slots=True, kw_only=True)
class Result(Achieved):
    """What one layer obtains; `band` is None when nothing is in scope or the model has no bands."""

    criteria: tuple[CriterionResult, ...]
    band: Band | None

    @property
    def parts(self) -> tuple[SubcriterionResult, ...]:
        return tuple(part for criterion in self.criteria for part in criterion.subcriteria)

    def elements(self) -> Iterator[ElementResult]:
        for criterion in self.criteria:
            for part in criterion.subcriteria:
                yield from part.elements

    def count(self, state: State) -> int:
        return sum(element.state is state for element in self.elements())


def score(model: Model, layer: Layer) -> Result:
    """The points of one layer. Raises MarksError when a mark is outside the model or its scale."""
    faults = list(mark_faults(model, layer))
    if faults:
        raise MarksError(faults)
    criteria = tuple(_criterion(criterion, layer) for criterion in model.criteria)
    points, maximum = _sums(criteria)
    band = classify(points / maximum if maximum else None, model.bands)
    return Result(points=points, maximum=maximum, criteria=criteria, band=band)


def element_score(method: Method, mark: Mark) -> Fraction:
    """The exact score of a mark: the single one, or the mean over all the attributes, a blank one counting zero."""
    if mark.attributes:
        return Fraction(sum(mark.attributes.values()), len(method.attributes))
    return whole(mark.score or 0)


@cache
def whole(number: int) -> Fraction:
    """The few whole numbers of scales and points, made once: a country has millions of them."""
    return Fraction(number)


def state_of(method: Method, mark: Mark) -> State:
    """An element is assessed once it has its score, or that of every attribute."""
    if mark.is_excluded:
        return State.EXCLUDED
    whole = mark.score is not None or (mark.attributes and set(method.attributes) <= set(mark.attributes))
    return State.ASSESSED if whole else State.BLANK


def half_marked(model: Model, layer: Layer) -> list[str]:
    """Elements with scores for some of their attributes alone: neither blank nor a score of their own."""
    return [
        element.id
        for element in model.elements()
        if (mark := layer.get(element.id, BLANK)).attributes and state_of(element.method, mark) is State.BLANK
    ]


type Part = Result | CriterionResult | SubcriterionResult


@dataclass(frozen=True, slots=True)
class Scored:
    """How many elements have their score, of those in scope."""

    count: int
    total: int

    @property
    def is_whole(self) -> bool:
        return self.count == self.total


def scored(part: Part) -> Scored:
    states = Counter(element.state for one in part.parts for element in one.elements)
    return Scored(states[State.ASSESSED], states[State.ASSESSED] + states[State.BLANK])


def known_share(part: Part, *, is_final: bool, places: int = 1) -> Decimal | None:
    """Per cent obtained; None while an element of it lacks its score: unknown is not zero.

    In the final result, of a layer sealed or an assessment closed, what the model allowed to stay blank counts zero
    (source: quality.md, 3.3); of what is blank whole, nothing is known even then.
    """
    found = scored(part)
    known = found.is_whole or (is_final and found.count > 0)
    return part.share(places) if known else None


def _criterion(criterion: Criterion, layer: Layer) -> CriterionResult:
    parts = tuple(_subcriterion(part, layer) for part in criterion.subcriteria)
    points, maximum = _sums(parts)
    return CriterionResult(id=criterion.id, points=points, maximum=maximum, subcriteria=parts)


def _subcriterion(part: Subcriterion, layer: Layer) -> SubcriterionResult:
    """With every element excluded its own points leave both sums."""
    elements = tuple(_element(element, layer.get(element.id, BLANK)) for element in part.elements)
    obtained = exact_sum((element.weight, element.points) for element in elements)
    possible = exact_sum((element.weight, element.maximum) for element in elements)
    if not possible:
        return SubcriterionResult(id=part.id, points=whole(0), maximum=whole(0), elements=elements)
    points = Fraction(
        part.points * obtained.numerator * possible.denominator, obtained.denominator * possible.numerator
    )
    return SubcriterionResult(id=part.id, points=points, maximum=whole(part.points), elements=elements)


def _element(element: Element, mark: Mark) -> ElementResult:
    state = state_of(element.method, mark)
    in_scope = state is not State.EXCLUDED
    return ElementResult(
        id=element.id,
        state=state,
        weight=element.weight,
        points=element_score(element.method, mark) if in_scope else whole(0),
        maximum=whole(element.method.maximum if in_scope else 0),
    )


def _sums(parts: Sequence[Achieved]) -> tuple[Fraction, Fraction]:
    return exact_sum((1, part.points) for part in parts), exact_sum((1, part.maximum) for part in parts)


def exact_sum(weighted: Iterable[tuple[int, Fraction]]) -> Fraction:
    """The sum of weight x value, over one common denominator: adding fractions one by one reduces each time."""
    terms = [(weight * value.numerator, value.denominator) for weight, value in weighted]
    common = lcm(*(denominator for _numerator, denominator in terms))
    return Fraction(sum(numerator * (common // denominator) for numerator, denominator in terms), common)


def mark_faults(model: Model, layer: Layer) -> Iterator[Fault]:
    """Marks that cannot be scored: of unknown elements, out of their scale, or excluded where that is not allowed."""
    elements = {element.id: element for element in model.elements()}
    for name, mark in layer.items():
        if name not in elements:
            yield Fault(name, "unknown_element", {"known": tuple(elements)})
        elif mark.is_excluded:
            yield from _exclusion(model, elements[name], mark)
        else:
            yield from _scores(elements[name], mark)


def _exclusion(model: Model, element: Element, mark: Mark) -> Iterator[Fault]:
    if not (model.allow_excluded and element.is_optional):
        yield Fault(element.id, "exclusion_not_allowed")
    if mark.score is not None or mark.attributes:
        yield Fault(element.id, "excluded_and_scored")


def _scores(element: Element, mark: Mark) -> Iterator[Fault]:
    method = element.method
    if mark.score is not None and mark.attributes:
        yield Fault(element.id, "two_scores")
    elif mark.score is not None and not method.takes_single_score:
        yield Fault(element.id, "attributes_required", {"attributes": method.attributes})
    if mark.attributes:
        yield from _unknown_attributes(element, mark)
    for value in (mark.score, *mark.attributes.values()):
        if value is not None and not method.minimum <= value <= method.maximum:
            facts = {"score": value, "minimum": method.minimum, "maximum": method.maximum}
            yield Fault(element.id, "out_of_scale", facts)


def _unknown_attributes(element: Element, mark: Mark) -> Iterator[Fault]:
    known = element.method.attributes
    for name in sorted(mark.attributes.keys() - set(known)):
        yield Fault(element.id, "unknown_attribute", {"attribute": name, "known": known})


def blank_faults(model: Model, layer: Layer) -> Iterator[Fault]:
    """What keeps a layer from being closed: elements not assessed, unless the model allows them."""
    if not model.allow_blank:
        yield from (Fault(name, "not_assessed") for name in blank(model, layer))


def blank(model: Model, layer: Layer) -> Iterator[str]:
    """Elements in scope without a whole mark."""
    for element in model.elements():
        if state_of(element.method, layer.get(element.id, BLANK)) is State.BLANK:
            yield element.id


def proof_faults(
    model: Model, layer: Layer, *, evidence: Mapping[str, int], years: Mapping[str, Collection[int]]
) -> Iterator[Fault]:
    """Scores without their proof. `evidence`: how many papers an element has; `years`: those with a yearly figure.

    Any score above the lowest needs a paper; from the trend level of its method on it needs figures of three years.
    """
    for element in model.elements():
        mark, method = layer.get(element.id, BLANK), element.method
        value = element_score(method, mark)
        if value > method.minimum and not evidence.get(element.id):
            yield Fault(element.id, "without_evidence")
        found = len(set(years.get(element.id, ())))
        if method.trend_level is not None and value >= method.trend_level and found < YEARS_OF_A_TREND:
            yield Fault(element.id, "short_trend", {"years": found, "needed": YEARS_OF_A_TREND})


def granted_level(attested: Mapping[int, bool], *, lowest: int) -> int | None:
    """The highest level whose fact and those of all the lower ones, down to `lowest`, are attested.

    None when not even the lowest is. A level left out counts as not attested: level 3 without level 2 is worth level 1.
    """
    granted = None
    for level in count(lowest):
        if not attested.get(level):
            return granted
        granted = level
    return granted
