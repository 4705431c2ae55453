"""The gates of stage 0 say exactly what is missing and where, and open when it is there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.accounts.models import User
from cabildo.instruments import actions as instruments
from cabildo.instruments.rules.answers import Answer
from cabildo.meetings.actions import holding
from cabildo.meetings.actions.minutes import write_minute
from cabildo.meetings.choices import Role, State
from cabildo.meetings.models import Attendance, Meeting
from cabildo.quality import acta, actions, queries
from cabildo.quality.gates import diagnosis as gates
from cabildo.quality.models import Cycle
from cabildo.workflow.processes.models import ProcessRun
from cabildo.workflow.processes.queries import stages_of

pytestmark = pytest.mark.django_db
PAGE = "/m/puerto-claro/mesa/calidad/1/diagnostico/"


@pytest.fixture
def run(cycle) -> ProcessRun:
    found = queries.run_of(cycle)
    assert found is not None
    return found


def missing(check, run: ProcessRun) -> list[str]:
    with addresses():
        return [item.what for item in check(run)]


def planned(cycle: Cycle, by: User) -> Meeting:
    starts_at = timezone.now() - timedelta(hours=5)
    return actions.plan_diagnosis_meeting(cycle, starts_at=starts_at, place="Salón", by=by)


def held(cycle: Cycle, chair: User, by: User) -> Meeting:
    meeting = planned(cycle, by)
    person = {"user": chair, "role": Role.CHAIR, "expected": True, "came": True}
    Attendance.objects.create(municipality=meeting.municipality, meeting=meeting, **person)
    started_at = timezone.now() - timedelta(hours=4)
    return holding.note_times(
        meeting, started_at=started_at, ended_at=timezone.now() - timedelta(hours=1), now=timezone.now(), by=by
    )


def test_the_run_begins_with_the_cycle_in_its_first_stage(run, cycle) -> None:
    assert (run.on_type, run.on_id) == ("quality.cycle", "1")
    assert queries.cycle_of(run) == cycle
    assert [stage.state for stage in stages_of(run)] == ["running", *["to_begin"] * 7]


def test_it_counts_the_questions_that_are_missing_until_the_diagnosis_closes(run, cycle, counterpart) -> None:
    assert missing(gates.diagnosis_answered, run) == ["Responder las preguntas que faltan: 2"]
    for question in ("plan", "equipo"):
        instruments.answer(assessment=cycle.diagnosis, question=question, said=Answer("a"), by=counterpart)
    assert missing(gates.diagnosis_answered, run) == ["Cerrar el diagnóstico"]

    actions.close_diagnosis(cycle, by=counterpart)
    assert missing(gates.diagnosis_answered, run) == []


def test_the_meeting_has_a_point_for_each_area_and_lasts_what_the_questionnaire_says(cycle, counterpart) -> None:
    meeting = planned(cycle, counterpart)

    assert [(item.title, item.minutes) for item in meeting.items.all()] == [("Todo", 60)]
    assert meeting.planned_end_at - meeting.planned_start_at == timedelta(minutes=60)


def test_somebody_else_presiding_is_not_the_mayor(run, cycle, counterpart, alcaldesa) -> None:
    assert missing(gates.diagnosis_led_by_mayor, run) == ["Planificar la reunión del diagnóstico"]
    meeting = held(cycle, counterpart, counterpart)
    assert missing(gates.diagnosis_led_by_mayor, run) == ["Anotar que la alcaldía presidió y asistió"]

    meeting.attendances.update(user=alcaldesa)
    assert missing(gates.diagnosis_led_by_mayor, run) == []


def test_the_acta_must_be_signed(run, cycle, counterpart, alcaldesa) -> None:
    meeting = held(cycle, alcaldesa, counterpart)
    assert missing(gates.diagnosis_minutes_signed, run) == ["Cerrar y firmar el acta de la reunión"]

    Meeting.objects.filter(pk=meeting.pk).update(state=State.SIGNED)
    assert missing(gates.diagnosis_minutes_signed, run) == []


def test_the_page_plans_the_meeting_once_and_leads_to_it(cycle, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    asked = {"day": "2026-12-01", "hour": "09:30", "place": "Salón municipal"}

    first = desk.post(f"{PAGE}reunion/", asked)
    again = desk.get(f"{PAGE}reunion/")

    assert first.url == again.url == f"/m/puerto-claro/mesa/reuniones/{Meeting.objects.get().pk}/"
    assert "Salón municipal" in desk.get(PAGE).content.decode()


def test_closing_writes_the_answers_into_the_acta_and_nothing_that_somebody_wrote(cycle, counterpart) -> None:
    meeting = planned(cycle, counterpart)
    for question in ("plan", "equipo"):
        dissent = "Obras no está de acuerdo." if question == "plan" else ""
        said = {"assessment": cycle.diagnosis, "question": question, "said": Answer("a"), "dissent": dissent}
        instruments.answer(**said, by=counterpart)

    actions.close_diagnosis(cycle, by=counterpart)

    [minute] = [item.minute for item in meeting.items.all()]
    assert "¿Tiene la municipalidad un equipo a cargo de ese plan de trabajo?\nNo hay un equipo a cargo." in minute.text
    assert minute.dissent.endswith("Obras no está de acuerdo.")
    write_minute(meeting.items.get(), {"text": "Corregido a mano."}, base=minute.revision, by=counterpart)
    assert acta.write_answers(meeting, cycle.diagnosis, by=counterpart) == 0
