"""A consultancy: whom it accompanies and since when, who never visits, and what each visit leaves."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cabildo.accounts.actions import assign_from_outside
from cabildo.accounts.models import Membership, User
from cabildo.accounts.scoping import in_municipality
from cabildo.documents.queries import kept_documents_of
from cabildo.quality import visit_duties
from cabildo.quality.actions import consultancy as actions
from cabildo.quality.actions.validators import register_validator
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Consultancy, ConsultancyMember, ConsultancyPlace, Visit
from cabildo.quality.queries import consultancy as queries
from cabildo.workflow.processes.choices import StageState, TaskState
from cabildo.workflow.processes.models import TaskRun
from conftest import LONG_AGO, make_user
from factories.learning import TODAY, accompanied, carla, contract, contracted, enrolled
from factories.programme import agency, enrol, entered, lead, make_agency, make_agency_member, professional
from quality.conftest import PDF

__all__ = ["accompanied", "agency", "carla", "contracted", "enrolled", "lead", "professional"]
pytestmark = pytest.mark.django_db
DESK = "/a/subdere/calidad/consultorias/"
HERE = "/m/puerto-claro/mesa/calidad/"
TRAINED = {"trained_on": date(2025, 3, 1), "valid_until": date(2028, 3, 1), "employer": "Universidad"}


def text(answer) -> str:
    return answer.content.decode()


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


def role_of(user) -> tuple:
    held = Membership.objects.get(user=user)
    return held.role, held.starts_on, held.ends_on


def test_a_contract_is_recorded_once_and_after_its_award(agency, lead, contracted) -> None:
    assert refusal(contract, agency, lead) == "contract_known"
    early = {"contract_number": "Contrato 78", "starts_on": TODAY - timedelta(days=50)}
    assert refusal(contract, agency, lead, **early) == "contract_dates"

    with pytest.raises(IntegrityError), transaction.atomic():
        Consultancy.objects.update(starts_on=TODAY - timedelta(days=50))


def test_covering_a_municipality_lets_its_consultants_in_and_leaving_it_takes_that_away(
    accompanied, carla, lead
) -> None:
    assert role_of(carla) == ("consultant", TODAY, None)

    actions.uncover(accompanied, today=TODAY, by=lead)
    assert role_of(carla) == ("consultant", TODAY, TODAY)
    assert ConsultancyPlace.objects.get().ended_on == TODAY


def test_who_joins_later_enters_and_who_leaves_does_not_return(accompanied, contracted, lead) -> None:
    late = make_user("Luis Mora")
    member = actions.add_consultant(contracted, user=late, today=TODAY, by=lead)
    assert role_of(late) == ("consultant", TODAY, None)
    assert refusal(actions.add_consultant, contracted, user=late, today=TODAY, by=lead) == "consultant_known"

    actions.end_consultant(member, today=TODAY, by=lead)
    assert role_of(late) == ("consultant", TODAY, TODAY)


def test_the_end_of_the_contract_ends_everything(accompanied, contracted, carla, lead) -> None:
    actions.end_consultancy(contracted, today=TODAY, by=lead)

    assert role_of(carla)[2] == TODAY
    assert not ConsultancyMember.objects.filter(ended_on=None).exists()
    assert refusal(actions.end_consultancy, contracted, today=TODAY, by=lead) == "consultancy_ended"


def test_one_consultancy_at_a_time_and_only_who_takes_part(
    accompanied, agency, otra_comuna, puerto_claro, lead
) -> None:
    other = contract(agency, lead, contract_number="Contrato 78")
    assert refusal(actions.cover, other, puerto_claro, today=TODAY, by=lead) == "covered_already"
    assert refusal(actions.cover, other, otra_comuna, today=TODAY, by=lead) == "not_taking_part"


def test_who_is_in_a_register_of_validators_is_no_consultant(agency, contracted, lead) -> None:
    vera = make_user("Vera Ruiz")
    register_validator(agency, user=vera, today=TODAY, by=lead, **TRAINED)

    assert refusal(actions.add_consultant, contracted, user=vera, today=TODAY, by=lead) == "consultant_validates"


def test_a_consultant_does_not_enter_a_register_of_validators(agency, carla, lead) -> None:
    given = {"user": carla, "today": TODAY, "by": lead, **TRAINED}
    assert refusal(register_validator, agency, **given) == "validator_is_consultant"


def test_who_once_validated_a_municipality_does_not_accompany_it(
    contracted, carla, enrolled, puerto_claro, lead
) -> None:
    assign_from_outside(user=carla, role="validator", starts_on=LONG_AGO, by=lead)

    assert refusal(actions.cover, contracted, puerto_claro, today=TODAY, by=lead) == "consultant_validates"
    assert not Membership.objects.filter(role="consultant").exists()


def test_the_contract_reaches_every_municipality_of_it(contracted, agency, accompanied, otra_comuna, lead) -> None:
    actions.add_contract_paper(contracted, paper=SimpleUploadedFile("contrato.pdf", PDF), by=lead)
    with in_municipality(otra_comuna):
        enrol(otra_comuna, agency)
    other = actions.cover(contracted, otra_comuna, today=TODAY, by=lead)

    with in_municipality(otra_comuna):
        assert [one.original_name for one in kept_documents_of(other)] == ["contrato.pdf"]
    assert refusal(actions.add_contract_paper, contract(agency, lead, contract_number="9"), paper=None, by=lead) == (
        "nobody_covered"
    )


def test_the_process_asks_for_six_visits_and_each_is_reported_after_its_agenda(accompanied, carla, cycle) -> None:
    assert [one.number for one in queries.visits_of(cycle)] == [1, 2, 3, 4, 5, 6]
    told = {"by": carla, "revision": 0}
    assert refusal(actions.plan_visit, cycle, number=7, agenda="Bases", **told) == "no_such_visit"
    visit = actions.plan_visit(cycle, number=1, agenda="Bases del plan de trabajo", **told)
    assert visit.task.code == "primera_visita"

    done = {"effort_days": Decimal("0.5"), "report": "Se acordó el plan.", "revision": 1, "today": TODAY, "by": carla}
    assert refusal(actions.report_visit, visit, held_on=TODAY + timedelta(days=1), **done) == "in_future"
    actions.report_visit(visit, held_on=TODAY, paper=SimpleUploadedFile("informe.pdf", PDF), **done)
    first = queries.visits_of(cycle)[0]
    assert (first.is_held, [str(one) for one in first.papers]) == (True, ["informe.pdf"])


def test_a_reported_visit_is_done_in_the_process_unless_it_waits_for_another(accompanied, carla, cycle) -> None:
    visit = actions.plan_visit(cycle, number=1, agenda="Bases", revision=0, by=carla)
    stage = visit.task.stage
    type(stage).objects.filter(pk=stage.pk).update(state=StageState.RUNNING)
    done = {"effort_days": Decimal("0.5"), "report": "Se acordó.", "held_on": TODAY, "today": TODAY, "by": carla}
    actions.report_visit(visit, revision=1, **done)
    assert TaskRun.objects.get(pk=visit.task_id).state == TaskState.PENDING
    stage.tasks.exclude(pk=visit.task_id).update(state=TaskState.DONE, ended_on=TODAY)
    actions.report_visit(visit, revision=2, **done | {"report": "Se acordó el plan."})
    assert TaskRun.objects.get(pk=visit.task_id).state == TaskState.DONE


@pytest.mark.urls("cabildo.site.urls_municipality")
def test_the_next_visit_is_a_duty_of_who_makes_it(accompanied, carla, cycle, counterpart) -> None:
    def owed(user) -> list[str]:
        return [duty.action for duty in visit_duties.duties(User.objects.get(pk=user.pk), TODAY, 50)]

    assert owed(carla) == ["Preparar la tabla"]
    visit = actions.plan_visit(cycle, number=1, agenda="Bases", revision=0, by=carla)
    assert owed(carla) == ["Informar"]
    done = {"effort_days": Decimal("0.5"), "report": "Se acordó.", "held_on": TODAY, "today": TODAY, "by": carla}
    actions.report_visit(visit, revision=1, **done)
    (second,) = visit_duties.duties(User.objects.get(pk=carla.pk), TODAY, 50)
    assert second.url.endswith("/consultoria/visitas/2/tabla/")
    assert owed(counterpart) == []


def test_only_who_was_contracted_here_writes_of_a_visit(contracted, cycle, enrolled) -> None:
    stranger = make_user("Omar Gil")
    given = {"number": 1, "agenda": "Bases", "revision": 0}
    assert refusal(actions.plan_visit, cycle, by=stranger, **given) == "no_consultancy"


def test_a_visit_held_without_report_is_refused_by_the_database(accompanied, carla, cycle) -> None:
    actions.plan_visit(cycle, number=1, agenda="Bases", revision=0, by=carla)

    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.update(held_on=TODAY)


def test_the_consultant_writes_the_visit_and_the_municipality_reads_it(accompanied, carla, cycle, counterpart) -> None:
    browser, page = entered(carla), f"{HERE}{cycle.number}/consultoria/"
    sent = {"agenda": "Bases del plan", "revision": 0}
    assert "Bases del plan" in text(browser.post(f"{page}visitas/1/tabla/", sent, follow=True))
    told = {"held_on": TODAY.isoformat(), "effort_days": "0,5", "report": "Se acordó el plan.", "revision": 1}
    assert "Se acordó el plan." in text(browser.post(f"{page}visitas/1/informe/", told, follow=True))
    assert browser.get(f"{page}visitas/2/informe/").status_code == 404

    other = entered(counterpart)
    seen = text(other.get(page))
    assert "Se acordó el plan." in seen
    assert "Escribir la tabla" not in seen
    assert other.get(f"{page}visitas/1/tabla/").status_code == 403


def test_a_consultant_sees_only_the_municipalities_of_their_contract(
    accompanied, agency, carla, cycle, otra_comuna
) -> None:
    with in_municipality(otra_comuna):
        enrol(otra_comuna, agency)
    page = text(entered(carla).get(f"{HERE}consultoria/"))

    assert "Municipalidad de Puerto Claro" in page
    assert "Otra Comuna" not in page
    assert entered(carla).get("/m/otra-comuna/mesa/calidad/consultoria/").status_code == 403


def test_the_agency_contracts_and_assigns_from_its_desk(enrolled, puerto_claro, lead) -> None:
    browser = entered(lead)
    days = {"awarded_on": "2026-01-05", "starts_on": "2026-01-12", "ends_on": "2027-01-12"}
    told = {"firm": "Gestión SpA", "tender_number": "1-LP26", "contract_number": "C-1", "revision": 0, **days}
    assert "Consultoría registrada." in text(browser.post(f"{DESK}registrar/", told, follow=True))
    record = f"{DESK}{Consultancy.objects.get().pk}/"
    person = {"full_name": "Carla Soto", "email": "carla@gestion.example"}
    assert "Carla Soto" in text(browser.post(f"{record}consultores/agregar/", person, follow=True))
    page = text(browser.post(f"{record}municipalidades/agregar/", {"municipality": puerto_claro.pk}, follow=True))
    assert "Municipalidad agregada." in page
    assert Membership.objects.filter(user__full_name="Carla Soto", role="consultant", ends_on=None).exists()

    browser.post(f"{record}municipalidades/puerto-claro/terminar/")
    assert not Membership.objects.filter(role="consultant", ends_on=None).exists()


def test_who_does_not_lead_the_programme_reads_and_changes_nothing(accompanied, contracted, professional) -> None:
    browser = entered(professional)

    assert "Carla Soto" in text(browser.get(f"{DESK}{contracted.pk}/"))
    for page in ("registrar/", f"{contracted.pk}/terminar/", f"{contracted.pk}/consultores/agregar/"):
        assert browser.get(f"{DESK}{page}").status_code == 403
    other = make_agency_member("Olga Ruz", make_agency("otro", "Otro"), "programme_lead")
    assert entered(other).get(f"/a/otro/calidad/consultorias/{contracted.pk}/").status_code == 404


def test_the_list_is_searched_and_goes_out(contracted, agency, lead) -> None:
    browser, costs = entered(lead), []
    for number in ("C-2", "C-3"):
        with CaptureQueriesContext(connection) as asked:
            page = text(browser.get(f"{DESK}?q=gestion&estado=vigentes"))
        costs.append(len(asked))
        contract(agency, lead, contract_number=number)
    assert costs[0] == costs[1]
    assert "Gestión Pública SpA" in page
    assert "No hay consultorías así" in text(browser.get(f"{DESK}?estado=terminadas"))
    assert "1234-5-LP26" in text(browser.get(f"{DESK}?formato=csv"))
