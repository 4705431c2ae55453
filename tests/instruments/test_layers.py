"""What a party says is sealed whole, keeps its hash, and no later hand changes it."""

import pytest
from django.db import IntegrityError, transaction

from cabildo.audit.models import Entry
from cabildo.instruments import actions
from cabildo.instruments.actions.layers import seal
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Assessment, Layer, LayerMark
from cabildo.instruments.queries import layers as queries
from cabildo.instruments.rules.layers import Reason, digest
from cabildo.instruments.rules.scoring import Mark, State
from factories.assessment_models import element_ids, model, publish_model

__all__ = ["model", "publish_model"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def assessment(model, puerto_claro, diego) -> Assessment:
    return actions.open_assessment(version=model, title="Autoevaluación", on=puerto_claro, by=diego)


def marks(value: int) -> dict[str, Mark]:
    return dict.fromkeys(element_ids(), Mark(value))


def declared(assessment: Assessment, by, value: int = 3, **more) -> Layer:
    return seal(assessment, party="declared", label="Comité", marks=marks(value), by=by, **more)


def test_a_layer_keeps_its_marks_with_their_reasons_and_scores_like_them(assessment, diego) -> None:
    first = element_ids()[0]
    changed = {**marks(5), first: Mark(0)}
    reasons = {first: Reason("no_evidence", "No hay decreto.")}
    layer = seal(assessment, party="validator-1", label="Vera", marks=changed, reasons=reasons, by=diego)

    assert queries.marks_of(layer) == changed
    assert queries.reasons_of(layer) == reasons
    assert queries.scored(layer).count(State.ASSESSED) == len(element_ids())
    assert 0 < queries.scored(layer).ratio < 1
    assert queries.is_intact(layer)


def test_parties_are_apart_and_the_latest_of_each_is_the_one_in_force(assessment, diego, carmen) -> None:
    first = declared(assessment, diego)
    other = seal(assessment, party="consensus", label="Validadores", marks=marks(2), by=carmen)
    second = declared(assessment, carmen, 4, reason="Se leyó mal el acta.")

    assert queries.latest(assessment, "declared") == second
    assert (second.previous, second.sealed_by) == (first, carmen)
    assert queries.latest_by_party(assessment) == {"consensus": other, "declared": second}
    assert list(queries.layers_of(assessment)) == [first, other, second]
    assert queries.latest(assessment, "nadie") is None


def test_a_correction_says_why(assessment, diego) -> None:
    declared(assessment, diego)

    with pytest.raises(InstrumentsError) as refused:
        declared(assessment, diego, 4, reason="  ")
    assert (refused.value.code, Layer.objects.count()) == ("correction_without_reason", 1)


@pytest.mark.parametrize(("name", "mark"), [("inventado", Mark(3)), (None, Mark(6)), (None, Mark(is_excluded=True))])
def test_marks_outside_the_model_are_refused(assessment, diego, name, mark) -> None:
    given = {name or element_ids()[0]: mark}

    with pytest.raises(InstrumentsError) as refused:
        seal(assessment, party="declared", label="Comité", marks=given, by=diego)
    assert (refused.value.code, Layer.objects.exists()) == ("marks_refused", False)
    assert next(iter(given)) in refused.value.sentence


def test_a_reason_needs_its_mark(assessment, diego) -> None:
    with pytest.raises(InstrumentsError, match="reason_of_unknown_mark"):
        declared(assessment, diego, reasons={"inventado": Reason("no_evidence")})


@pytest.mark.parametrize("table", [Layer, LayerMark])
def test_the_database_refuses_to_change_or_remove_what_was_sealed(assessment, diego, table) -> None:
    declared(assessment, diego)
    row = table.objects.first()

    for change in (row.delete, lambda: table.objects.filter(pk=row.pk).update(municipality=row.municipality)):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert table.objects.filter(pk=row.pk).exists()


def test_the_hash_is_of_what_it_says_and_not_of_its_order(assessment) -> None:
    one, two = element_ids()[:2]
    before, reasons = {one: Mark(1), two: Mark(2)}, {two: Reason("no_evidence", "Falta.")}

    assert digest(dict(reversed(before.items())), reasons) == digest(before, reasons)
    assert digest({**before, two: Mark(3)}, reasons) != digest(before, reasons)
    assert digest(before, {two: Reason("no_evidence", "Falta el acta.")}) != digest(before, reasons)


def test_sealing_is_on_record_without_the_words_of_anybody(assessment, diego) -> None:
    layer = declared(assessment, diego, reasons={element_ids()[0]: Reason("outdated", "Es de 2019.")})

    entry = Entry.objects.get(action="layer.sealed")
    assert entry.subject_id == str(layer.pk)
    assert entry.data == {"party": "declared", "sha256": layer.sha256, "marks": len(element_ids())}


def test_a_layer_is_read_with_as_many_queries_whatever_it_holds(assessment, diego, django_assert_num_queries) -> None:
    few = seal(assessment, party="one", label="Uno", marks={element_ids()[0]: Mark(1)}, by=diego)
    many = declared(assessment, diego)

    for layer in (few, many):
        with django_assert_num_queries(1):
            queries.scored(layer)
