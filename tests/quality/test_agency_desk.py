"""The desk of an agency: what it sees of its municipalities, what it decides, and who is kept out."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.accounts.models import Membership
from cabildo.accounts.scoping import in_municipalities, in_municipality
from cabildo.quality import queries
from cabildo.quality.actions import leaving
from cabildo.quality.models import Cycle, Enrolment, LineDecision
from cabildo.quality.shown import workload
from cabildo.site.commands import _load_country
from cabildo.ui.spanish import short_date
from factories.programme import (
    agency,
    blank_diagnosis,
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
DESK = "/a/subdere/calidad/"
RECORD = f"{DESK}municipalidades/puerto-claro/"


def text(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def enrolled(puerto_claro, agency, professional) -> Enrolment:
    return enrol(puerto_claro, agency, professional)


@pytest.fixture
def closed(cycle, counterpart):
    return close(cycle, counterpart)


def names(page: str) -> list[str]:
    return [line.split("</a>")[0].rpartition(">")[2] for line in page.split('<th scope="row">')[1:]]


def test_a_cycle_that_left_is_told_with_its_day_and_its_reason(enrolled, cycle, counterpart, lead) -> None:
    desk = entered(lead)
    assert "retirado del programa" not in text(desk.get(DESK))
    leaving.leave(cycle, reason="Terminó el convenio.", by=counterpart)

    assert f"retirado del programa el {short_date(timezone.localdate())}" in text(desk.get(DESK))
    page = text(desk.get(RECORD))
    assert "La municipalidad retiró su ciclo del programa el" in page
    assert "Terminó el convenio." in page
    leaving.come_back(cycle, reason="Seguimos.", by=counterpart)
    assert "retirado del programa" not in text(desk.get(DESK))


def test_the_list_shows_stage_line_professional_and_who_only_was_invited(enrolled, cycle, otra_comuna, lead) -> None:
    with in_municipality(otra_comuna):
        enrol(otra_comuna, enrolled.agency, accepted_on=None, answered_by=None)

    page = text(entered(lead).get(DESK))

    assert names(page) == ["Municipalidad de Otra Comuna", "Municipalidad de Puerto Claro"]
    for words in ("2 municipalidades", "invitada", "0. Aplicación del diagnóstico", "por confirmar", "Pedro Gil"):
        assert words in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=claro", 1),
        ("q=nadie", 0),
        ("etapa=diagnostico", 1),
        ("etapa=comite", 0),
        ("linea=por-confirmar", 1),
        ("linea=levelling", 0),
        ("estado=accepted", 1),
        ("estado=declined", 0),
        ("atraso=si", 0),
    ],
)
def test_each_filter_narrows_the_list(asked, found, enrolled, cycle, lead) -> None:
    assert len(names(text(entered(lead).get(f"{DESK}?{asked}")))) == found


def test_the_region_comes_from_the_commune_and_the_professional_from_the_enrolment(enrolled, lead) -> None:
    _load_country()
    far = enrol(make_municipality("13101"), enrolled.agency)
    browser = entered(lead)

    assert names(text(browser.get(f"{DESK}?region=13"))) == [str(far.municipality)]
    assert names(text(browser.get(f"{DESK}?profesional={enrolled.professional_id}"))) == [
        "Municipalidad de Puerto Claro"
    ]
    assert "Valparaíso" in text(browser.get(DESK))


def test_a_cycle_past_the_date_of_its_stage_is_late(enrolled, cycle, lead, monkeypatch) -> None:
    later = timezone.localdate() + timedelta(days=120)
    monkeypatch.setattr("cabildo.quality.views.agency.timezone.localdate", lambda: later)

    page = text(entered(lead).get(f"{DESK}?atraso=si"))

    assert names(page) == ["Municipalidad de Puerto Claro"]
    assert "días hábiles" in page


def test_the_list_costs_the_same_with_one_municipality_and_with_four(enrolled, cycle, lead) -> None:
    browser = entered(lead)
    costs = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            browser.get(DESK)
        costs.append(len(asked))
        for _number in range(3):
            enrol(make_municipality(), enrolled.agency, enrolled.professional)

    assert costs[0] == costs[1]


def test_the_list_goes_out_as_csv_and_as_a_workbook(enrolled, cycle, lead) -> None:
    browser = entered(lead)

    lines = text(browser.get(f"{DESK}?formato=csv")).splitlines()
    assert lines[0] == "\ufeffMunicipalidad;Región;Participa;Etapa;Plazo;Días de atraso;Línea;Profesional"
    assert lines[1].startswith("Municipalidad de Puerto Claro;sin dato;participa;0. Aplicación del diagnóstico;")
    assert browser.get(f"{DESK}?formato=xlsx").content.startswith(b"PK")


def test_the_lead_invites_assigns_and_confirms(puerto_claro, closed, agency, lead, professional) -> None:
    browser = entered(lead)
    invited = {"municipality": puerto_claro.pk, "invitation": "Les invitamos."}
    assert "todavía no responde" in text(browser.post(f"{DESK}invitar/", invited, follow=True))
    Enrolment.objects.update(accepted_on=timezone.localdate(), answered_by=lead)

    page = text(browser.post(f"{RECORD}acompanamiento/", {"professional": professional.pk}, follow=True))
    assert "Acompañamiento guardado." in page
    assert Membership.objects.get(user=professional).role == "programme_professional"

    told = {"line": "accreditation", "reason": "Ya acreditó un servicio."}
    page = text(browser.post(f"{RECORD}linea/", told, follow=True))
    assert "Ya acreditó un servicio." in page
    assert LineDecision.objects.get().by == lead


def test_a_professional_decides_only_for_those_they_look_after(enrolled, closed, agency) -> None:
    other = entered(make_agency_member("Olga Ruz", agency, "programme_professional"))
    told = {"line": "progressive", "reason": "Sigue."}

    assert other.get(RECORD).status_code == 200
    assert other.post(f"{RECORD}linea/", told).status_code == 404
    assert other.get(f"{DESK}invitar/").status_code == 403

    assert entered(enrolled.professional).post(f"{RECORD}linea/", told).status_code == 302
    assert LineDecision.objects.get().by == enrolled.professional


def test_before_it_accepts_the_desk_sees_no_cycle(puerto_claro, closed, agency, lead) -> None:
    enrol(puerto_claro, agency, accepted_on=None, answered_by=None)

    page = text(entered(lead).get(RECORD))

    assert "Sus ciclos se ven desde que acepta la invitación." in page
    assert "Ciclo 1" not in page
    assert names(text(entered(lead).get(f"{DESK}?etapa=diagnostico"))) == []
    assert entered(lead).get(f"{RECORD}linea/").status_code == 404


def test_the_body_that_validates_reads_and_changes_nothing(enrolled, closed, lead) -> None:
    centre = make_agency("valida", "Centro Validador")
    Enrolment.objects.update(validating_agency=centre)
    browser = entered(make_agency_member("Lidia Barra", centre, "validation_coordinator"))
    there = "/a/valida/calidad/municipalidades/puerto-claro/"

    assert "Etapas" in text(browser.get(there))
    assert "Confirmar la línea" not in text(browser.get(there))
    assert [browser.get(f"{there}{page}").status_code for page in ("linea/", "acompanamiento/")] == [403, 403]


def test_an_agency_sees_only_its_own(enrolled, otra_comuna) -> None:
    other = make_agency("otro", "Otro organismo")
    with in_municipality(otra_comuna):
        enrol(otra_comuna, other)
    browser = entered(make_agency_member("Olga Ruz", other, "programme_lead"))

    assert names(text(browser.get("/a/otro/calidad/"))) == ["Municipalidad de Otra Comuna"]
    assert browser.get("/a/otro/calidad/municipalidades/puerto-claro/").status_code == 404
    assert "Puerto Claro" not in text(browser.get("/a/otro/calidad/carga/"))


def test_the_board_counts_the_municipalities_of_the_seed(agency, questionnaire, django_assert_num_queries) -> None:
    """32 in accreditation, and 71 in progressive improvement with five professionals: 15 + 19 + 19 + 5 + 13."""
    for number, many in enumerate((15, 19, 19, 5, 13), start=1):
        person = make_agency_member(f"Profesional {number}", agency, "programme_professional")
        for _one in range(many):
            decided(enrol(make_municipality(), agency, person), "progressive", person, questionnaire)
    for _one in range(32):
        decided(enrol(make_municipality(), agency), "accreditation", person, questionnaire)

    with in_municipalities(queries.accepted_ids(agency)), django_assert_num_queries(2):
        drawn = workload.board(agency, timezone.localdate())

    people, lines, _stages = [panel.table.rows for panel in drawn.panels]
    assert [row[:2] for row in people] == [
        ["Profesional 2", 19],
        ["Profesional 3", 19],
        ["Profesional 1", 15],
        ["Profesional 5", 13],
        ["Profesional 4", 5],
        ["sin asignar", 32],
    ]
    assert sum(row[1] for row in people if row[0] != "sin asignar") == 71
    assert [row[1] for row in lines] == [0, 71, 32, 0]
    assert {row[2].denominator for row in people} == {103}


def decided(enrolment: Enrolment, line: str, by, questionnaire) -> None:
    with in_municipality(enrolment.municipality):
        cycle = Cycle.objects.create(municipality=enrolment.municipality, number=1, opened_on=timezone.localdate())
        cycle.diagnosis = blank_diagnosis(enrolment.municipality, questionnaire)
        cycle.save()
        told = {"cycle": cycle, "diagnosis": cycle.diagnosis, "line": line, "reason": "Sigue el resultado.", "by": by}
        LineDecision.objects.create(municipality=enrolment.municipality, **told)


def test_the_board_goes_out_as_paper_and_as_a_workbook(enrolled, cycle, lead) -> None:
    browser = entered(lead)

    assert "¿Quién acompaña a cuántas municipalidades?" in text(browser.get(f"{DESK}carga/"))
    assert browser.get(f"{DESK}carga/?formato=pdf").content.startswith(b"%PDF")
    assert browser.get(f"{DESK}carga/?formato=xlsx").content.startswith(b"PK")
