"""Each gate of stages 4 and 6 says what is missing and where, until nothing is."""

import pytest
from django.urls import resolve

from cabildo.accounts.links import addresses
from cabildo.instruments.actions.layers import seal
from cabildo.instruments.queries.layers import marks_of
from cabildo.quality import queries
from cabildo.quality.actions import feedback
from cabildo.quality.gates import validation as gates
from cabildo.workflow.processes import gates as register
from cabildo.workflow.processes import queries as processes
from factories.assessment_models import model, publish_model
from factories.validation import (
    agency,
    agreed,
    begun,
    bruno,
    declared,
    hold_interview,
    mark_all,
    send,
    tell_everything,
    vera,
)

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "model", "publish_model", "vera"]
pytestmark = pytest.mark.django_db
MESA = "cabildo.site.urls_municipality"
NAMES = (
    "validators_without_conflict",
    "interview_minuted",
    "validated_scores_settled",
    "feedback_report_issued",
    "plan_validation_by_same_validators",
    "plan_validation_report_issued",
)


@pytest.fixture(autouse=True)
def _addresses(puerto_claro):
    with addresses():
        yield


def words(check, cycle) -> list[str]:
    return [missing.what for missing in check(cycle)]


@pytest.mark.parametrize("name", NAMES)
def test_before_anybody_comes_every_gate_is_shut_and_says_where_to_go(cycle, name) -> None:
    run = queries.run_of(cycle)
    process = processes.process_of(run.pack_version)
    gate = next(gate for stage in process.stages for gate in stage.gates if gate.check == f"quality.{name}")
    found = register.verdict(gate, run, {}).missing

    pages = {resolve(missing.url.removeprefix("/m/puerto-claro"), MESA).url_name for missing in found}
    assert len(pages) == 1
    assert pages <= {"feedback", "plan_feedback"}


def test_everybody_who_validates_declared_that_they_have_no_conflict(cycle, vera, bruno, declared) -> None:
    send(cycle, vera)
    assert words(gates.validators_without_conflict, cycle) == []
    send(cycle, bruno, has_conflict=True)
    assert words(gates.validators_without_conflict, cycle) == [
        "Bruno Paz declaró un conflicto de interés: el organismo debe asignar a otra persona"
    ]


def test_the_interview_counts_with_its_acta_closed(begun, cycle, vera) -> None:
    assert words(gates.interview_minuted, cycle) == ["Planificar la entrevista telefónica"]
    hold_interview(begun, vera.user)
    assert words(gates.interview_minuted, cycle) == []


def test_the_scores_are_settled_with_the_agreement_and_not_when_somebody_declares_anew(
    agreed, cycle, counterpart
) -> None:
    assert words(gates.validated_scores_settled, cycle) == []
    marks = marks_of(agreed.declared)
    seal(cycle.self_assessment, party="declared", label="Comité", marks=marks, by=counterpart, reason="Otro oficio.")
    assert words(gates.validated_scores_settled, cycle) == [
        "La municipalidad declaró de nuevo: los validadores deben revisar lo que cambió"
    ]


def test_the_report_opens_its_gate(agreed, cycle, vera) -> None:
    assert words(gates.feedback_report_issued, cycle) == ["Emitir el Informe de Retroalimentación"]
    tell_everything(agreed, vera.user)
    feedback.issue(agreed, by=vera.user)
    assert words(gates.feedback_report_issued, cycle) == []


def test_sealed_marks_of_each_alone_settle_nothing(begun, cycle, vera) -> None:
    mark_all(begun, vera.user)
    assert words(gates.validated_scores_settled, cycle) == ["Sellar los puntajes que acuerden los validadores"]
