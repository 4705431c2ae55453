"""Stage 0: from the first question to the level and the line it proposes."""

from datetime import date

import pytest

from cabildo.quality import actions
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from conftest import make_member

pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/"
TODAY = date(2026, 11, 23)


def save(client, question: str, alternative: str, *, confirms: bool = True, revision: int = 0, **headers):
    data = {f"{question}-alternative": alternative, f"{question}-revision": revision}
    if confirms:
        data[f"{question}-confirms"] = "on"
    return client.post(f"{HERE}1/diagnostico/todo/{question}/", data, **headers)


def test_without_a_questionnaire_nothing_begins_and_it_says_why(puerto_claro, counterpart, as_user) -> None:
    with pytest.raises(QualityError, match="no_questionnaire"):
        actions.begin(today=TODAY, by=counterpart)
    assert "Falta elegir un cuestionario" in as_user(counterpart).get(HERE).content.decode()


def test_there_is_one_open_cycle_at_a_time(cycle, counterpart) -> None:
    with pytest.raises(QualityError) as refused:
        actions.begin(today=TODAY, by=counterpart)
    assert refused.value.sentence == "Ya hay un ciclo abierto: el 1. Ciérrelo antes de comenzar otro."


def test_a_diagnosis_goes_from_the_first_question_to_the_line_it_proposes(adopted, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    desk.post(f"{HERE}comenzar/")
    save(desk, "plan", "c")
    assert "Seguir respondiendo" in desk.get(f"{HERE}1/diagnostico/").content.decode()
    save(desk, "equipo", "b")
    assert "Cerrar el diagnóstico" in desk.get(f"{HERE}1/diagnostico/").content.decode()

    answer = desk.post(f"{HERE}1/diagnostico/cerrar/", follow=True).content.decode()

    kept = Cycle.objects.get()
    assert (kept.band, kept.proposed_line) == ("avanzado", "accreditation")
    assert "100,0\xa0%" in answer
    assert "8 de 8 puntos" in answer
    assert "demostración, no oficial" in answer


def test_a_question_says_what_its_answer_affirms_and_keeps_what_was_typed(cycle, counterpart, as_user) -> None:
    desk = as_user(counterpart)

    refused = save(desk, "plan", "c", confirms=False, headers={"HX-Request": "true"}).content.decode()
    assert "Confirmen que también se cumplen" in refused
    assert "aprobado por decreto alcaldicio" in refused
    assert 'value="c"' in refused.split("checked")[0].split("<input")[-1]

    saved = save(desk, "plan", "c", headers={"HX-Request": "true"}).content.decode()
    assert "Guardada a las" in saved


def test_closing_says_how_many_are_missing_and_changes_nothing(cycle, counterpart, as_user) -> None:
    page = as_user(counterpart).post(f"{HERE}1/diagnostico/cerrar/", follow=True).content.decode()

    assert "Faltan 2 preguntas por responder" in page
    assert Cycle.objects.get().diagnosis.is_open


def test_reopened_the_level_no_longer_stands(cycle, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    save(desk, "plan", "a")
    save(desk, "equipo", "a")
    desk.post(f"{HERE}1/diagnostico/cerrar/")
    assert Cycle.objects.get().proposed_line == "progressive"

    desk.post(f"{HERE}1/diagnostico/abrir/", {"reason": "Se leyó mal una pregunta"})

    assert (Cycle.objects.get().proposed_line, Cycle.objects.get().diagnosis.is_open) == ("", True)


@pytest.mark.parametrize("more", ["", "?formato=pdf", "?formato=xlsx"])
def test_the_result_comes_as_page_paper_and_workbook(cycle, counterpart, as_user, more) -> None:
    desk = as_user(counterpart)
    save(desk, "plan", "b")
    save(desk, "equipo", "a")
    actions.close_diagnosis(cycle, by=counterpart)

    answer = desk.get(f"{HERE}1/diagnostico/resultado/{more}")

    assert answer.status_code == 200
    assert len(answer.content) > 1000


@pytest.mark.parametrize(
    ("role", "reads_answers_closes"),
    [
        ("quality_counterpart", (200, 200, 302)),
        ("quality_committee", (200, 200, 403)),
        ("mayor", (200, 200, 302)),
        ("control_unit", (200, 200, 403)),
        ("programme_professional", (200, 200, 403)),
        ("validator", (200, 200, 403)),
        ("counter_officer", (403, 403, 403)),
    ],
)
def test_each_role_does_its_part_and_no_more(cycle, puerto_claro, as_user, role, reads_answers_closes) -> None:
    desk, here = as_user(make_member("Alguien Más", puerto_claro, role)), f"{HERE}1/diagnostico/"

    answers = [desk.get(here), desk.get(f"{here}todo/"), desk.post(f"{here}cerrar/")]

    assert tuple(answer.status_code for answer in answers) == reads_answers_closes


def test_another_municipality_sees_nothing_of_it(cycle, otra_comuna, as_user) -> None:
    stranger = as_user(make_member("Otra Persona", otra_comuna, "quality_counterpart"))

    assert stranger.get(f"{HERE}1/diagnostico/").status_code in (403, 404)
    assert stranger.get("/m/otra-comuna/mesa/calidad/1/diagnostico/").status_code == 404


def test_the_pages_ask_as_often_with_one_answer_as_with_all(
    cycle, counterpart, as_user, django_assert_max_num_queries
) -> None:
    desk = as_user(counterpart)
    save(desk, "plan", "b")
    with django_assert_max_num_queries(12):
        desk.get(f"{HERE}1/diagnostico/todo/")
    save(desk, "equipo", "b")
    with django_assert_max_num_queries(12):
        desk.get(f"{HERE}1/diagnostico/todo/")
