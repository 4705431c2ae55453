"""How does a validation go on, which marks need a reason, and what does the feedback report still lack?"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from cabildo.instruments.rules.agreement import Pair
from cabildo.instruments.rules.layers import Reason
from cabildo.instruments.rules.scoring import (
    BLANK,
    Mark,
    Result,
    State,
    blank,
    blank_faults,
    element_score,
    half_marked,
    state_of,
)
from cabildo.instruments.rules.structure import Element, Model
from cabildo.workflow.rules.transitions import Machine, Transition

type Marks = Mapping[str, Mark]


class Step(StrEnum):
    """What moves a validation on."""

    SCHEDULE = "schedule"
    HOLD = "hold"
    AGREE = "agree"
    ISSUE = "issue"
    OBSERVE = "observe"
    REPLY = "reply"
    SETTLE = "settle"


MACHINE = Machine(
    states=frozenset({"review", "scheduled", "held", "consensus", "issued", "observed", "replied", "firm"}),
    transitions=(
        Transition(Step.SCHEDULE, frozenset({"review"}), "scheduled"),
        Transition(Step.HOLD, frozenset({"scheduled"}), "held"),
        Transition(Step.AGREE, frozenset({"held"}), "consensus"),
        Transition(Step.ISSUE, frozenset({"consensus"}), "issued"),
        Transition(Step.OBSERVE, frozenset({"issued", "observed", "replied"}), "observed"),
        Transition(Step.REPLY, frozenset({"observed"}), "replied"),
        Transition(Step.SETTLE, frozenset({"issued", "replied"}), "firm"),
    ),
    initial="review",
    final=frozenset({"firm"}),
)
ORDER = ("review", "scheduled", "held", "consensus", "issued", "observed", "replied", "firm")
MARKING = frozenset({"review", "scheduled", "held"})  # each validator writes and seals their own marks
BEFORE_INTERVIEW = frozenset({"review", "scheduled"})
AGREEING = frozenset({"held", "consensus", "observed"})  # the agreed marks are written and sealed
WRITING = frozenset({"review", "scheduled", "held", "consensus", "observed"})  # findings and summary change
OUT = frozenset({"issued", "observed", "replied", "firm"})  # the municipality reads the report
OPEN_TO_OBSERVE = frozenset({"issued", "observed", "replied"})
SETTLED_FROM = frozenset({"issued", "replied"})


def is_past(state: str, wanted: Collection[str]) -> bool:
    """Has a validation in this state gone beyond every state in which something is done? Else that is still to come."""
    return all(ORDER.index(state) > ORDER.index(one) for one in wanted)


@dataclass(frozen=True, slots=True)
class Lack:
    """A subcriterion that the feedback report says too little of: no strength, or no opportunity to improve."""

    part: str
    kind: str


def changed(declared: Marks, marks: Marks) -> list[str]:
    """Elements whose mark differs from the declared one, in the order of the marks; a blank one counts as a mark."""
    return [name for name, mark in marks.items() if _said(mark) != _said(declared.get(name, BLANK))]


def unexplained(declared: Marks, marks: Marks, reasons: Mapping[str, Reason]) -> list[str]:
    """Elements changed without the code and the words that every change of score needs."""
    return [name for name in changed(declared, marks) if not _is_told(reasons.get(name))]


def agreed(layers: Collection[Marks], name: str) -> Mark | None:
    """The mark that every layer gives to an element; None when they differ, or there is no layer."""
    found = [layer.get(name, BLANK) for layer in layers]
    return found[0] if found and all(_said(mark) == _said(found[0]) for mark in found) else None


def pairs(model: Model, first: Marks, second: Marks) -> list[Pair]:
    """What both layers score of each element assessed in both; what does not apply in one of them is left out."""
    return [
        (element_score(one.method, first[one.id]), element_score(one.method, second[one.id]))
        for one in model.elements()
        if _is_assessed(one, first) and _is_assessed(one, second)
    ]


def scale(model: Model) -> int:
    """From the lowest to the highest score of its widest method."""
    return max((one.method.maximum - one.method.minimum for one in model.elements()), default=0)


def step(model: Model) -> Fraction:
    """The widest step of its methods: how near two scores are near."""
    return max((one.method.step for one in model.elements()), default=Fraction(1))


def unmarked(model: Model, declared: Marks, marks: Marks) -> list[str]:
    """What keeps marks from being sealed: what is blank where it was declared or must not be, and half a mark."""
    left = set(half_marked(model, marks)) | {fault.element for fault in blank_faults(model, marks)}
    left |= {name for name in blank(model, marks) if name in declared and declared[name] != BLANK}
    return [one.id for one in model.elements() if one.id in left]


def lacking(result: Result, told: Mapping[str, Iterable[str]], *, strength: str, opportunity: str) -> list[Lack]:
    """What the findings lack, `told` being part → kinds: an opportunity unless the part has all its points, a strength
    unless it has none. A part where nothing applies needs neither."""
    found = []
    for part in (part for criterion in result.criteria for part in criterion.subcriteria if part.maximum):
        kinds = set(told.get(part.id, ()))
        if part.points > 0 and strength not in kinds:
            found.append(Lack(part.id, strength))
        if part.points < part.maximum and opportunity not in kinds:
            found.append(Lack(part.id, opportunity))
    return found


def _said(mark: Mark) -> tuple[int | None, bool, tuple[tuple[str, int], ...]]:
    return mark.score, mark.is_excluded, tuple(sorted(mark.attributes.items()))


def _is_told(reason: Reason | None) -> bool:
    return reason is not None and bool(reason.code) and bool(reason.text.strip())


def _is_assessed(element: Element, layer: Marks) -> bool:
    return state_of(element.method, layer.get(element.id, BLANK)) is State.ASSESSED
