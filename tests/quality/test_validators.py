"""Validators are trained, of the register, without ties to whom they validate, and the same to the end."""

from datetime import date, timedelta

import pytest

from cabildo import audit
from cabildo.accounts.access import can
from cabildo.accounts.actions import assign_from_outside
from cabildo.accounts.models import Membership
from cabildo.quality.actions import leaving
from cabildo.quality.actions import validators as actions
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Consultancy, ConsultancyPlace, Enrolment, ValidatorAssignment
from cabildo.quality.queries import validators as queries
from conftest import LONG_AGO
from factories.assessment_models import model, publish_model
from factories.programme import make_agency_member
from factories.validation import NO_CONFLICT, TODAY, agency, agreed, begun, bruno, declared, register, send, vera

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "model", "publish_model", "vera"]
pytestmark = pytest.mark.django_db


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


def assign(cycle, validator, **more) -> ValidatorAssignment:
    return actions.assign(cycle, validator=validator, today=TODAY, by=audit.SYSTEM, **more)


def test_somebody_is_in_the_register_once_and_with_dates_that_hold(agency, vera) -> None:
    given = {"user": vera.user, "today": TODAY, "by": audit.SYSTEM, "employer": "Universidad"}
    dates = {"trained_on": date(2025, 3, 1), "valid_until": date(2024, 3, 1)}
    assert refusal(actions.register_validator, agency, **given, **dates) == "validator_dates"

    dates["valid_until"] = date(2028, 3, 1)
    assert refusal(actions.register_validator, agency, **given, **dates) == "validator_registered"


def test_whoever_has_or_had_a_role_of_the_municipality_is_refused(cycle, vera, puerto_claro) -> None:
    yesterday = TODAY - timedelta(days=1)
    gone = {"role": "department_officer", "starts_on": LONG_AGO, "ends_on": yesterday}
    Membership.objects.create(municipality=puerto_claro, user=vera.user, **gone)

    assert refusal(assign, cycle, vera) == "validator_of_municipality"


def test_whoever_came_as_its_consultant_is_refused(cycle, vera) -> None:
    assign_from_outside(user=vera.user, role="consultant", starts_on=LONG_AGO, by=audit.SYSTEM)

    assert refusal(assign, cycle, vera) == "validator_of_consultancy"


def test_whoever_works_for_the_firm_that_accompanies_it_is_refused(cycle, agency, vera, puerto_claro) -> None:
    firm = Consultancy.objects.create(
        agency=agency,
        firm="UNIVERSIDAD del Puerto",
        tender_number="1-LP26",
        awarded_on=TODAY,
        contract_number="7",
        starts_on=TODAY,
        ends_on=TODAY,
    )
    ConsultancyPlace.objects.create(municipality=puerto_claro, consultancy=firm, starts_on=TODAY)

    assert refusal(assign, cycle, vera) == "validator_of_consultancy"


def test_whose_training_ended_or_who_is_of_another_body_is_refused(cycle, agency, otra_agencia) -> None:
    late = register(agency, "Lía Soto", valid_until=TODAY - timedelta(days=1))
    assert refusal(assign, cycle, late) == "validator_out_of_date"
    assert refusal(assign, cycle, register(otra_agencia, "Omar Gil")) == "validator_not_of_body"


@pytest.fixture
def otra_agencia(agency):
    from cabildo.accounts.actions import create_agency

    return create_agency(slug="otro", name="Otro organismo", by=audit.SYSTEM)


def test_an_assignment_opens_the_municipality_and_its_end_closes_it(cycle, vera) -> None:
    assignment = assign(cycle, vera)
    membership = Membership.objects.get(user=vera.user)
    assert (membership.role, membership.starts_on, membership.ends_on) == ("validator", TODAY, None)
    assert refusal(assign, cycle, vera) == "validator_assigned"

    actions.end_assignment(assignment, on=TODAY, reason="Enfermedad.", today=TODAY, by=audit.SYSTEM)
    membership.refresh_from_db()
    assert membership.ends_on == TODAY
    assert queries.assignment_for(vera.user, cycle) is None


def test_a_declaration_is_made_once_in_writing_by_whom_it_is_about(cycle, vera, bruno) -> None:
    assignment = assign(cycle, vera)
    said = {"has_conflict": False, "declaration": NO_CONFLICT}
    assert refusal(actions.declare, assignment, by=bruno.user, **said) == "not_acting"
    assert refusal(actions.declare, assignment, by=vera.user, has_conflict=False, declaration=" ") == (
        "declaration_missing"
    )
    assert actions.declare(assignment, by=vera.user, **said).may_act
    assert refusal(actions.declare, assignment, by=vera.user, **said) == "already_declared"


def test_a_conflict_keeps_from_acting(cycle, vera) -> None:
    assert not send(cycle, vera, has_conflict=True).may_act
    assert queries.acting(cycle) == []


def test_who_validated_is_lost_until_somebody_takes_over_by_force_majeure(agreed, agency, cycle) -> None:
    first = ValidatorAssignment.objects.get(validator__user__full_name="Vera Ruiz")
    other = register(agency, "Nora Mena")
    assert queries.lost(cycle) == []

    actions.end_assignment(first, on=TODAY, reason="Enfermedad grave.", today=TODAY, by=audit.SYSTEM)
    assert queries.lost(cycle) == [first]
    made = assign(cycle, other, replaces=first)
    assert (queries.lost(cycle), made.replaces) == ([], first)


def test_a_replacement_says_why(agreed, agency) -> None:
    first = ValidatorAssignment.objects.get(validator__user__full_name="Vera Ruiz")
    told = {"validator": register(agency, "Nora Mena"), "today": TODAY, "by": audit.SYSTEM}
    assert refusal(actions.replace, first, reason=" ", **told) == "force_majeure_missing"

    actions.replace(first, reason="Enfermedad grave.", **told)
    first.refresh_from_db()
    assert (first.ended_on, first.end_reason) == (TODAY, "Enfermedad grave.")


def test_at_the_end_of_a_cycle_everybody_goes_home(begun, cycle, vera) -> None:
    actions.release(cycle, on=TODAY, reason="Terminó el ciclo.", by=audit.SYSTEM)

    assert not ValidatorAssignment.objects.filter(ended_on=None).exists()
    assert Membership.objects.get(user=vera.user).ends_on == TODAY


def test_a_validator_validates_and_manages_nothing(begun, vera) -> None:
    assert can(vera.user, "quality.validate")
    for permission in ("quality.lead_cycle", "quality.answer_instruments", "accounts.manage_people", "plans.edit"):
        assert not can(vera.user, permission)


def test_nobody_is_added_once_the_validators_agreed_unless_somebody_is_lost(agreed, agency, cycle, bruno) -> None:
    late = register(agency, "Lía Soto")
    assert refusal(assign, cycle, late) == "validators_settled"
    going = ValidatorAssignment.objects.get(validator=bruno)

    actions.end_assignment(going, on=TODAY, reason="Está con licencia.", today=TODAY, by=audit.SYSTEM)

    assert assign(cycle, late).validator == late


@pytest.fixture
def of_municipality(agency, as_user, counterpart):
    """What the coordinator of the body reads of those who validate it."""
    Enrolment.objects.update(accepted_on=TODAY, answered_by=counterpart)
    desk = as_user(make_agency_member("Coco Paz", agency, "validation_coordinator"))

    def read() -> str:
        return desk.get("/a/validador/calidad/municipalidades/puerto-claro/validadores/").content.decode()

    return read


def test_whom_the_page_offers_to_add_is_who_would_be_taken(agreed, of_municipality, bruno) -> None:
    assert ("Asignar un validador" in of_municipality(), "Reemplazar" in of_municipality()) == (False, True)

    going = ValidatorAssignment.objects.get(validator=bruno)
    actions.end_assignment(going, on=TODAY, reason="Está con licencia.", today=TODAY, by=audit.SYSTEM)

    assert "Asignar un validador" in of_municipality()


def test_nothing_is_offered_of_a_cycle_that_left(begun, of_municipality, cycle, counterpart) -> None:
    assert "Asignar un validador" in of_municipality()

    leaving.leave(cycle, reason="Terminó el convenio.", by=counterpart)

    page = of_municipality()
    assert ("Vera Ruiz" in page, "Asignar un validador" in page, "Reemplazar" in page) == (True, False, False)


def test_while_each_marks_another_validator_may_still_join(begun, agency, cycle) -> None:
    late = register(agency, "Lía Soto")

    assert assign(cycle, late).validator == late
