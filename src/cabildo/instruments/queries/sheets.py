"""A model being filled in, read whole: sheets, proposals, evidence, figures, what was agreed and what is missing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from cabildo.accounts.models import Department
from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of_all
from cabildo.instruments.models import Assessment, Evidence, EvidenceUse, PartSummary, Proposal, Sheet, YearFigure
from cabildo.instruments.queries.items import Item, items_of
from cabildo.instruments.queries.layers import model
from cabildo.instruments.rules import scoring, sheets
from cabildo.instruments.rules.scoring import Fault, Mark
from cabildo.instruments.rules.structure import Model

# what is told and does not keep from closing
WARNINGS = frozenset({"evidence_expired", "left_blank", "levels_stranded", "without_summary"})
type Series = Mapping[str, Sequence[YearFigure]]  # indicator → its figures, the oldest first


@dataclass(frozen=True)
class Filled:
    """One reading of all that was written; keys are ids of elements, parts and sheets."""

    assessment: Assessment
    items: Sequence[Item]
    sheets: Mapping[str, Sheet]
    helpers: Mapping[int, Sequence[Department]]
    proposals: Mapping[int, Sequence[Proposal]]
    evidence: Mapping[str, Sequence[Evidence]]
    figures: Mapping[str, Series]
    summaries: Mapping[str, PartSummary]
    today: date

    @cached_property
    def marks(self) -> dict[str, Mark]:
        return {name: agreed_mark(sheet) for name, sheet in self.sheets.items() if sheet.is_agreed}

    @cached_property
    def result(self) -> scoring.Result:
        """Points of what was agreed so far; what is blank counts zero and is told apart."""
        return scoring.score(model(self.assessment), self.marks)

    @cached_property
    def faults(self) -> tuple[Fault, ...]:
        return tuple(_faults(self))

    @property
    def blocking(self) -> list[Fault]:
        """The faults that keep it from being closed."""
        return [fault for fault in self.faults if fault.code not in WARNINGS]

    def is_divergent(self, name: str) -> bool:
        """Did people propose different things for this element?"""
        sheet = self.sheets.get(name)
        return sheet is not None and sheets.is_divergent([proposed_mark(p) for p in self.proposals.get(sheet.pk, ())])


def read(assessment: Assessment, today: date, *, for_paper: bool = False) -> Filled:
    """Everything, in six queries however many elements there are; who wrote and agreed each sheet only `for_paper`."""
    proposals: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in Proposal.objects.filter(sheet__assessment=assessment).select_related("user"):
        proposals[proposal.sheet_id].append(proposal)
    return Filled(
        assessment=assessment,
        items=items_of(assessment),
        sheets=sheets_of(assessment, with_people=for_paper),
        helpers=helpers_of(assessment),
        proposals=proposals,
        evidence=evidence_by_element(assessment),
        figures=series_by_element(assessment),
        summaries=summaries_of(assessment),
        today=today,
    )


def sheets_of(assessment: Assessment, *, with_people: bool = False) -> dict[str, Sheet]:
    """Element → its sheet with its department, and who wrote and agreed it. One query."""
    people = ("written_by", "agreed_by") if with_people else ()
    return {sheet.element: sheet for sheet in assessment.sheets.select_related("department", *people)}


def helpers_of(assessment: Assessment) -> dict[int, list[Department]]:
    """Sheet → the departments that help to write it. One query: a prefetch would make a manager for each sheet."""
    found: dict[int, list[Department]] = defaultdict(list)
    pairs = Sheet.helpers.through.objects.filter(sheet__assessment=assessment).select_related("department")
    for pair in pairs.order_by("department__name", "pk"):
        found[pair.sheet_id].append(pair.department)
    return found


def evidence_by_element(assessment: Assessment) -> dict[str, list[Evidence]]:
    """Element → the evidence it uses. One query."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    uses = EvidenceUse.objects.filter(evidence__assessment=assessment).select_related("evidence")
    for use in uses.order_by("evidence__title", "pk"):
        found[use.element].append(use.evidence)
    return found


def series_by_element(assessment: Assessment) -> dict[str, dict[str, list[YearFigure]]]:
    """Element → indicator → its figures, the oldest first. One query."""
    found: dict[str, dict[str, list[YearFigure]]] = defaultdict(dict)
    for figure in assessment.figures.select_related("evidence").order_by("indicator", "year"):
        found[figure.element].setdefault(figure.indicator, []).append(figure)
    return found


def summaries_of(assessment: Assessment) -> dict[str, PartSummary]:
    """Part → its strengths and gaps. One query."""
    return {summary.part: summary for summary in assessment.summaries.all()}


def files_of(papers: Iterable[Evidence]) -> dict[int, list[Document]]:
    """Evidence → the files that can be opened; those of a paper carried over are of where it came from. One query."""
    papers = list(papers)
    owners = {paper.carried_from_id or paper.pk: paper for paper in papers}
    kept: dict[int, list[Document]] = defaultdict(list)
    for document in documents_of_all([Evidence(pk=pk) for pk in owners]).filter(erased_at__isnull=True):
        kept[int(document.owner_id)].append(document)
    return {paper.pk: kept[paper.carried_from_id or paper.pk] for paper in papers}


def library(assessment: Assessment) -> list[Evidence]:
    """All the evidence with its uses. Two queries."""
    return list(assessment.evidence.prefetch_related("uses"))


def visible_proposals(sheet: Sheet, user: Any) -> list[Proposal]:
    """All once the consensus is open; until then each sees only their own."""
    found = sheet.proposals.select_related("user")
    return list(found if sheet.consensus_opened_at else found.filter(user=user))


def marks(assessment: Assessment) -> dict[str, Mark]:
    """Element → what was agreed of it; what was not agreed is left out. One query."""
    return {sheet.element: agreed_mark(sheet) for sheet in assessment.sheets.filter(agreed_at__isnull=False)}


def completeness(assessment: Assessment, today: date) -> tuple[Fault, ...]:
    """What is missing or does not hold, in the order of the model; `element` of a `without_summary` is its part."""
    return read(assessment, today).faults


def agreed_mark(sheet: Sheet) -> Mark:
    return Mark(sheet.agreed_score, sheet.agreed_attributes, sheet.is_excluded)


def proposed_mark(proposal: Proposal) -> Mark:
    return Mark(proposal.score, proposal.attributes, proposal.is_excluded)


def _faults(filled: Filled) -> Iterator[Fault]:
    whole = model(filled.assessment)
    evidence = {name: len(papers) for name, papers in filled.evidence.items()}
    years = {name: longest_years(series) for name, series in filled.figures.items()}
    found = [
        *_blank(whole, filled.marks),
        *scoring.proof_faults(whole, filled.marks, evidence=evidence, years=years),
        *(fault for item in filled.items for fault in _of_sheet(filled, item)),
    ]
    order = {item.id: place for place, item in enumerate(filled.items)}
    yield from sorted(found, key=lambda fault: order[fault.element])
    yield from (Fault(part, "without_summary") for part in _parts(filled) if not _is_told(filled.summaries.get(part)))


def _blank(whole: Model, given: Mapping[str, Mark]) -> Iterator[Fault]:
    """What is blank: it keeps from closing, or is told where the model allows it; nothing at all is never closed."""
    may_stay = whole.allow_blank and given
    for name in scoring.blank(whole, given):
        yield Fault(name, "left_blank") if may_stay else Fault(name, "not_assessed")


def longest_years(series: Series) -> frozenset[int]:
    return sheets.longest_series({name: [figure.year for figure in found] for name, found in series.items()})


def _of_sheet(filled: Filled, item: Item) -> Iterator[Fault]:
    """What does not hold between the agreed mark, the text, the levels attested and the evidence."""
    sheet, mark = filled.sheets[item.id], filled.marks.get(item.id)
    if mark is not None and mark.is_excluded:
        return
    if mark is not None and not sheet.text.strip() and scoring.element_score(item.element.method, mark) > 0:
        yield Fault(item.id, "without_text")
    if item.is_levelled:
        yield from _of_levels(item, sheet, mark)
    expired = [paper.title for paper in filled.evidence.get(item.id, ()) if is_expired(paper, filled.today)]
    if expired:
        yield Fault(item.id, "evidence_expired", {"titles": tuple(expired)})


def _of_levels(item: Item, sheet: Sheet, mark: Mark | None) -> Iterator[Fault]:
    method = item.element.method
    reached = sheets.granted(method, sheet.attested)
    if mark is not None and mark.score is not None and mark.score > reached:
        yield Fault(item.id, "above_attested", {"score": mark.score, "granted": reached})
    over = sheets.stranded(method, sheet.attested)
    if over:
        yield Fault(item.id, "levels_stranded", {"level": over[0], "missing": reached + 1})


def is_expired(paper: Evidence, today: date) -> bool:
    """Did it stop serving before today?"""
    return paper.valid_until is not None and paper.valid_until < today


def _parts(filled: Filled) -> list[str]:
    return list(dict.fromkeys(item.part["id"] for item in filled.items))


def _is_told(summary: PartSummary | None) -> bool:
    return summary is not None and bool(summary.strengths.strip() or summary.gaps.strip())
