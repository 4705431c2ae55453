"""Stage 4: validators mark apart, talk with the municipality, agree with their reasons; nothing declared is changed."""

import pytest

from cabildo.instruments.queries import layers
from cabildo.instruments.rules.scoring import Mark
from cabildo.quality.actions import validation as actions
from cabildo.quality.choices import ChangeReason
from cabildo.quality.errors import QualityError
from cabildo.quality.models import DraftMark, Validation
from cabildo.quality.queries import validation as queries
from cabildo.quality.rules import validation as rules
from factories.assessment_models import element_ids, model, publish_model
from factories.validation import (
    HIGH,
    LOW,
    agency,
    agreed,
    begun,
    bruno,
    declared,
    hold_interview,
    mark_all,
    send,
    vera,
)

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "model", "publish_model", "vera"]
pytestmark = pytest.mark.django_db


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


def state(begun: Validation) -> str:
    return Validation.objects.get(pk=begun.pk).state


def test_nobody_begins_without_having_declared_and_something_to_read(cycle, vera) -> None:
    assert refusal(actions.begin_review, cycle, by=vera.user) == "not_acting"
    send(cycle, vera)
    assert refusal(actions.begin_review, cycle, by=vera.user) == "nothing_declared"


def test_whoever_declares_a_conflict_marks_nothing(begun, cycle, agency) -> None:
    from factories.validation import register

    conflicted = register(agency, "Cora Luz")
    send(cycle, conflicted, has_conflict=True)
    wanted = {"score": HIGH, "revision": 0, "by": conflicted.user}
    assert refusal(actions.write_mark, begun, element_ids()[0], **wanted) == "not_acting"


def test_a_layer_is_sealed_when_every_element_has_its_mark_and_every_change_its_reason(begun, vera) -> None:
    assert refusal(actions.seal_own, begun, by=vera.user) == "marks_unfinished"
    mark_all(begun, vera.user)
    draft = DraftMark.objects.get(element=element_ids()[0])
    actions.write_mark(begun, draft.element, revision=draft.revision, by=vera.user, reason=" ")
    assert refusal(actions.seal_own, begun, by=vera.user) == "marks_unexplained"

    actions.write_mark(begun, draft.element, revision=draft.revision + 1, by=vera.user, reason="Falta el decreto.")
    layer = actions.seal_own(begun, by=vera.user)
    assert layers.marks_of(layer)[draft.element] == Mark(LOW)
    assert list(layers.reasons_of(layer)) == [draft.element]
    assert layers.marks_of(begun.declared)[draft.element] == Mark(HIGH)


def test_a_reason_without_a_change_is_not_kept(begun, vera) -> None:
    mark_all(begun, vera.user, first=HIGH)
    draft = DraftMark.objects.get(element=element_ids()[1])
    told = {"reason_code": ChangeReason.OUTDATED, "reason": "Es de 2019."}
    actions.write_mark(begun, draft.element, revision=draft.revision, by=vera.user, **told)

    assert layers.reasons_of(actions.seal_own(begun, by=vera.user)) == {}


def test_drafts_are_of_one_validator_and_the_other_does_not_find_them(begun, vera, bruno) -> None:
    mark_all(begun, vera.user)

    theirs = queries.acts_on(bruno.user, begun.cycle)
    assert queries.drafts_of(begun, theirs) == {}
    assert len(queries.drafts_of(begun, queries.acts_on(vera.user, begun.cycle))) == len(element_ids())


def test_the_interview_is_noted_once_its_acta_is_closed(begun, vera) -> None:
    from django.utils import timezone

    meeting = actions.plan_interview(begun, starts_at=timezone.now(), how="+56 2 2345 6789", by=vera.user)
    assert state(begun) == "scheduled"
    assert {str(one.user) for one in meeting.attendances.all()} == {"Vera Ruiz", "Bruno Paz"}
    again = {"starts_at": timezone.now(), "how": "+56 2 2345 6789", "by": vera.user}
    assert refusal(actions.plan_interview, begun, **again) == "interview_planned"
    assert refusal(actions.note_interview, begun, by=vera.user) == "interview_not_minuted"


def test_they_agree_after_the_interview_and_once_all_of_them_sealed(begun, vera, bruno) -> None:
    mark_all(begun, vera.user)
    actions.seal_own(begun, by=vera.user)
    with pytest.raises(QualityError) as early:
        actions.seal_consensus(begun, by=vera.user)
    assert early.value.sentence == "La validación está en «en revisión documental». Primero agende la entrevista."
    hold_interview(begun, vera.user)
    assert refusal(actions.seal_consensus, begun, by=vera.user) == "marks_of_others"

    mark_all(begun, bruno.user)
    actions.seal_own(begun, by=bruno.user)
    layer = actions.seal_consensus(begun, by=vera.user)
    assert (layer.party, state(begun)) == ("consensus", "consensus")
    assert layers.reasons_of(layer)[element_ids()[0]].code == ChangeReason.NO_EVIDENCE


def test_where_they_differ_they_write_what_they_agree(begun, vera, bruno) -> None:
    mark_all(begun, vera.user)
    mark_all(begun, bruno.user, first=1)
    for one in (vera, bruno):
        actions.seal_own(begun, by=one.user)
    hold_interview(begun, vera.user)
    assert refusal(actions.seal_consensus, begun, by=vera.user) == "marks_unfinished"

    told = {"score": 1, "reason_code": ChangeReason.INTERVIEW, "reason": "Lo dijeron en la entrevista."}
    actions.write_agreed_mark(begun, element_ids()[0], revision=0, by=bruno.user, **told)
    assert layers.marks_of(actions.seal_consensus(begun, by=vera.user))[element_ids()[0]] == Mark(1)


def test_figures_of_agreement_carry_both_counts(agreed) -> None:
    whole = queries.whole_of(agreed)
    found = whole.agreement_with(whole.consensus)

    assert (found.pairs, found.exact.points, found.within_one.points) == (6, 5, 6)
    assert (found.bias * 6, found.largest) == (-1, 1)


def test_a_new_declaration_makes_the_validation_stale_until_it_is_taken(begun, vera, counterpart) -> None:
    from cabildo.instruments.actions.layers import seal

    marks = dict.fromkeys(element_ids(), Mark(4))
    newer = seal(
        begun.declared.assessment,
        party="declared",
        label="Comité",
        marks=marks,
        by=counterpart,
        reason="Faltó un acta.",
    )
    assert queries.whole_of(begun).is_stale

    actions.take_new_declaration(begun, by=vera.user)
    taken = queries.validation_of(begun.cycle)
    assert taken.declared == newer
    assert not queries.whole_of(taken).is_stale


def test_all_that_was_sealed_is_read_with_as_many_queries_whatever_there_is(
    begun, vera, bruno, django_assert_max_num_queries
) -> None:
    for one in (vera, bruno):
        mark_all(begun, one.user)
        actions.seal_own(begun, by=one.user)
        with django_assert_max_num_queries(4):
            queries.whole_of(queries.validation_of(begun.cycle))


@pytest.mark.parametrize(
    ("state", "wanted", "then"),
    [
        ("review", rules.OUT, "Primero agende la entrevista."),
        ("scheduled", {"review"}, "Ese paso ya se dio."),
        ("held", {"consensus"}, "Primero sellen los puntajes acordados."),
        ("consensus", rules.MARKING, "Ese paso ya se dio."),
        ("observed", rules.SETTLED_FROM, "Primero responda las observaciones de la municipalidad."),
        ("firm", rules.WRITING, "El informe ya no cambia."),
    ],
)
def test_a_refusal_says_what_comes_first_or_that_it_is_over(state, wanted, then) -> None:
    refused = actions.not_now(Validation(state=state), wanted)

    assert refused.sentence.endswith(f"». {then}")
