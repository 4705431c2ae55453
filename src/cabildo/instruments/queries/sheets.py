"""A model being filled in, read whole: sheets, proposals, evidence, figures and what is said of each part."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from cabildo.accounts.models import Department
from cabildo.documents.models import Document
from cabildo.documents.queries import documents_of_all
from cabildo.instruments.models import Assessment, Evidence, EvidenceUse, PartSummary, Proposal, Sheet, YearFigure
from cabildo.instruments.queries.filled import Filled, agreed_mark, is_told
from cabildo.instruments.queries.items import items_of
from cabildo.instruments.rules.scoring import Mark

type Series = Mapping[str, Sequence[YearFigure]]  # indicator → its figures, the oldest first


@dataclass(frozen=True)
class Whole(Filled):
    """The rows themselves, for who prints them or discusses them; keys are ids of elements, parts and sheets."""

    sheets: Mapping[str, Sheet]
    helpers: Mapping[int, Sequence[Department]]
    proposals: Mapping[int, Sequence[Proposal]]
    evidence: Mapping[str, Sequence[Evidence]]
    figures: Mapping[str, Series]
    summaries: Mapping[str, PartSummary]


def read(assessment: Assessment, today: date, *, for_paper: bool = False) -> Whole:
    """Everything, in six queries however many elements there are; who wrote and agreed each sheet only `for_paper`."""
    helpers, proposals = helpers_of(assessment), proposals_of(assessment)
    evidence, figures = evidence_by_element(assessment), series_by_element(assessment)
    summaries = summaries_of(assessment)
    return Whole(
        assessment=assessment,
        items=items_of(assessment),
        sheets=sheets_of(assessment, with_people=for_paper),
        helpers=helpers,
        helping={pk: {one.pk for one in found} for pk, found in helpers.items()},
        proposals=proposals,
        proposed={pk: [proposed_mark(one) for one in found] for pk, found in proposals.items()},
        evidence=evidence,
        papers={name: len(found) for name, found in evidence.items()},
        expired={name: [one.title for one in found if is_expired(one, today)] for name, found in evidence.items()},
        figures=figures,
        years={name: _years(series) for name, series in figures.items()},
        summaries=summaries,
        told={name for name, summary in summaries.items() if is_told(summary.strengths + summary.gaps)},
    )


def _years(series: Series) -> dict[str, list[int]]:
    return {name: [figure.year for figure in found] for name, found in series.items()}


def sheets_of(assessment: Assessment, *, with_people: bool = False) -> dict[str, Sheet]:
    """Element → its sheet with its department, and who wrote and agreed it. One query."""
    people = ("written_by", "agreed_by") if with_people else ()
    return {sheet.element: sheet for sheet in assessment.sheets.select_related("department", *people)}


def proposals_of(assessment: Assessment) -> dict[int, list[Proposal]]:
    """Sheet → the marks proposed for it, with who proposes each. One query."""
    found: dict[int, list[Proposal]] = defaultdict(list)
    for proposal in Proposal.objects.filter(sheet__assessment=assessment).select_related("user"):
        found[proposal.sheet_id].append(proposal)
    return found


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


def proposed_mark(proposal: Proposal) -> Mark:
    return Mark(proposal.score, proposal.attributes, proposal.is_excluded)


def is_expired(paper: Evidence, today: date) -> bool:
    """Did it stop serving before today?"""
    return paper.valid_until is not None and paper.valid_until < today
