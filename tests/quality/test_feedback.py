"""The feedback report goes out whole, keeps what it said, is observed, answered, and becomes firm."""

import pytest
from django.db import IntegrityError, transaction

from cabildo import audit
from cabildo.documents.queries import content_of
from cabildo.documents.reports import breakable
from cabildo.instruments.queries.items import items_of
from cabildo.quality import feedback_report
from cabildo.quality.actions import feedback as actions
from cabildo.quality.actions import validation as marking
from cabildo.quality.actions import validators
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, Finding, IssuedReport, Observation, Validation
from cabildo.quality.queries import validation as queries
from factories.assessment_models import element_ids, model, publish_model
from factories.validation import TODAY, agency, agreed, begun, bruno, declared, issued, tell_everything, vera

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "issued", "model", "publish_model", "vera"]
pytestmark = pytest.mark.django_db


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


def state(validation: Validation) -> str:
    return Validation.objects.get(pk=validation.pk).state


def test_it_goes_out_with_its_summary_and_findings_for_every_subcriterion(agreed, vera) -> None:
    assert refusal(actions.issue, agreed, by=vera.user) == "summary_missing"
    actions.write_summary(agreed, summary="Hay prácticas.", revision=agreed.revision, by=vera.user)
    assert refusal(actions.issue, agreed, by=vera.user) == "finding_missing"

    tell_everything(Validation.objects.get(pk=agreed.pk), vera.user)
    report = actions.issue(agreed, by=vera.user)
    assert (report.number, report.layer.party, state(agreed)) == (1, "consensus", "issued")
    assert content_of(report.document).startswith(b"%PDF")


def test_a_finding_names_a_subcriterion_of_the_model_and_an_element_in_it(agreed, vera) -> None:
    told = {"kind": "strength", "text": "Se ve.", "by": vera.user}
    assert refusal(actions.add_finding, agreed, subcriterion="inventado", **told) == "finding_without_part"

    part = items_of(agreed.declared.assessment)[0].part["id"]
    elsewhere = element_ids()[-1]
    wrong = {"subcriterion": part, "element": elsewhere}
    assert refusal(actions.add_finding, agreed, **wrong, **told) == "finding_without_part"


def test_the_paper_tells_both_layers_every_reason_and_who_validated(agreed, vera) -> None:
    tell_everything(agreed, vera.user)
    whole = queries.whole_of(queries.validation_of(agreed.cycle))
    content = feedback_report.Content(whole, whole.consensus, queries.findings_of(agreed.cycle), [], 1)
    told = repr(feedback_report.report(content))

    for expected in ("no oficial", "sin evidencia: El decreto no está.", "Vera Ruiz", "Se aclaró qué dice el decreto."):
        assert expected in told
    for layer in (whole.declared.layer, whole.consensus.layer):
        assert breakable(layer.sha256) in told
    for finding in Finding.objects.all():
        assert finding.text in told


def test_a_copy_made_after_the_cycle_names_who_validated_and_keeps_their_marks(agreed, vera, bruno) -> None:
    validators.release(agreed.cycle, on=TODAY, reason="Terminó el ciclo.", by=audit.SYSTEM)
    Cycle.objects.filter(pk=agreed.cycle_id).update(closed_on=TODAY)

    whole = queries.whole_of(queries.validation_of(Cycle.objects.get()))
    content = feedback_report.Content(whole, whole.consensus, [], [], 1)
    assert (whole.acting, len(whole.sealed)) == ([], 2)
    assert ("Validaron", "Bruno Paz, Vera Ruiz") in feedback_report.report(content).facts


def test_what_it_said_stays_while_the_next_version_is_written(issued, vera, counterpart) -> None:
    actions.observe(issued, text="El decreto 12 sí está.", by=counterpart)
    first = Finding.objects.first()
    actions.change_finding(first, revision=first.revision, by=vera.user, text="Otra cosa.")

    told = queries.told(queries.reports_of(issued.cycle)[0])
    assert "Otra cosa." not in [one.text for one in told.findings]


def test_observations_are_answered_and_the_report_goes_out_again_with_them(issued, vera, counterpart) -> None:
    observation = actions.observe(issued, text="El decreto 12 sí está.", by=counterpart)
    assert refusal(actions.finish_replies, issued, by=vera.user) == "observations_open"

    told = {"score": 3, "reason_code": "", "reason": ""}
    marking.write_agreed_mark(issued, element_ids()[0], revision=0, by=vera.user, **told)
    marking.seal_consensus(issued, by=vera.user, reason="Se vio el decreto 12.")
    actions.reply(observation, text="Se corrige el puntaje.", by=vera.user)
    second = actions.finish_replies(issued, by=vera.user)

    assert (second.number, second.layer.reason, state(issued)) == (2, "Se vio el decreto 12.", "replied")
    assert refusal(actions.reply, Observation.objects.get(), text="Otra", by=vera.user) == "validation_state"


def test_it_becomes_firm_and_is_observed_no_more(issued, counterpart) -> None:
    actions.settle(issued, by=counterpart)

    assert state(issued) == "firm"
    assert refusal(actions.observe, issued, text="Tarde.", by=counterpart) == "validation_state"


def test_findings_do_not_change_after_it_went_out(issued, vera) -> None:
    first = Finding.objects.first()
    told = {"revision": first.revision, "by": vera.user, "text": "Otra cosa."}
    assert refusal(actions.change_finding, first, **told) == "validation_state"
    assert refusal(actions.remove_finding, first, by=vera.user) == "validation_state"


def test_the_database_keeps_what_was_issued(issued) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        IssuedReport.objects.update(number=9)
