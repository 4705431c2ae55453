"""A sheet an element: assigned, written by two hands, attested level by level, closed when nothing is missing."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.audit.models import Entry
from cabildo.db.revised import StaleError
from cabildo.instruments import actions
from cabildo.instruments.actions import consensus, evidence, sheets
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Sheet
from cabildo.instruments.queries import sheets as asked
from cabildo.instruments.queries.glance import glance
from cabildo.instruments.rules import sheets as rules
from cabildo.instruments.rules.scoring import Mark
from cabildo.instruments.rules.structure import Method
from factories.sheets import elements, paper, parts, wide_model

__all__ = ["wide_model"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
FIVE = Method("nivel", 0, 5, trend_level=3)


@pytest.fixture
def assessment(wide_model, puerto_claro, diego) -> Assessment:
    opened = actions.open_assessment(version=wide_model, title="Autoevaluación", on=puerto_claro, by=diego)
    sheets.open_sheets(opened, by=diego)
    return opened


def sheet_of(assessment: Assessment, element: str) -> Sheet:
    return assessment.sheets.get(element=element)


def up_to(level: int) -> dict[str, bool]:
    return {str(each): True for each in range(1, level + 1)}


def refusal(call, *values, **more) -> str:
    with pytest.raises((InstrumentsError, StaleError)) as refused:
        call(*values, **more)
    assert refused.value.sentence
    return refused.value.code


def fill(assessment: Assessment, element: str, level: int, by) -> None:
    """Text, levels and the agreed mark, without any paper."""
    sheet = sheet_of(assessment, element)
    sheets.write_sheet(sheet, revision=1, text="Se hace cada mes.", attested=up_to(level), by=by)
    consensus.open_consensus(assessment, elements=[element], by=by)
    consensus.agree(sheet, mark=Mark(level), revision=2, by=by)


def faults(assessment: Assessment) -> list[tuple[str, str]]:
    return [(fault.element, fault.code) for fault in glance(assessment, TODAY).faults]


@pytest.mark.parametrize(
    ("attested", "granted", "stranded", "missing"),
    [
        ({}, 0, (), 1),
        (up_to(3), 3, (), 4),
        ({"1": True, "3": True}, 1, (3,), 2),
        ({"5": True}, 0, (5,), 1),
        ({**up_to(5), "2": False}, 1, (3, 4, 5), 2),
        (up_to(5), 5, (), None),
    ],
)
def test_a_level_is_granted_with_all_the_lower_ones_or_not_at_all(attested, granted, stranded, missing) -> None:
    assert rules.granted(FIVE, attested) == granted
    assert rules.stranded(FIVE, attested) == stranded
    assert rules.first_missing(FIVE, attested) == missing


def test_proposals_diverge_when_they_say_different_things_and_the_spread_is_of_their_scores() -> None:
    assert not rules.is_divergent([])
    assert not rules.is_divergent([Mark(3), Mark(3)])
    assert rules.is_divergent([Mark(3), Mark(is_excluded=True)])
    assert rules.spread(FIVE, [Mark(1), Mark(4), Mark(is_excluded=True)]) == 3
    assert rules.spread(FIVE, []) == 0


def test_every_element_gets_one_sheet_and_opening_twice_adds_none(assessment, diego) -> None:
    assert sheets.open_sheets(assessment, by=diego) == 0
    assert set(assessment.sheets.values_list("element", flat=True)) == {*elements(0), *elements(1)}


def test_elements_are_assigned_together_and_the_responsible_is_no_helper(assessment, obras, aseo, diego) -> None:
    chosen = elements(0)[:2]
    given = {"department": obras, "helpers": [aseo, obras], "due_on": TODAY, "by": diego}
    assert sheets.assign(assessment, elements=chosen, **given) == 2

    sheet = sheet_of(assessment, chosen[0])
    assert (sheet.department, [*sheet.helpers.all()], sheet.due_on) == (obras, [aseo], TODAY)
    assert Entry.objects.get(action="sheets.assigned").data == {"elements": sorted(chosen), "department": obras.pk}
    assert refusal(sheets.assign, assessment, elements=["nada"], department=obras, by=diego) == "element_unknown"
    assert refusal(sheets.assign, assessment, elements=[], department=obras, by=diego) == "elements_missing"


def test_two_people_write_one_sheet_and_only_the_same_field_collides(assessment, diego, carmen) -> None:
    sheet = sheet_of(assessment, elements(0)[0])
    sheets.write_sheet(sheet, revision=1, text="De Diego.", by=diego)

    assert refusal(sheets.write_sheet, sheet, revision=1, text="De Carmen.", by=carmen) == "stale"
    kept = sheets.write_sheet(sheet, revision=1, attested=up_to(2), by=carmen)
    assert (kept.text, kept.attested, kept.written_by) == ("De Diego.", {"1": True, "2": True}, carmen)


def test_what_the_method_does_not_have_is_not_written(assessment, diego) -> None:
    sheet = sheet_of(assessment, elements(0)[0])

    assert refusal(sheets.write_sheet, sheet, revision=1, attested={"0": True}, by=diego) == "level_unknown"
    assert refusal(sheets.write_sheet, sheet, revision=1, score=6, by=diego) == "marks_refused"
    assert refusal(sheets.write_sheet, sheet, revision=1, attributes={"x": 1}, by=diego) == "marks_refused"
    assert sheets.write_sheet(sheet, revision=1, attested={"1": True, "2": False}, by=diego).attested == {"1": True}


def test_strengths_and_gaps_are_of_a_part_and_nobody_undoes_another(assessment, diego, carmen) -> None:
    part = parts()[0]
    sheets.write_summary(assessment, part=part, strengths=" Se reúnen. ", gaps="", revision=0, by=diego)

    late = {"part": part, "strengths": "Otra.", "gaps": "", "by": carmen}
    assert refusal(sheets.write_summary, assessment, revision=0, **late) == "stale"
    assert sheets.write_summary(assessment, revision=1, **late).strengths == "Otra."
    assert refusal(sheets.write_summary, assessment, revision=0, **{**late, "part": "nada"}) == "part_unknown"


def test_what_is_missing_is_told_in_the_order_of_the_model(assessment) -> None:
    blank = [(name, "not_assessed") for name in [*elements(0), *elements(1)]]

    assert faults(assessment) == [*blank, *((part, "without_summary") for part in parts())]
    assert asked.read(assessment, TODAY).result.share() == 0


def test_a_score_needs_its_paper_and_a_trend_three_years_of_one_indicator(assessment, diego) -> None:
    practice, result = elements(0)[0], elements(1)[1]
    fill(assessment, practice, 2, diego)
    fill(assessment, result, 3, diego)
    assert (practice, "without_evidence") in faults(assessment)
    assert (result, "short_trend") in faults(assessment)

    told = {"title": "Decreto 12", "kind": "decree", "files": [paper()]}
    evidence.add_evidence(assessment, elements=[practice, result], by=diego, **told)
    series = {"element": result, "unit": "%", "source": "Personal", "by": diego}
    evidence.write_series(assessment, indicator="Uno", values={2024: 1, 2025: 2}, **series)
    evidence.write_series(assessment, indicator="Otro", values={2023: 1}, **series)
    found = faults(assessment)
    assert (practice, "without_evidence") not in found
    assert (result, "short_trend") in found
    evidence.write_series(assessment, indicator="Uno", values={2023: 3}, **series)
    assert (result, "short_trend") not in faults(assessment)


def test_an_agreed_level_that_the_list_no_longer_grants_is_told_and_keeps_from_closing(assessment, diego) -> None:
    element = elements(0)[0]
    fill(assessment, element, 3, diego)
    sheets.write_sheet(sheet_of(assessment, element), revision=3, attested={"1": True, "3": True}, text=" ", by=diego)

    mine = [code for name, code in faults(assessment) if name == element]
    assert sorted(mine) == ["above_attested", "levels_stranded", "without_evidence", "without_text"]
    assert "levels_stranded" not in {fault.code for fault in asked.read(assessment, TODAY).blocking}


def test_it_closes_when_nothing_is_missing_then_takes_no_change_and_opens_with_a_reason(assessment, diego) -> None:
    assert refusal(sheets.close_sheets, assessment, today=TODAY, by=diego) == "incomplete"
    names = [*elements(0), *elements(1)]
    for name in names:
        fill(assessment, name, 1, diego)
    told = {"title": "Decreto 12", "kind": "decree", "files": [paper()]}
    evidence.add_evidence(assessment, elements=names, by=diego, **told)

    assert not sheets.close_sheets(assessment, today=TODAY, by=diego).is_open
    sheet = sheet_of(assessment, names[0])
    assert refusal(sheets.write_sheet, sheet, revision=3, text="Otra cosa", by=diego) == "assessment_closed"
    assert refusal(sheets.assign, assessment, elements=names, department=None, by=diego) == "assessment_closed"
    assert asked.marks(assessment) == dict.fromkeys(names, Mark(1))
    assert actions.reopen(assessment, reason="Falta una firma", by=diego).is_open


def test_the_whole_is_read_in_six_queries_however_much_was_written(assessment, diego) -> None:
    with CaptureQueriesContext(connection) as before:
        asked.read(assessment, TODAY).faults  # noqa: B018
    for name in elements(0):
        fill(assessment, name, 1, diego)
        told = {"title": name, "kind": "decree", "files": [paper(mark=name)]}
        evidence.add_evidence(assessment, elements=[name], by=diego, **told)
    with CaptureQueriesContext(connection) as after:
        filled = asked.read(assessment, TODAY)
        assert filled.faults

    assert len(filled.evidence) == 3
    assert len(after) == len(before) == 6
