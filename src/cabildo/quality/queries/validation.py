"""A validation read whole: what was declared, what each validator sealed, what they agreed, and what is missing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.conf import settings

from cabildo.accounts.models import User
from cabildo.instruments.models import Assessment, Layer, LayerMark
from cabildo.instruments.queries import layers
from cabildo.instruments.queries.items import Item, items_of
from cabildo.instruments.rules import scoring
from cabildo.instruments.rules.agreement import Agreement, agreement
from cabildo.instruments.rules.layers import Reason
from cabildo.instruments.rules.scoring import Mark
from cabildo.instruments.rules.structure import Model
from cabildo.quality.choices import FindingKind, Subject
from cabildo.quality.models import Cycle, DraftMark, Finding, IssuedReport, Validation, ValidatorAssignment
from cabildo.quality.queries import validators
from cabildo.quality.rules import validation as rules
from cabildo.quality.rules.validation import Lack

DECLARED, CONSENSUS = "declared", "consensus"


@dataclass(frozen=True)
class Marked:
    """A layer in force with its marks and their reasons."""

    layer: Layer
    marks: Mapping[str, Mark]
    reasons: Mapping[str, Reason]


@dataclass(frozen=True)
class Whole:
    """Everything sealed about a self-assessment, read in a constant number of queries."""

    validation: Validation
    assessment: Assessment
    items: Sequence[Item]
    model: Model
    declared: Marked
    assignments: Sequence[ValidatorAssignment]
    by_party: Mapping[str, Marked]

    @property
    def acting(self) -> list[ValidatorAssignment]:
        return [one for one in self.assignments if one.may_act]

    @property
    def took_part(self) -> list[ValidatorAssignment]:
        return validators.who_stayed(self.assignments, self.validation.cycle)

    @property
    def consensus(self) -> Marked | None:
        return self.by_party.get(CONSENSUS)

    @property
    def sealed(self) -> list[Marked]:
        """The layers of those who took part, in the order of their assignment."""
        return [self.by_party[one.party] for one in self.took_part if one.party in self.by_party]

    @property
    def unsealed(self) -> list[ValidatorAssignment]:
        return [one for one in self.acting if one.party not in self.by_party]

    @property
    def is_stale(self) -> bool:
        """Did the municipality declare anew after the review began?"""
        return self.validation.declared_id != self.declared_now.pk

    @property
    def declared_now(self) -> Layer:
        found = self.by_party.get(DECLARED)
        return found.layer if found else self.declared.layer

    @cached_property
    def declared_result(self) -> scoring.Result:
        return scoring.score(self.model, self.declared.marks)

    @cached_property
    def validated_result(self) -> scoring.Result | None:
        return scoring.score(self.model, self.consensus.marks) if self.consensus else None

    def agreement_with(self, other: Marked) -> Agreement | None:
        """How far a layer agrees with what was declared; None when no element was scored in both."""
        return agreement(rules.pairs(self.model, self.declared.marks, other.marks), rules.step(self.model))


def validation_of(cycle: Cycle) -> Validation | None:
    """One query; the pinned version comes along, without its body."""
    found = Validation.objects.filter(cycle=cycle)
    whole = "declared__assessment__version"
    return found.select_related(f"{whole}__pack", "cycle", "interview").defer(f"{whole}__body").first()


def declared_layer(cycle: Cycle) -> Layer | None:
    """What the committee sealed when it sent its report."""
    return layers.latest(cycle.self_assessment, DECLARED) if cycle.self_assessment else None


def whole_of(validation: Validation) -> Whole:
    """Layers with their marks in one query each for layers and marks, however many elements and validators."""
    assessment = validation.declared.assessment
    latest = layers.latest_by_party(assessment)
    read = _marked([*latest.values(), validation.declared])
    return Whole(
        validation=validation,
        assessment=assessment,
        items=items_of(assessment),
        model=layers.model(assessment),
        declared=read[validation.declared.pk],
        assignments=validators.assignments_of(validation.cycle),
        by_party={party: read[layer.pk] for party, layer in latest.items()},
    )


def _marked(found: Sequence[Layer]) -> dict[int, Marked]:
    marks: dict[int, dict[str, Mark]] = defaultdict(dict)
    reasons: dict[int, dict[str, Reason]] = defaultdict(dict)
    for row in LayerMark.objects.filter(layer__in=[layer.pk for layer in found]).order_by("pk"):
        marks[row.layer_id][row.element] = Mark(row.score, row.attributes, row.is_excluded)
        if row.reason_code:
            reasons[row.layer_id][row.element] = Reason(row.reason_code, row.reason)
    return {layer.pk: Marked(layer, marks[layer.pk], reasons[layer.pk]) for layer in found}


def drafts_of(validation: Validation, assignment: ValidatorAssignment | None) -> dict[str, DraftMark]:
    """Element → what this validator would mark; of nobody, what all of them would agree. One query."""
    return {draft.element: draft for draft in DraftMark.objects.filter(validation=validation, assignment=assignment)}


def mark_of(draft: DraftMark) -> Mark:
    return Mark(draft.score, draft.attributes, draft.is_excluded)


def reason_of(draft: DraftMark) -> Reason | None:
    return Reason(draft.reason_code, draft.reason) if draft.reason_code else None


def is_marked(draft: DraftMark) -> bool:
    return draft.score is not None or draft.is_excluded or bool(draft.attributes)


@dataclass(frozen=True)
class Proposed:
    """What would be sealed now: the marks with their reasons, and what keeps it from being sealed."""

    marks: Mapping[str, Mark]
    reasons: Mapping[str, Reason]
    missing: Sequence[str]
    unexplained: Sequence[str]

    @property
    def is_whole(self) -> bool:
        return not self.missing and not self.unexplained


def own_marks(whole: Whole, assignment: ValidatorAssignment) -> Proposed:
    """The drafts of a validator. One query."""
    drafts = drafts_of(whole.validation, assignment)
    return _proposed(whole, {name: draft for name, draft in drafts.items() if is_marked(draft)}, {}, {})


def agreed_marks(whole: Whole) -> Proposed:
    """What all the validators would seal: where their sealed marks are the same, that one; else what they wrote as
    agreed. One query."""
    drafts = {name: one for name, one in drafts_of(whole.validation, None).items() if is_marked(one)}
    sealed = [one.marks for one in whole.sealed]
    common = {item.id: mark for item in whole.items if (mark := rules.agreed(sealed, item.id)) is not None}
    reasons = {name: reason for name in common if (reason := _first_reason(whole.sealed, name)) is not None}
    return _proposed(whole, drafts, common, reasons)


def _first_reason(sealed: Sequence[Marked], name: str) -> Reason | None:
    return next((one.reasons[name] for one in sealed if name in one.reasons), None)


def _proposed(
    whole: Whole, drafts: Mapping[str, DraftMark], marks: Mapping[str, Mark], reasons: Mapping[str, Reason]
) -> Proposed:
    """In the order of the model; a draft takes the place of a common mark, with its own reason."""
    written = {name: mark_of(draft) for name, draft in drafts.items()}
    all_marks = {**marks, **written}
    found = {item.id: all_marks[item.id] for item in whole.items if item.id in all_marks}
    told = {name: reason for name, reason in reasons.items() if name not in drafts}
    told |= {name: reason for name, draft in drafts.items() if (reason := reason_of(draft)) is not None}
    missing = rules.unmarked(whole.model, whole.declared.marks, found)
    return Proposed(found, told, missing, rules.unexplained(whole.declared.marks, found, told))


def findings_of(cycle: Cycle) -> list[Finding]:
    """What was found in the self-assessment, strengths first. One query."""
    order = {FindingKind.STRENGTH: 0, FindingKind.OPPORTUNITY: 1}
    found = Finding.objects.filter(cycle=cycle, phase=Subject.REPORT).select_related("by").order_by("pk")
    return sorted(found, key=lambda one: order[FindingKind(one.kind)])


def lacks(whole: Whole, findings: Sequence[Finding]) -> list[Lack]:
    """What the findings lack for the agreed scores, or for the declared ones while nothing is agreed."""
    told: dict[str, list[str]] = defaultdict(list)
    for one in findings:
        told[one.subcriterion].append(one.kind)
    result = whole.validated_result or whole.declared_result
    return rules.lacking(result, told, strength=FindingKind.STRENGTH, opportunity=FindingKind.OPPORTUNITY)


def reports_of(cycle: Cycle, phase: str = Subject.REPORT) -> list[IssuedReport]:
    """Those issued, the newest first. One query."""
    found = IssuedReport.objects.filter(cycle=cycle, phase=phase).select_related("document", "layer", "issued_by")
    return list(found.order_by("-number"))


def acts_on(user: User, cycle: Cycle) -> ValidatorAssignment | None:
    """The assignment with which this person may validate the cycle now."""
    found = validators.assignment_for(user, cycle)
    return found if found is not None and found.may_act else None


def needs_review(whole: Whole, other: Marked) -> bool:
    """Does a layer differ from the declared one by more than is tolerated? Limits are shares of the scale."""
    found, span = whole.agreement_with(other), rules.scale(whole.model)
    limits = [Fraction(text) * span for text in (settings.QUALITY_BIAS_LIMIT, settings.QUALITY_CHANGE_LIMIT)]
    return found is not None and found.needs_review(bias_limit=limits[0], change_limit=limits[1])


@dataclass(frozen=True)
class Told:
    """What the last report said: the municipality reads this, and nothing that is being written since."""

    report: IssuedReport
    consensus: Marked
    summary: str
    findings: Sequence[Finding]


def told(report: IssuedReport) -> Told:
    """Of a feedback report. One query."""
    if report.layer is None:
        raise LookupError(report.pk)
    findings = [Finding(cycle_id=report.cycle_id, **one) for one in report.content["findings"]]
    return Told(report, _marked([report.layer])[report.layer.pk], report.content["summary"], findings)
