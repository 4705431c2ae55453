"""One answer a question, by consensus; what it includes is affirmed aloud."""

import pytest

from cabildo.audit.models import Entry
from cabildo.content.queries import pack_named, version_of
from cabildo.instruments import actions, queries
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Answer, Assessment
from cabildo.instruments.rules import answers as rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(questionnaire, puerto_claro, diego) -> Assessment:
    return actions.open_assessment(version=questionnaire, title="Diagnóstico", on=puerto_claro, by=diego)


def say(assessment: Assessment, question: str, alternative: str, by, **more) -> Answer:
    return actions.answer(assessment=assessment, question=question, said=rules.Answer(alternative), by=by, **more)


def refusal(call, *values, **more) -> str:
    with pytest.raises(InstrumentsError) as refused:
        call(*values, **more)
    return refused.value.code


def test_an_alternative_that_includes_earlier_ones_needs_their_confirmation(assessment, diego) -> None:
    assert refusal(say, assessment, "plan", "c", diego) == "confirmation_missing"
    assert not Answer.objects.exists()

    assert say(assessment, "plan", "c", diego, confirms=True).alternative == "c"
    assert say(assessment, "equipo", "a", diego).alternative == "a"


def test_a_question_has_one_answer_and_dissent_does_not_change_it(assessment, diego, carmen) -> None:
    say(assessment, "plan", "b", diego, confirms=True)
    say(assessment, "plan", "a", carmen, dissent="  Obras sí lo aplica. ")

    only = Answer.objects.get()
    assert (only.alternative, only.dissent, only.answered_by, only.revision) == ("a", "Obras sí lo aplica.", carmen, 2)


def test_who_answers_what_another_changed_is_told_what_it_says_now(assessment, diego, carmen) -> None:
    say(assessment, "plan", "a", diego, revision=0)

    with pytest.raises(InstrumentsError, match="answer_changed") as refused:
        say(assessment, "plan", "b", carmen, confirms=True, revision=0)

    assert "No hay un plan" in refused.value.sentence
    assert Answer.objects.get().alternative == "a"


@pytest.mark.parametrize(
    ("question", "alternative", "code"),
    [("inventada", "a", "question_unknown"), ("plan", "z", "alternative_unknown")],
)
def test_what_the_version_does_not_have_is_refused(assessment, diego, question, alternative, code) -> None:
    assert refusal(say, assessment, question, alternative, diego) == code


def test_it_closes_when_every_question_is_answered_and_then_stays(assessment, diego) -> None:
    say(assessment, "plan", "a", diego)
    with pytest.raises(InstrumentsError) as refused:
        actions.close(assessment, by=diego)
    assert refused.value.facts == {"count": 1}

    say(assessment, "equipo", "b", diego, confirms=True)
    actions.close(assessment, by=diego)
    assert refusal(say, assessment, "plan", "b", diego, confirms=True) == "assessment_closed"
    assert queries.chosen(assessment) == {"plan": rules.Answer("a"), "equipo": rules.Answer("b")}


def test_it_opens_again_only_with_a_reason_that_is_on_record(assessment, diego) -> None:
    assert refusal(actions.reopen, assessment, reason="Error", by=diego) == "assessment_open"
    say(assessment, "plan", "a", diego)
    say(assessment, "equipo", "a", diego)
    actions.close(assessment, by=diego)

    assert refusal(actions.reopen, assessment, reason="  ", by=diego) == "reason_missing"
    assert actions.reopen(assessment, reason="Se leyó mal", by=diego).is_open
    assert Entry.objects.filter(action="assessment.reopened", subject_id=str(assessment.pk)).count() == 1


def test_it_keeps_its_version_when_a_newer_one_is_published(assessment, questionnaire, publish_questionnaire) -> None:
    publish_questionnaire(number=2)

    assert version_of(pack_named("questionnaires", "de-prueba")).version == 2
    assert Assessment.objects.get().version == questionnaire


def test_not_applicable_is_refused_where_the_instrument_does_not_allow_it(assessment, diego) -> None:
    said = rules.NOT_APPLICABLE
    assert refusal(actions.answer, assessment=assessment, question="plan", said=said, by=diego) == "not_applicable"
