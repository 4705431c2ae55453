"""The first screen of an agency's desk: what each of its people must do, before the menu of what they may open."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.accounts.scoping import in_municipality
from cabildo.quality.actions import help as help_desk
from cabildo.quality.actions import programme
from cabildo.quality.choices import Subject
from cabildo.quality.models import Enrolment, Sending, Training
from cabildo.workflow.processes.models import StageRun, TaskRun
from factories.programme import (
    agency,
    enrol,
    entered,
    lead,
    make_agency,
    make_agency_member,
    make_municipality,
    professional,
)
from quality.test_programme import close

__all__ = ["agency", "lead", "professional"]
pytestmark = pytest.mark.django_db
HOME = "/a/subdere/"


@pytest.fixture
def enrolled(puerto_claro, agency, professional) -> Enrolment:
    return enrol(puerto_claro, agency, professional)


@pytest.fixture
def closed(cycle, counterpart):
    return close(cycle, counterpart)


def home(user, address: str = HOME) -> str:
    return entered(user).get(address).content.decode()


def work(page: str) -> str:
    """What stands before the menu."""
    return page.split("Lo que puede abrir aquí", maxsplit=1)[0]


def test_with_nothing_owed_it_says_so_and_the_menu_comes_after(enrolled, professional) -> None:
    page = home(professional)

    assert "No tiene nada pendiente" in work(page)
    assert page.index("No tiene nada pendiente") < page.rindex("Carga de trabajo")


def test_a_line_to_confirm_waits_for_its_professional_and_is_seen_by_who_leads(
    enrolled, closed, professional, lead
) -> None:
    assert "Línea por confirmar" in work(home(professional))
    assert 'municipalidades/puerto-claro/linea/"' in work(home(professional))
    assert "Esperando a otros" in work(home(lead))

    with in_municipality(enrolled.municipality):
        told = {"line": "progressive", "reason": "Coincide.", "today": timezone.localdate(), "by": professional}
        programme.confirm_line(closed, **told)

    assert "Línea por confirmar" not in work(home(professional))


def test_a_municipality_past_its_day_is_the_first_thing(enrolled, cycle, professional) -> None:
    StageRun.objects.update(planned_ends_on=timezone.localdate() - timedelta(days=30))

    page = work(home(professional))

    assert page.index("Fuera de plazo") < page.index("Atrasada en: 0. Aplicación del diagnóstico")


def test_another_professional_is_told_nothing_of_it(enrolled, closed, agency) -> None:
    assert "No tiene nada pendiente" in work(home(make_agency_member("Otra Gil", agency, "programme_professional")))


def test_who_leads_is_told_who_did_not_answer_and_whom_nobody_accompanies(agency, lead) -> None:
    enrol(make_municipality(), agency, accepted_on=None, answered_by=None)
    enrol(make_municipality(), agency)

    page = work(home(lead))

    assert "Invitada, todavía no responde" in page
    assert "Nadie la acompaña" in page


def test_a_question_without_anybody_is_of_all_who_answer(enrolled, cycle, counterpart, professional) -> None:
    asked = help_desk.ask(subject="Decreto", words="¿Quién firma?", today=timezone.localdate(), by=counterpart)

    assert f"Consulta {asked.folio}" in work(home(professional))


def test_a_report_without_validators_waits_for_who_sends_them(enrolled, cycle, counterpart) -> None:
    body = make_agency("valida", "Entidad validadora")
    Enrolment.objects.update(validating_agency=body)
    told = {"letter_number": "1", "letter_on": timezone.localdate(), "to": str(body), "sha256": "a" * 64}
    more = {"content_sha256": "b" * 64, "sent_at": timezone.now(), "sent_by": counterpart, "cycle": cycle}
    Sending.objects.create(municipality=enrolled.municipality, subject=Subject.REPORT, **told, **more)
    coordinator = make_agency_member("Coco Paz", body, "validation_coordinator")

    page = work(home(coordinator, "/a/valida/"))

    assert "Informe de Autoevaluación sin validadores" in page
    assert 'municipalidades/puerto-claro/validadores/"' in page


def test_a_training_to_give_has_its_day(agency, lead) -> None:
    first = timezone.localdate() + timedelta(days=2)
    told = {"kind": "programme", "title": "Taller uno", "place": "Sala", "trainers": "Ana"}
    Training.objects.create(agency=agency, starts_on=first, ends_on=first + timedelta(days=1), **told)

    assert "Taller uno" in work(home(lead))


def test_it_costs_the_same_with_one_municipality_and_with_four(enrolled, closed, lead) -> None:
    browser = entered(lead)
    costs = []
    for _round in range(2):
        browser.get(HOME)
        with CaptureQueriesContext(connection) as asked:
            browser.get(HOME)
        costs.append(len(asked))
        for _number in range(3):
            enrol(make_municipality(), enrolled.agency, enrolled.professional)

    assert costs[0] == costs[1]


def test_the_task_of_the_line_says_until_when(enrolled, closed, professional) -> None:
    TaskRun.objects.filter(code="confirmar_linea").update(planned_ends_on=timezone.localdate() - timedelta(days=9))

    page = work(home(professional))

    assert page.index("Fuera de plazo") < page.index("Línea por confirmar")
