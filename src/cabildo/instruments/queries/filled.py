"""What the rules ask of a model being filled in: what was agreed, what is missing, what does not hold together."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from cabildo.instruments.models import Assessment
from cabildo.instruments.queries.items import Item
from cabildo.instruments.queries.layers import model
from cabildo.instruments.rules import scoring, sheets
from cabildo.instruments.rules.scoring import Fault, Mark
from cabildo.instruments.rules.structure import Model

# what is told and does not keep from closing
WARNINGS = frozenset({"evidence_expired", "left_blank", "levels_stranded", "without_summary"})


class Agreed(Protocol):
    """What the group agreed of an element."""

    @property
    def agreed_score(self) -> int | None: ...
    @property
    def agreed_attributes(self) -> Any: ...
    @property
    def is_excluded(self) -> bool: ...


class SheetSeen(Agreed, Protocol):
    """What an overview tells of a sheet. `department` is known by its name."""

    @property
    def pk(self) -> Any: ...
    @property
    def department_id(self) -> int | None: ...
    @property
    def department(self) -> Any: ...
    @property
    def due_on(self) -> Any: ...
    @property
    def text(self) -> Any: ...
    @property
    def attested(self) -> Any: ...
    @property
    def consensus_opened_at(self) -> Any: ...
    @property
    def is_written(self) -> bool: ...
    @property
    def is_carried(self) -> bool: ...
    @property
    def is_agreed(self) -> bool: ...


@dataclass(frozen=True)
class Filled:
    """One reading of what was written. `sheets`, `papers`, `expired` and `years` go by element, the others by sheet.

    `papers` counts the evidence, `expired` holds the titles of what no longer serves, `years` those with a figure by
    indicator, `helping` the ids of departments, and `told` the parts whose strengths or gaps were written.
    """

    assessment: Assessment
    items: Sequence[Item]
    sheets: Mapping[str, SheetSeen]
    helping: Mapping[int, Collection[int]]
    proposed: Mapping[int, Sequence[Mark]]
    papers: Mapping[str, int]
    expired: Mapping[str, Sequence[str]]
    years: Mapping[str, Mapping[str, Sequence[int]]]
    told: Collection[str]

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

    @cached_property
    def blocking(self) -> list[Fault]:
        """The faults that keep it from being closed."""
        return [fault for fault in self.faults if fault.code not in WARNINGS]

    @property
    def may_stay_blank(self) -> bool:
        """Does the model let an element close without a score, once another has one?"""
        return model(self.assessment).allow_blank

    def is_divergent(self, name: str) -> bool:
        """Did people propose different things for this element?"""
        sheet = self.sheets.get(name)
        return sheet is not None and sheets.is_divergent(self.proposed.get(sheet.pk, ()))


def agreed_mark(sheet: Agreed) -> Mark:
    return Mark(sheet.agreed_score, sheet.agreed_attributes, sheet.is_excluded)


def _faults(filled: Filled) -> Iterator[Fault]:
    whole = model(filled.assessment)
    years = {name: sheets.longest_series(series) for name, series in filled.years.items()}
    found = [
        *_blank(whole, filled.marks),
        *scoring.proof_faults(whole, filled.marks, evidence=filled.papers, years=years),
        *(fault for item in filled.items for fault in _of_sheet(filled, item)),
    ]
    order = {item.id: place for place, item in enumerate(filled.items)}
    yield from sorted(found, key=lambda fault: order[fault.element])
    yield from (Fault(part, "without_summary") for part in _parts(filled) if part not in filled.told)


def _blank(whole: Model, given: Mapping[str, Mark]) -> Iterator[Fault]:
    """What is blank: it keeps from closing, or is told where the model allows it; nothing at all is never closed."""
    may_stay = whole.allow_blank and given
    for name in scoring.blank(whole, given):
        yield Fault(name, "left_blank") if may_stay else Fault(name, "not_assessed")


def _of_sheet(filled: Filled, item: Item) -> Iterator[Fault]:
    """What does not hold between the agreed mark, the text, the levels attested and the evidence."""
    sheet, mark = filled.sheets[item.id], filled.marks.get(item.id)
    if mark is not None and mark.is_excluded:
        return
    if mark is not None and not sheet.text.strip() and scoring.element_score(item.element.method, mark) > 0:
        yield Fault(item.id, "without_text")
    if item.is_levelled:
        yield from _of_levels(item, sheet, mark)
    if expired := filled.expired.get(item.id):
        yield Fault(item.id, "evidence_expired", {"titles": tuple(expired)})


def _of_levels(item: Item, sheet: SheetSeen, mark: Mark | None) -> Iterator[Fault]:
    method = item.element.method
    reached = sheets.granted(method, sheet.attested)
    if mark is not None and mark.score is not None and mark.score > reached:
        yield Fault(item.id, "above_attested", {"score": mark.score, "granted": reached})
    over = sheets.stranded(method, sheet.attested)
    if over:
        yield Fault(item.id, "levels_stranded", {"level": over[0], "missing": reached + 1})


def _parts(filled: Filled) -> list[str]:
    return list(dict.fromkeys(item.part["id"] for item in filled.items))


def is_told(words: str) -> bool:
    """Was anything written of a part?"""
    return bool(words.strip())
