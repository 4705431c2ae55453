"""The diagnosis opens again only while its stage is open; days that nobody means are refused at their field."""

from datetime import timedelta

import pytest

from cabildo.instruments import actions as instruments
from cabildo.instruments.rules.answers import Answer
from cabildo.meetings.models import Meeting
from cabildo.quality import actions, queries
from cabildo.quality.actions.programme import confirm_line
from cabildo.quality.errors import QualityError
from cabildo.workflow.processes.actions import stages
from cabildo.workflow.processes.choices import StageState
from cabildo.workflow.processes.models import StageRun
from quality.conftest import TODAY

pytestmark = pytest.mark.django_db
PAGE = "/m/puerto-claro/mesa/calidad/1/diagnostico/"


@pytest.fixture
def settled(cycle, counterpart):
    """Its diagnosis closed, its line confirmed, its stage closed and the next under way."""
    for question in ("plan", "equipo"):
        instruments.answer(assessment=cycle.diagnosis, question=question, said=Answer("a"), by=counterpart)
    actions.close_diagnosis(cycle, by=counterpart)
    confirm_line(cycle, line="progressive", reason="Es su nivel.", today=TODAY, by=counterpart)
    done = {"state": StageState.CLOSED, "started_on": TODAY, "ended_on": TODAY}
    StageRun.objects.filter(code="diagnostico").update(**done)
    stages.begin_stage(StageRun.objects.get(code="ingreso"), by=counterpart, today=TODAY)
    return queries.cycles().get(pk=cycle.pk)


def test_a_diagnosis_whose_stage_is_closed_stays_and_says_which_stage_to_open(settled, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    page = desk.get(PAGE).content.decode()
    assert f'href="{PAGE}abrir/"' not in page
    label = StageRun.objects.get(code="diagnostico").label
    assert f"La etapa «{label}» ya se cerró con este resultado. Reábrala antes" in page

    told = desk.post(f"{PAGE}abrir/", {"reason": "Se leyó mal."}, follow=True).content.decode()

    assert "Reábrala antes, con su razón, en la página del proceso." in told
    kept = queries.cycles().get(pk=settled.pk)
    assert not kept.diagnosis.is_open
    assert queries.standing_decision(kept).line == "progressive"


def test_once_its_stage_is_open_again_the_diagnosis_opens_and_the_line_is_asked_for_anew(settled, counterpart) -> None:
    first = StageRun.objects.get(code="diagnostico")
    stages.reopen_stage(first, reason="Se leyó mal una pregunta.", by=counterpart)

    actions.reopen_diagnosis(settled, reason="Se leyó mal una pregunta.", by=counterpart)

    cycle = queries.cycles().get(pk=settled.pk)
    assert (cycle.diagnosis.is_open, cycle.proposed_line, queries.standing_decision(cycle)) == (True, "", None)
    assert StageRun.objects.get(code="diagnostico").state == StageState.REOPENED


@pytest.mark.parametrize("year", [1999, TODAY.year - 2, TODAY.year + 11, 9999])
def test_a_meeting_far_from_its_cycle_is_refused_at_its_day(cycle, counterpart, as_user, year) -> None:
    sent = {"day": f"{year}-01-05", "hour": "09:30", "place": "Salón"}

    shown = as_user(counterpart).post(f"{PAGE}reunion/", sent)

    assert [*shown.context["form"].errors] == ["day"]
    assert "Revise el año" in shown.content.decode()
    assert not Meeting.objects.exists()


def test_the_action_itself_refuses_such_a_day(cycle, counterpart) -> None:
    far = cycle.diagnosis.opened_at + timedelta(days=365 * 12)
    with pytest.raises(QualityError) as refusal:
        actions.plan_diagnosis_meeting(cycle, starts_at=far, place="Salón", by=counterpart)

    assert refusal.value.sentence == "Revise el año: el ciclo comenzó en 2026. Elija un día entre 2025 y 2036."
