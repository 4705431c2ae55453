"""What a cycle obtained is kept when it is sent and when its feedback report goes out, or filled in later."""

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner

from cabildo.instruments.actions.layers import seal
from cabildo.instruments.queries import layers
from cabildo.quality.actions.results import rebuild_results
from cabildo.quality.models import CycleResult, ResultPart
from cabildo.site.cli import collect
from factories.assessment_models import model, publish_model
from factories.reports import complete, consultant, signed_meeting, wide_model, written
from factories.validation import agency, agreed, begun, bruno, declared, issued, vera
from quality.test_report import send

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "issued", "model", "publish_model", "vera"]
__all__ += ["complete", "consultant", "signed_meeting", "wide_model", "written"]
pytestmark = pytest.mark.django_db


def test_sending_the_report_keeps_what_was_declared(complete, counterpart) -> None:
    assert not CycleResult.objects.exists()
    send(complete, counterpart)

    kept = CycleResult.objects.get()
    assert (kept.basis, kept.layer) == ("declared", layers.latest(complete.self_assessment, "declared"))
    assert kept.parts.get(criterion="").ratio == layers.scored(kept.layer).ratio


def test_the_feedback_report_keeps_what_was_validated(issued) -> None:
    kept = CycleResult.objects.get(basis="validated")

    assert (kept.cycle, kept.layer) == (issued.cycle, issued.cycle.issued_reports.get().layer)
    assert Fraction(0) < kept.parts.get(criterion="").ratio < Fraction(3, 5)


def test_scores_that_are_agreed_but_not_issued_are_not_added_up(agreed) -> None:
    assert not CycleResult.objects.filter(basis="validated").exists()


def kept() -> list[tuple]:
    """What is kept, whatever the numbers of its rows."""
    told = ("result__basis", "result__layer", "result__version", "result__year", "criterion", "subcriterion")
    return sorted(ResultPart.objects.values_list(*told, "points", "maximum"))


def test_what_was_sealed_before_results_were_kept_is_filled_in_as_if_it_had_been(issued) -> None:
    before = kept()
    CycleResult.objects.all().delete()

    assert rebuild_results(issued.cycle) == {"created": 2}
    filled = kept()
    assert {one[0] for one in filled} == {"declared", "validated"}
    assert set(before) <= set(filled)
    assert rebuild_results(issued.cycle) == {"unchanged": 2}
    assert kept() == filled


def test_scores_that_did_not_go_out_are_not_filled_in(agreed) -> None:
    CycleResult.objects.all().delete()

    rebuild_results(agreed.cycle)

    assert [one.basis for one in CycleResult.objects.all()] == ["declared"]


def test_what_was_validated_of_an_earlier_declaration_is_not_filled_in(issued, counterpart) -> None:
    assessment = issued.cycle.self_assessment
    marks = layers.marks_of(layers.latest(assessment, "declared"))
    again = seal(assessment, party="declared", label="Otra vez", marks=marks, reason="Se corrigió.", by=counterpart)
    CycleResult.objects.all().delete()

    assert rebuild_results(issued.cycle) == {"created": 1}
    assert [(one.basis, one.layer) for one in CycleResult.objects.all()] == [("declared", again)]


def test_the_command_fills_in_every_municipality_and_says_how_many(issued) -> None:
    CycleResult.objects.all().delete()
    counts = {"municipalities": 1, "cycles": 1, "updated": 0}

    for expected in ({"created": 2, "unchanged": 0}, {"created": 0, "unchanged": 2}):
        told = CliRunner().invoke(collect(), ["quality", "results", "rebuild", "--json"])
        assert (told.exit_code, json.loads(told.stdout)) == (0, {**counts, **expected})
