"""The plan is read by the consultant and sent with its letter; a copy stays as it was."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.documents.queries import documents_of
from cabildo.plans.actions import planning, tree
from cabildo.plans.models import Plan
from cabildo.quality.actions import report as actions
from cabildo.quality.actions import sending
from cabildo.quality.errors import QualityError
from cabildo.quality.gates import report as gates
from cabildo.quality.models import Cycle, PlanValidation, Sending
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.improvement import PLAN_KIND
from factories.reports import consultant, contract
from factories.sheets import PDF

__all__ = ["consultant", "contract"]
pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
HERE = "/m/puerto-claro/mesa/calidad/1/plan-de-mejoras/"


@pytest.fixture
def plan(cycle, counterpart, obras) -> Plan:
    """A draft that lacks nothing."""
    dates = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=200)}
    made = planning.create_plan(
        title="Plan de Mejoras", kind=PLAN_KIND, levels=["Actividad"], on=cycle, by=counterpart, **dates
    )
    told = {"verification": "Acta firmada", "department": obras, "responsible": counterpart}
    tree.add_node(made, label="Reunir los datos", by=counterpart, **dates, **told)
    return made


def send(cycle: Cycle, plan: Plan, by, **more) -> Sending:
    seen = more.pop("seen", queries.plan_fingerprint(plan))
    copy = sending.Copy(name="Plan", pdf=PDF, data=b"libro", content_sha256=seen)
    letter = {"letter_number": "ORD 90", "letter_on": TODAY, "paper": SimpleUploadedFile("oficio.pdf", PDF)}
    return sending.send_plan(cycle, to="Centro Validador", copy=copy, today=TODAY, by=by, **(letter | more))


def test_sending_keeps_copy_and_letter_and_the_plan_is_no_draft(cycle, plan, counterpart) -> None:
    sent = send(cycle, plan, counterpart)

    plan.refresh_from_db()
    assert plan.state == "submitted"
    assert [one.original_name for one in documents_of(sent)] == ["Plan.pdf", "Plan.xlsx", "oficio.pdf"]
    assert (sent.subject, sent.letter_number, sent.to) == ("plan", "ORD 90", "Centro Validador")


def test_a_plan_that_changed_meanwhile_is_not_sent(cycle, plan, counterpart) -> None:
    with pytest.raises(QualityError, match="content_changed"):
        send(cycle, plan, counterpart, seen="otra")


def test_a_letter_of_tomorrow_is_refused(cycle, plan, counterpart) -> None:
    with pytest.raises(QualityError, match="in_future"):
        send(cycle, plan, counterpart, letter_on=TODAY + timedelta(days=1))


def test_once_its_validators_reported_it_is_not_sent_again(cycle, plan, counterpart) -> None:
    send(cycle, plan, counterpart)
    issued = {"opened_at": timezone.now(), "issued_on": TODAY, "conclusion": "Se puede hacer.", "read_plan": {}}
    PlanValidation.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, plan=plan, **issued)

    with pytest.raises(QualityError, match="plan_validated"):
        send(cycle, plan, counterpart, reason="Se corrigió una fecha.")


@pytest.mark.usefixtures("contract")
def test_it_is_not_sent_before_the_consultant_reviewed_it_as_it_is(cycle, plan, counterpart, consultant, as_user):
    desk = as_user(counterpart)
    with addresses(), pytest.raises(QualityError, match="review_missing") as refused:
        send(cycle, plan, counterpart)
    assert "Pedir a la consultoría que revise: Plan de Mejoras" in refused.value.sentence
    assert f'href="{HERE}enviar/"' not in desk.get(f"{HERE}envio/").content.decode()
    plan.refresh_from_db()
    assert plan.state == "draft"

    seen = queries.plan_fingerprint(plan)
    actions.review(cycle, subject="plan", seen=seen, remarks="Sin observaciones.", by=consultant)

    assert f'href="{HERE}enviar/"' in desk.get(f"{HERE}envio/").content.decode()
    assert send(cycle, plan, counterpart).subject == "plan"


@pytest.mark.usefixtures("contract", "plan")
def test_who_comes_to_send_what_was_not_reviewed_reads_why_before_choosing_any_letter(counterpart, as_user) -> None:
    page = as_user(counterpart).get(f"{HERE}enviar/", follow=True)

    assert page.redirect_chain == [(f"{HERE}envio/#revision", 302)]
    assert "Pedir a la consultoría que revise: Plan de Mejoras" in page.content.decode()


def test_a_review_of_the_plan_stands_until_it_changes(cycle, plan, counterpart, consultant) -> None:
    with addresses():
        assert len(list(gates.plan_reviewed_by_consultant(cycle))) == 1
        seen = queries.plan_fingerprint(plan)
        actions.review(cycle, subject="plan", seen=seen, remarks="Sin observaciones.", by=consultant)
        assert list(gates.plan_reviewed_by_consultant(cycle)) == []
        tree.add_node(plan, label="Otra actividad", by=counterpart)
        assert len(list(gates.plan_reviewed_by_consultant(cycle))) == 1


def test_the_gate_of_the_sending_opens_once_it_was_sent(cycle, plan, counterpart) -> None:
    with addresses():
        assert [one.what for one in gates.plan_sent(cycle)] == ["Enviar el Plan de Mejoras al organismo que valida"]
        send(cycle, plan, counterpart)
        assert list(gates.plan_sent(cycle)) == []


def test_from_the_page_to_its_sending(cycle, plan, counterpart, as_user) -> None:
    letter = {"letter_number": "ORD 90", "letter_on": "2026-01-05", "to": "Centro Validador"}
    paper = SimpleUploadedFile("oficio.pdf", PDF)

    sent = as_user(counterpart).post(f"{HERE}enviar/", {**letter, "paper": paper}, follow=True)

    assert "Plan enviado." in sent.content.decode()
    assert "Oficio ORD 90" in sent.content.decode()


def test_before_there_is_a_plan_the_page_says_what_to_do(cycle, counterpart, as_user) -> None:
    desk = as_user(counterpart)

    assert "todavía no tiene Plan de Mejoras" in desk.get(f"{HERE}envio/").content.decode()
    assert desk.get(f"{HERE}enviar/").status_code == 404


def test_what_the_plan_lacks_is_told_before_it_is_sent(cycle, plan, contract, counterpart, as_user) -> None:
    page = as_user(counterpart).get(f"{HERE}envio/").content.decode()

    assert "Antes de enviarlo falta" in page
    assert "Agregar al menos una línea de acción" in page
    assert "Pedir a la consultoría que revise" in page
