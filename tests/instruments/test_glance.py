"""A glance says of an assessment what a whole reading would, and takes two queries."""

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.instruments import actions
from cabildo.instruments.actions import consensus, evidence, sheets
from cabildo.instruments.models import Assessment
from cabildo.instruments.queries.filled import Filled
from cabildo.instruments.queries.glance import SheetSeen, glance
from cabildo.instruments.queries.sheets import read
from cabildo.instruments.rules.scoring import Mark
from factories.sheets import elements, paper, parts, wide_model

__all__ = ["wide_model"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
MOMENTS = {"written_at", "consensus_opened_at", "agreed_at"}


@pytest.fixture
def begun(wide_model, puerto_claro, diego):
    def begin() -> Assessment:
        opened = actions.open_assessment(version=wide_model, title="Autoevaluación", on=puerto_claro, by=diego)
        sheets.open_sheets(opened, by=diego)
        return opened

    return begin


def write_all(assessment: Assessment, obras, aseo, diego, carmen) -> None:
    """Something of each kind: written, assigned, helped, proposed, agreed, shown, expired, summed."""
    first, second, third = elements(0)
    sheets.assign(assessment, elements=[first], department=obras, helpers=[aseo], due_on=TODAY, by=diego)
    sheet = assessment.sheets.get(element=first)
    sheets.write_sheet(sheet, revision=sheet.revision + 1, text="Se hace.", attested={"1": True, "3": True}, by=diego)
    for mark, by in ((Mark(1), diego), (Mark(2), carmen)):
        consensus.propose(sheet, mark=mark, by=by)
    consensus.open_consensus(assessment, elements=[first, second], by=diego)
    consensus.agree(sheet, mark=Mark(1), revision=3, note="Visto.", by=diego)
    assessment.sheets.filter(element=third).update(text=" \n", written_at=None)
    told = {"kind": "decree", "by": diego}
    for name, until in (("Decreto 9", date(2020, 1, 1)), ("Decreto 1", date(2021, 1, 1)), ("Acta 2", TODAY)):
        given = {"title": name, "valid_until": until, "files": [paper(mark=name)], **told}
        evidence.add_evidence(assessment, elements=[first, second], **given)
    series = {"element": elements(1)[0], "indicator": "Licencias", "unit": "n", "source": "DOM", "by": diego}
    evidence.write_series(assessment, values={2023: Decimal(9), 2025: Decimal(8)}, **series)
    for part, strengths in zip(parts(), ("Se planifica.", " "), strict=False):
        sheets.write_summary(assessment, part=part, strengths=strengths, gaps="", revision=0, by=diego)


def said(filled: Filled) -> dict[str, Any]:
    """Everything of a reading but its sheets, what is empty left out."""
    names = [one.name for one in fields(Filled) if one.name not in {"assessment", "items", "sheets"}]
    kept = {name: getattr(filled, name) for name in names if name != "told"}
    return {name: {key: found for key, found in values.items() if found} for name, values in kept.items()}


def sheet_said(sheet: Any) -> list[Any]:
    """Its fields as they are; of the moments only whether they came."""
    names = [one.name for one in fields(SheetSeen) if one.name not in {*MOMENTS, "department"}]
    moments = [getattr(sheet, name) is not None for name in sorted(MOMENTS)]
    return [*(getattr(sheet, name) for name in names), *moments, str(sheet.department or "")]


def test_a_glance_says_what_the_whole_reading_says(begun, obras, aseo, diego, carmen) -> None:
    assessment, other = begun(), begun()
    for one in (other, assessment):
        write_all(one, obras, aseo, diego, carmen)

    quick, whole = glance(assessment, TODAY), read(assessment, TODAY)

    assert said(quick) == said(whole)
    assert quick.told == whole.told == {parts()[0]}
    assert quick.expired[elements(0)[0]] == ["Decreto 1", "Decreto 9"]
    assert [*map(sheet_said, quick.sheets.values())] == [*map(sheet_said, whole.sheets.values())]
    assert (quick.faults, quick.marks, quick.result) == (whole.faults, whole.marks, whole.result)
    assert quick.is_divergent(elements(0)[0])


def test_a_glance_asks_twice_whatever_was_written(begun, obras, aseo, diego, carmen) -> None:
    assessment = begun()
    glance(assessment, TODAY)  # the version is read once
    with CaptureQueriesContext(connection) as before:
        assert glance(assessment, TODAY).proposed == {}
    write_all(assessment, obras, aseo, diego, carmen)
    with CaptureQueriesContext(connection) as after:
        assert glance(assessment, TODAY).papers[elements(0)[1]] == 3
    assert len(before) == len(after) == 2
