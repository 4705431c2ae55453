"""A model being filled in, at a glance: what is there of each element and what is missing, not what it says.

An overview asks for all of it at once and prints little. Two plain statements take what six of the ORM would, and
hundreds of rows become no objects; `cabildo.instruments.queries.sheets` reads the rows whole.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection

from cabildo.instruments.models import Assessment
from cabildo.instruments.models.sheets import Standing
from cabildo.instruments.queries.filled import Filled, is_told
from cabildo.instruments.queries.items import items_of
from cabildo.instruments.rules.scoring import Mark

SHEETS = """
SELECT s.id, s.element, s.department_id, d.name, s.due_on, s.text, s.attested, s.written_at, s.consensus_opened_at,
  s.agreed_at, s.agreed_score, s.agreed_attributes, s.is_excluded
FROM instruments_sheet s LEFT JOIN accounts_department d ON d.id = s.department_id
WHERE s.assessment_id = %(assessment)s AND s.municipality_id = %(municipality)s
ORDER BY s.id
"""
# what, of what, words, number, excluded
AROUND = """
SELECT 'proposal', CAST(p.sheet_id AS text), CAST(p.attributes AS text), p.score, CAST(p.is_excluded AS integer)
FROM instruments_proposal p JOIN instruments_sheet s ON s.id = p.sheet_id
WHERE s.assessment_id = %(assessment)s AND p.municipality_id = %(municipality)s
UNION ALL
SELECT 'helper', CAST(h.sheet_id AS text), NULL, h.department_id, NULL
FROM instruments_sheet_helpers h JOIN instruments_sheet s ON s.id = h.sheet_id
WHERE s.assessment_id = %(assessment)s AND s.municipality_id = %(municipality)s
UNION ALL
SELECT 'paper', u.element, CASE WHEN e.valid_until < %(today)s THEN e.title END, NULL, NULL
FROM instruments_evidenceuse u JOIN instruments_evidence e ON e.id = u.evidence_id
WHERE e.assessment_id = %(assessment)s AND u.municipality_id = %(municipality)s
UNION ALL
SELECT 'figure', f.element, f.indicator, f.year, NULL
FROM instruments_yearfigure f
WHERE f.assessment_id = %(assessment)s AND f.municipality_id = %(municipality)s
UNION ALL
SELECT 'part', m.part, m.strengths || m.gaps, NULL, NULL
FROM instruments_partsummary m
WHERE m.assessment_id = %(assessment)s AND m.municipality_id = %(municipality)s
"""


@dataclass(slots=True)
class SheetSeen(Standing):
    """A sheet with the name of its department; of the moments, only whether they came."""

    pk: int
    element: str
    department_id: int | None
    department: str | None
    due_on: date | None
    text: str
    attested: dict[str, bool]
    written_at: Any
    consensus_opened_at: Any
    agreed_at: Any
    agreed_score: int | None
    agreed_attributes: dict[str, int]
    is_excluded: bool


@dataclass
class Around:
    """What goes with the sheets, gathered row by row."""

    proposed: dict[int, list[Mark]] = field(default_factory=lambda: defaultdict(list))
    helping: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    papers: Counter[str] = field(default_factory=Counter)
    expired: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    years: dict[str, dict[str, list[int]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    told: set[str] = field(default_factory=set)

    def proposal(self, sheet: str, attributes: str, score: int | None, is_excluded: int) -> None:
        self.proposed[int(sheet)].append(Mark(score, json.loads(attributes), bool(is_excluded)))

    def helper(self, sheet: str, _words: None, department: int, _none: None) -> None:
        self.helping[int(sheet)].add(department)

    def paper(self, element: str, expired_title: str | None, _number: None, _none: None) -> None:
        self.papers[element] += 1
        if expired_title is not None:
            self.expired[element].append(expired_title)

    def figure(self, element: str, indicator: str, year: int, _none: None) -> None:
        self.years[element][indicator].append(year)

    def part(self, name: str, words: str, _number: None, _none: None) -> None:
        if is_told(words):
            self.told.add(name)


def glance(assessment: Assessment, today: date) -> Filled:
    """What the rules and an overview need. Two queries, however many elements there are."""
    asked = {
        "assessment": assessment.pk,
        "municipality": assessment.municipality_id,
        "today": connection.ops.adapt_datefield_value(today),
    }
    around = _around(asked)
    return Filled(
        assessment=assessment,
        items=items_of(assessment),
        sheets=_sheets(asked),
        helping=around.helping,
        proposed=around.proposed,
        papers=around.papers,
        expired={name: sorted(titles) for name, titles in around.expired.items()},
        years=around.years,
        told=around.told,
    )


def _sheets(asked: Mapping[str, Any]) -> dict[str, SheetSeen]:
    with connection.cursor() as cursor:
        cursor.execute(SHEETS, asked)
        return {row[1]: _sheet(*row) for row in cursor.fetchall()}


def _sheet(
    pk: int, element: str, department_id: int | None, department: str | None, due_on: Any, *rest: Any
) -> SheetSeen:
    """SQLite keeps days and lists as text; PostgreSQL answers with a day, and with the list as text."""
    text, attested, written_at, opened_at, agreed_at, score, attributes, is_excluded = rest
    day = date.fromisoformat(due_on) if isinstance(due_on, str) else due_on
    return SheetSeen(
        pk, element, department_id, department, day, text, json.loads(attested), written_at, opened_at,
        agreed_at, score, json.loads(attributes), bool(is_excluded),
    )  # fmt: skip


def _around(asked: Mapping[str, Any]) -> Around:
    around = Around()
    take: Mapping[str, Callable[..., None]] = {
        "proposal": around.proposal,
        "helper": around.helper,
        "paper": around.paper,
        "figure": around.figure,
        "part": around.part,
    }
    with connection.cursor() as cursor:
        cursor.execute(AROUND, asked)
        for what, *facts in cursor.fetchall():
            take[what](*facts)
    return around
