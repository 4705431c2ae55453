"""The programme inside a municipality: invitation and answer, line and levelling, support by the professional."""

from datetime import date

import pytest
from django.utils import timezone

from cabildo.accounts.actions import assign_from_outside
from cabildo.quality.actions import programme as actions
from cabildo.quality.models import Cycle, Enrolment, LevellingActivity, LineDecision, Support
from cabildo.ui.spanish import short_date
from conftest import make_member, make_user
from factories.programme import agency, enrol, entered, lead, professional
from quality.test_programme import close

__all__ = ["agency", "lead", "professional"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/"
LINE = f"{HERE}1/linea/"
TODAY = date(2026, 11, 23)


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def visiting(puerto_claro, agency, professional):
    """The professional of the programme, entered in the municipality that they look after."""
    enrol(puerto_claro, agency, professional)
    assign_from_outside(
        user=professional, role="programme_professional", starts_on=timezone.localdate(), by=professional
    )
    return entered(professional)


@pytest.fixture
def closed(cycle, counterpart) -> Cycle:
    return close(cycle, counterpart)


def test_without_an_invitation_the_page_says_who_invites(alcaldesa, as_user) -> None:
    page = text(as_user(alcaldesa).get(f"{HERE}programa/"))

    assert "Todavía no hay una invitación" in page


def test_the_mayor_reads_the_invitation_and_accepts(puerto_claro, agency, alcaldesa, as_user) -> None:
    enrol(puerto_claro, agency, accepted_on=None, answered_by=None)
    browser = as_user(alcaldesa)
    assert "Les invitamos." in text(browser.get(f"{HERE}programa/"))

    page = text(browser.post(f"{HERE}programa/aceptar/", follow=True))

    assert "La municipalidad participa en el programa." in page
    assert "Aceptar la invitación" not in page
    assert Enrolment.objects.get().answered_by == alcaldesa


def test_saying_no_needs_a_reason_at_its_field(puerto_claro, agency, counterpart, as_user) -> None:
    enrol(puerto_claro, agency, accepted_on=None, answered_by=None)
    browser = as_user(counterpart)

    refused = browser.post(f"{HERE}programa/no-aceptar/", {"reason": ""})
    assert (refused.status_code, [*refused.context["form"].errors]) == (422, ["reason"])

    browser.post(f"{HERE}programa/no-aceptar/", {"reason": "Sin equipo este año."})
    assert Enrolment.objects.get().decline_reason == "Sin equipo este año."


def test_only_who_leads_the_cycle_answers_the_invitation(puerto_claro, agency, as_user) -> None:
    enrol(puerto_claro, agency, accepted_on=None, answered_by=None)
    browser = as_user(make_member("Tomás Rivas", puerto_claro, "quality_committee"))

    assert "Aceptar la invitación" not in text(browser.get(f"{HERE}programa/"))
    assert browser.post(f"{HERE}programa/aceptar/").status_code == 403


def test_the_line_page_shows_the_proposal_and_then_the_decision_with_its_reason(
    closed, counterpart, as_user, professional
) -> None:
    browser = as_user(counterpart)
    assert "todavía no se confirma" in text(browser.get(LINE))
    assert "Confirmar la línea" not in text(browser.get(LINE))

    actions.confirm_line(
        closed, today=timezone.localdate(), line="progressive", reason="Sigue el resultado.", by=professional
    )

    page = text(browser.get(LINE))
    assert "Mejoramiento Progresivo" in page
    assert "Sigue el resultado. El resultado proponía:" in page


def test_the_page_of_a_cycle_and_the_list_tell_a_line_proposed_from_one_confirmed(
    closed, counterpart, as_user, professional
) -> None:
    browser, places = as_user(counterpart), (HERE, f"{HERE}1/")
    assert all("propuesta, por confirmar" in text(browser.get(place)) for place in places)

    told = {"line": "progressive", "reason": "Sigue el resultado.", "by": professional}
    actions.confirm_line(closed, today=timezone.localdate(), **told)

    day = short_date(timezone.localdate())
    for page in (text(browser.get(place)) for place in places):
        assert f"Mejoramiento Progresivo, confirmada el {day}" in page
        assert "por confirmar" not in page


def test_the_visiting_professional_confirms_the_line_and_the_municipality_cannot(
    closed, visiting, counterpart, as_user
) -> None:
    told = {"line": "progressive", "reason": "Sigue el resultado."}
    assert as_user(counterpart).post(f"{LINE}confirmar/", told).status_code == 403

    page = text(visiting.post(f"{LINE}confirmar/", told, follow=True))

    assert "Línea confirmada." in page
    assert LineDecision.objects.get().reason == "Sigue el resultado."


def test_from_levelling_to_a_new_diagnosis_by_its_pages(closed, visiting, counterpart, as_user) -> None:
    visiting.post(f"{LINE}confirmar/", {"line": "levelling", "reason": "Bajo el umbral."})
    below = f"{HERE}1/nivelacion/"
    planned = {"what": "Taller de metas", "held_on": "2026-11-20", "who": "SUBDERE", "revision": 0}
    assert "Taller de metas" in text(visiting.post(f"{below}agregar/", planned, follow=True))
    made = LevellingActivity.objects.get()
    visiting.post(f"{below}{made.pk}/", {**planned, "who": "Universidad", "revision": 1})
    done = {"done_on": "2026-11-20", "attendance": "Doce personas."}
    page = text(visiting.post(f"{below}{made.pk}/hecha/", done, follow=True))
    assert ("Doce personas." in page, "Universidad" in page) == (True, True)

    browser = as_user(counterpart)
    assert "Repetir el diagnóstico" in text(browser.get(LINE))
    browser.post(f"{LINE}repetir-diagnostico/")

    assert Cycle.objects.get().diagnosis.previous == closed.diagnosis


def test_an_activity_planned_by_mistake_is_taken_out(closed, visiting) -> None:
    visiting.post(f"{LINE}confirmar/", {"line": "levelling", "reason": "Bajo el umbral."})
    planned = {"what": "Taller", "held_on": "2026-11-20", "who": "SUBDERE", "revision": 0}
    visiting.post(f"{HERE}1/nivelacion/agregar/", planned)

    visiting.post(f"{HERE}1/nivelacion/{LevellingActivity.objects.get().pk}/quitar/")

    assert not LevellingActivity.objects.exists()


def test_the_professional_enters_support_and_nothing_else_of_stage_1(closed, visiting) -> None:
    told = {"kind": "technical", "pays": "Asesoría", "reason": "La pidió.", "granted_on": "2026-11-20", "revision": 0}

    page = text(visiting.post(f"{HERE}1/ingreso/apoyos/agregar/", told, follow=True))

    assert ("Apoyo registrado." in page, Support.objects.get().pays) == (True, "Asesoría")
    assert "Registrar un apoyo" in page
    assert visiting.get(f"{HERE}1/ingreso/convenio/").status_code == 403


def test_a_stranger_and_the_committee_confirm_nothing(closed, puerto_claro, as_user) -> None:
    committee = as_user(make_member("Tomás Rivas", puerto_claro, "quality_committee"))

    assert committee.get(LINE).status_code == 200
    assert committee.get(f"{LINE}confirmar/").status_code == 403
    assert committee.get(f"{HERE}1/nivelacion/agregar/").status_code == 403
    assert as_user(make_user("Nadie Aquí")).get(LINE).status_code == 403
