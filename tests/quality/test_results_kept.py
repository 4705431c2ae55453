"""What a cycle obtained is kept when it is sent and when its feedback report goes out, not before."""

from fractions import Fraction

import pytest

from cabildo.instruments.queries import layers
from cabildo.quality.models import CycleResult
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
