"""Stage 5: from which scores the gaps come, what the model offers for them, how the matrix ranks it, and the plan."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cabildo.instruments import queries as answered
from cabildo.instruments.models import Layer
from cabildo.instruments.queries import layers as layer_queries
from cabildo.instruments.queries.items import scores_parts
from cabildo.instruments.rules.scoring import Result
from cabildo.instruments.rules.structure import in_order
from cabildo.meetings.choices import State
from cabildo.meetings.models import Meeting
from cabildo.plans.models import Plan
from cabildo.plans.rules.priority import Candidate, Matrix, Ranked, rank
from cabildo.quality.choices import FindingKind, Subject
from cabildo.quality.models import Cycle, Finding, IssuedReport, MatrixWeights, Option
from cabildo.quality.models.improvement import MATRIX_CRITERIA, WHOLE
from cabildo.quality.queries.validation import DECLARED
from cabildo.quality.rules.gaps import Gap, gaps, recoverable

PLAN_KIND = "quality_improvement"
DISSEMINATION = "quality.feedback"  # what a meeting is about that tells the findings to the organisation
TWELVE_MONTHS = "twelve_months"


@dataclass(frozen=True)
class Baseline:
    """The scores a plan starts from: those of the feedback report, or the declared ones while there is none."""

    layer: Layer
    is_validated: bool
    body: Mapping[str, Any]
    result: Result

    @property
    def gaps(self) -> list[Gap]:
        return gaps(self.result)

    def parts(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """Criterion and subcriterion, in the order of the model."""
        for criterion in in_order(self.body["criteria"], self.body["model"]["order"]):
            for part in criterion["subcriteria"]:
                yield criterion, part

    def element_labels(self) -> dict[str, str]:
        """As people call each: by its subcriterion, where the model scores subcriteria."""
        by_part = scores_parts(self.body)
        return {
            one["id"]: (part if by_part else one)["label"]
            for _criterion, part in self.parts()
            for one in part["elements"]
        }


def baseline_of(cycle: Cycle) -> Baseline | None:
    """The layer of the last feedback report that was issued; without one, what the committee declared."""
    issued = IssuedReport.objects.filter(cycle=cycle, phase=Subject.REPORT).order_by("-number")
    told = issued.select_related("layer__assessment__version__pack").first()
    if told is not None and told.layer is not None:
        return _baseline(told.layer, is_validated=True)
    assessment = cycle.self_assessment
    declared = layer_queries.latest(assessment, DECLARED) if assessment else None
    return _baseline(declared, is_validated=False) if declared else None


def _baseline(layer: Layer, *, is_validated: bool) -> Baseline:
    return Baseline(layer, is_validated, answered.instrument(layer.assessment), layer_queries.scored(layer))


def opportunities_of(cycle: Cycle) -> dict[str, list[Finding]]:
    """What the validators saw to improve, by subcriterion, once their report went out. Two queries."""
    found: dict[str, list[Finding]] = {}
    if IssuedReport.objects.filter(cycle=cycle, phase=Subject.REPORT).exists():
        seen = Finding.objects.filter(cycle=cycle, phase=Subject.REPORT, kind=FindingKind.OPPORTUNITY)
        for one in seen.order_by("pk"):
            found.setdefault(one.subcriterion, []).append(one)
    return found


@dataclass(frozen=True)
class Offer:
    """A methodology of the model for gaps of its subcriterion, and what the cycle thinks of it, if anything yet."""

    criterion: Mapping[str, Any]
    part: Mapping[str, Any]
    methodology: Mapping[str, Any]
    gaps: tuple[Gap, ...]
    option: Option | None

    @property
    def code(self) -> str:
        return str(self.methodology["id"])

    @property
    def points(self) -> Fraction:
        """Those that could be won back: of the elements that it helps to raise, up to their highest."""
        return recoverable(self.gaps, self.methodology["closes"])

    @property
    def values(self) -> dict[str, int]:
        """Those that are known."""
        known = {name: getattr(self.option, name, None) for name in MATRIX_CRITERIA}
        return {name: value for name, value in known.items() if value is not None}

    @property
    def is_valued(self) -> bool:
        return len(self.values) == len(MATRIX_CRITERIA)


def offers_of(cycle: Cycle, baseline: Baseline) -> list[Offer]:
    """Methodologies that help with some gap, and those the cycle already weighed, in the order of the model. A query.

    Its lines of the plan come with them.
    """
    known = {one.methodology: one for one in Option.objects.filter(cycle=cycle).select_related("line")}
    open_gaps = baseline.gaps
    found = []
    for criterion, part in baseline.parts():
        for methodology in part["methodologies"]:
            closed = tuple(gap for gap in open_gaps if gap.element in methodology["closes"])
            option = known.get(methodology["id"])
            if closed or option:
                found.append(Offer(criterion, part, methodology, closed, option))
    return found


def without_line(offers: list[Offer]) -> list[Offer]:
    """What was chosen and is not in the plan."""
    return [
        offer
        for offer in offers
        if offer.option
        and offer.option.is_chosen
        and (offer.option.line is None or offer.option.line.removed_on is not None)
    ]


def weights_of(cycle: Cycle) -> MatrixWeights:
    """Those of the cycle; else those of the last cycle that had its own; else the usual ones, not yet kept."""
    rows = MatrixWeights.objects.filter(cycle__number__lte=cycle.number).order_by("-cycle__number")
    held = rows.select_related("cycle").first()
    if held is not None and held.cycle_id == cycle.pk:
        return held
    fresh = MatrixWeights(cycle=cycle, revision=0)
    for name in MATRIX_CRITERIA if held else ():
        setattr(fresh, name, getattr(held, name))
    return fresh


def matrix_of(weights: MatrixWeights) -> Matrix:
    """The weights as fractions of one, and the hard gate."""
    return Matrix({name: Fraction(getattr(weights, name), WHOLE) for name in MATRIX_CRITERIA}, (TWELVE_MONTHS,))


def ranking(offers: list[Offer], weights: MatrixWeights) -> list[tuple[Ranked, Offer]]:
    """Those with all their values, the first to do first; whatever does not fit in twelve months comes last."""
    valued = {offer.code: offer for offer in offers if offer.is_valued}
    candidates = (
        Candidate(
            code=offer.code,
            values=offer.values,
            passes=frozenset({TWELVE_MONTHS} if offer.option and offer.option.is_feasible else ()),
            gap_points=offer.points,
        )
        for offer in valued.values()
    )
    return [(ranked, valued[ranked.candidate.code]) for ranked in rank(matrix_of(weights), candidates)]


def dissemination_meeting(cycle: Cycle) -> Meeting | None:
    """The last one planned that was not cancelled."""
    mine = Meeting.objects.filter(on_type=DISSEMINATION, on_id=str(cycle.pk))
    return mine.exclude(state=State.CANCELLED).order_by("-planned_start_at").first()


def plan_of(cycle: Cycle) -> Plan | None:
    """The improvement plan of the cycle."""
    mine = Plan.objects.filter(kind=PLAN_KIND, on_type=cycle._meta.label_lower, on_id=str(cycle.pk))
    return mine.select_related("department").order_by("-pk").first()
