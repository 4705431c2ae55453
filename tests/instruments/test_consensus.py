"""Each proposes alone; then all is seen, and one mark is agreed that the checklist grants."""

import pytest

from cabildo.audit.models import Entry
from cabildo.db.revised import StaleError
from cabildo.instruments import actions
from cabildo.instruments.actions import consensus, sheets
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Proposal, Sheet
from cabildo.instruments.queries import sheets as asked
from cabildo.instruments.rules.scoring import Mark, State
from factories.sheets import elements, wide_model

__all__ = ["wide_model"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(wide_model, puerto_claro, diego) -> Assessment:
    opened = actions.open_assessment(version=wide_model, title="Autoevaluación", on=puerto_claro, by=diego)
    sheets.open_sheets(opened, by=diego)
    return opened


@pytest.fixture
def sheet(assessment, diego) -> Sheet:
    """A practice attested to the second level."""
    first = assessment.sheets.get(element=elements(0)[0])
    return sheets.write_sheet(first, revision=1, text="Se reúnen.", attested={"1": True, "2": True}, by=diego)


@pytest.fixture
def optional(assessment) -> Sheet:
    """The only element of this model that may not apply."""
    return assessment.sheets.get(element=elements(1)[0])


def refusal(call, *values, **more) -> str:
    with pytest.raises((InstrumentsError, StaleError)) as refused:
        call(*values, **more)
    assert refused.value.sentence
    return refused.value.code


def test_nobody_sees_what_another_proposes_until_the_consensus_is_opened(assessment, sheet, diego, carmen) -> None:
    consensus.propose(sheet, mark=Mark(1), note="Falta el decreto.", by=diego)
    consensus.propose(sheet, mark=Mark(2), by=carmen)
    assert [one.user for one in asked.visible_proposals(sheet, diego)] == [diego]

    assert consensus.open_consensus(assessment, elements=[sheet.element], by=carmen) == 1
    sheet.refresh_from_db()
    assert [one.user for one in asked.visible_proposals(sheet, diego)] == [diego, carmen]
    assert refusal(consensus.propose, sheet, mark=Mark(2), by=diego) == "consensus_open"
    assert refusal(consensus.withdraw_proposal, sheet, by=diego) == "consensus_open"


def test_a_person_has_one_proposal_which_may_change_and_be_taken_back(sheet, diego) -> None:
    consensus.propose(sheet, mark=Mark(1), by=diego)
    consensus.propose(sheet, mark=Mark(2), note=" Ya hay decreto. ", by=diego)
    kept = Proposal.objects.get()
    assert (kept.score, kept.note) == (2, "Ya hay decreto.")

    consensus.withdraw_proposal(sheet, by=diego)
    assert not Proposal.objects.exists()


def test_a_proposal_is_a_mark_that_the_model_takes(sheet, optional, diego) -> None:
    assert refusal(consensus.propose, sheet, mark=Mark(), by=diego) == "mark_missing"
    assert refusal(consensus.propose, sheet, mark=Mark(6), by=diego) == "marks_refused"
    assert refusal(consensus.propose, sheet, mark=Mark(is_excluded=True), by=diego) == "marks_refused"
    assert consensus.propose(optional, mark=Mark(is_excluded=True), by=diego).is_excluded


def test_all_are_opened_at_once_and_those_already_open_keep_their_hour(assessment, sheet, diego) -> None:
    consensus.open_consensus(assessment, elements=[sheet.element], by=diego)
    before = Sheet.objects.get(pk=sheet.pk).consensus_opened_at

    assert consensus.open_consensus(assessment, by=diego) == len(elements(0)) + len(elements(1)) - 1
    assert Sheet.objects.get(pk=sheet.pk).consensus_opened_at == before
    assert consensus.open_consensus(assessment, by=diego) == 0


def test_a_mark_is_agreed_only_in_the_open_and_up_to_the_level_that_is_granted(assessment, sheet, diego) -> None:
    given = {"mark": Mark(2), "revision": 2, "by": diego}
    assert refusal(consensus.agree, sheet, **given) == "consensus_not_open"
    consensus.open_consensus(assessment, by=diego)
    assert refusal(consensus.agree, sheet, **{**given, "mark": Mark(3)}) == "level_not_granted"

    agreed = consensus.agree(sheet, **given)
    assert (agreed.agreed_score, agreed.agreed_by) == (2, diego)
    assert asked.marks(assessment) == {sheet.element: Mark(2)}
    assert Entry.objects.get(action="mark.agreed").data["element"] == sheet.element


def test_a_level_over_one_that_is_missing_is_refused_and_says_which(assessment, sheet, diego) -> None:
    sheets.write_sheet(sheet, revision=2, attested={"1": True, "3": True}, by=diego)
    consensus.open_consensus(assessment, by=diego)

    with pytest.raises(InstrumentsError, match="level_not_granted") as refused:
        consensus.agree(sheet, mark=Mark(3), revision=3, by=diego)
    assert (refused.value.facts["granted"], refused.value.facts["missing"]) == (1, 2)


def test_who_did_not_begin_agreed_writes_how_they_came_together(assessment, sheet, diego, carmen) -> None:
    consensus.propose(sheet, mark=Mark(1), by=diego)
    consensus.propose(sheet, mark=Mark(2), by=carmen)
    consensus.open_consensus(assessment, by=diego)
    assert asked.read(assessment, sheet.written_at.date()).is_divergent(sheet.element)

    given = {"mark": Mark(2), "revision": 2, "by": diego}
    assert refusal(consensus.agree, sheet, note=" ", **given) == "divergence_unexplained"
    assert consensus.agree(sheet, note="Carmen mostró el decreto.", **given).is_agreed


def test_what_does_not_apply_says_why_and_leaves_the_sums(assessment, optional, diego) -> None:
    consensus.open_consensus(assessment, by=diego)
    given = {"mark": Mark(is_excluded=True), "revision": 1, "by": diego}

    assert refusal(consensus.agree, optional, **given) == "exclusion_unexplained"
    consensus.agree(optional, note="No hay OMIL en la comuna.", **given)
    filled = asked.read(assessment, assessment.opened_at.date())
    assert filled.result.count(State.EXCLUDED) == 1
    assert optional.element not in {fault.element for fault in filled.faults}


def test_two_people_agree_at_once_and_the_second_is_told(assessment, sheet, diego, carmen) -> None:
    consensus.open_consensus(assessment, by=diego)
    consensus.agree(sheet, mark=Mark(2), revision=2, by=diego)

    assert refusal(consensus.agree, sheet, mark=Mark(1), revision=2, by=carmen) == "stale"
    assert Sheet.objects.get(pk=sheet.pk).agreed_score == 2


def test_an_agreement_is_withdrawn_with_its_reason(assessment, sheet, diego) -> None:
    consensus.open_consensus(assessment, by=diego)
    consensus.agree(sheet, mark=Mark(2), revision=2, by=diego)

    assert refusal(consensus.withdraw_agreement, sheet, reason=" ", by=diego) == "reason_missing"
    blank = consensus.withdraw_agreement(sheet, reason="El decreto es de otra unidad.", by=diego)
    assert (blank.is_agreed, blank.agreed_score) == (False, None)
    assert asked.marks(assessment) == {}
