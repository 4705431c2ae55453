"""What the committee is shown: what is still to agree, those that diverge most first, and the subcriteria summed up."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from cabildo.instruments.models import PartSummary, Sheet
from cabildo.instruments.queries.items import Item
from cabildo.instruments.queries.sheets import Whole
from cabildo.instruments.rules import sheets as rules
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.shown.achieved import in_words
from cabildo.quality.shown.self_assessment import Row, mark_words, rows
from cabildo.quality.shown.sheets import granted_line, panel_line, spread_words


@dataclass(frozen=True)
class Pending:
    """An element to agree. What people proposed is said only once its consensus is open."""

    row: Row
    sheet: Sheet
    granted: str
    spread: str
    distance: Fraction


@dataclass(frozen=True)
class PartShown:
    """A subcriterion with its result and what the committee wrote."""

    id: str
    label: str
    obtained: str
    marks: list[str]
    summary: PartSummary | None


def queue(filled: Whole) -> tuple[list[Pending], list[Row]]:
    """What has no mark yet, open and most divergent first, then in the order of the model; and what has one."""
    found = rows(filled)
    pending = [_pending(filled, row) for row in found if row.mark is None]
    pending.sort(key=lambda one: (one.sheet.consensus_opened_at is None, not one.spread, -one.distance))
    return pending, [row for row in found if row.mark is not None]


def _pending(filled: Whole, row: Row) -> Pending:
    method, sheet = row.item.element.method, filled.sheets[row.item.id]
    marks = filled.proposed.get(sheet.pk, ()) if sheet.consensus_opened_at else ()
    granted = granted_line(row.item, sheet).granted if row.item.is_levelled else panel_line(row.item, sheet)
    relative = rules.spread(method, marks) / (method.maximum - method.minimum)
    return Pending(row, sheet, granted, spread_words(row.item, marks), relative)


def suggested(item: Item, sheet: Sheet) -> Mark:
    """What the sheet itself says: the level its list grants, or the scores its writers gave."""
    if item.is_levelled:
        return Mark(rules.granted(item.element.method, sheet.attested)) if sheet.attested else Mark()
    return Mark(sheet.score, sheet.attributes)


def parts(filled: Whole) -> list[PartShown]:
    """Every subcriterion in the order of the model."""
    labels = {item.part["id"]: item.part["label"] for item in filled.items}
    return [
        PartShown(
            part.id, labels[part.id], in_words(filled, part), _marks(filled, part.id), filled.summaries.get(part.id)
        )
        for criterion in filled.result.criteria
        for part in criterion.subcriteria
    ]


def _marks(filled: Whole, part: str) -> list[str]:
    mine: Sequence[Item] = [item for item in filled.items if item.part["id"] == part and item.id in filled.marks]
    return [f"{item.label}: {mark_words(item, filled.marks[item.id])}" for item in mine]
