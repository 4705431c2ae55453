"""What the programme records ends the task that asked for it, taking it back opens it again, and roles have people."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.scoping import in_municipality
from cabildo.content.models import PackVersion
from cabildo.content.packs import load_directory
from cabildo.instruments import actions as instruments
from cabildo.instruments import queries as answered
from cabildo.instruments.rules.answers import Answer
from cabildo.meetings.actions import holding, minutes, signing
from cabildo.meetings.choices import Role, SigningMethod
from cabildo.meetings.models import Attendance, Meeting
from cabildo.meetings.queries.signing import acta_in_force
from cabildo.plans.choices import PlanState
from cabildo.quality import actions as cycles
from cabildo.quality import queries
from cabildo.quality.actions import levelling, programme
from cabildo.quality.actions.committee import appoint_committee
from cabildo.quality.actions.counterparts import end_counterpart, name_counterpart
from cabildo.quality.actions.methods import declare_follow_up, remove_follow_up
from cabildo.quality.choices import Scope
from cabildo.quality.endings import listening, settling, table
from cabildo.quality.models import Cycle, Enrolment
from cabildo.quality.rules.validation import Step
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions import stages, tasks
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.choices import EventKind, TaskState
from cabildo.workflow.processes.models import RunRole, StageRun, TaskRun
from conftest import make_member
from factories.programme import agency, lead, professional
from quality.conftest import PDF, TODAY

__all__ = ["agency", "lead", "professional"]
pytestmark = pytest.mark.django_db
CHAIN = ["convocar_diagnostico", "aplicar_diagnostico", "firmar_acta_diagnostico", "confirmar_linea"]


def today():
    return timezone.localdate()


def done(cycle: Cycle) -> list[str]:
    """The tasks that are done, of every stage."""
    found = TaskRun.objects.filter(stage__run=queries.run_of(cycle), state=TaskState.DONE)
    return list(found.order_by("stage__position", "position").values_list("code", flat=True))


def holder(cycle: Cycle, code: str):
    return RunRole.objects.get(run=queries.run_of(cycle), code=code).responsible


def begin(cycle: Cycle, code: str, by) -> None:
    """The stage begins, whatever is missing of those before."""
    run = queries.run_of(cycle)
    StageRun.objects.filter(run=run).exclude(code=code).update(state="closed", ended_on=today())
    stages.begin_stage(next(one for one in processes.stages_of(run) if one.code == code), by=by, today=today())


@pytest.fixture
def signed(cycle, counterpart, alcaldesa) -> Cycle:
    """The meeting was held, led by the mayor, every question answered, the acta signed."""
    now = timezone.now()
    meeting = cycles.plan_diagnosis_meeting(cycle, starts_at=now - timedelta(hours=5), place="Salón", by=counterpart)
    seat = {"user": alcaldesa, "role": Role.CHAIR, "expected": True, "came": True}
    chair = Attendance.objects.create(municipality=meeting.municipality, meeting=meeting, **seat)
    times = {"started_at": now - timedelta(hours=4), "ended_at": now - timedelta(hours=1)}
    holding.note_times(meeting, **times, now=now, by=counterpart)
    for question in answered.questionnaire(cycle.diagnosis).questions():
        said = Answer(question.alternatives[-1].id)
        told = {"question": question.id, "said": said, "confirms": True, "by": counterpart}
        instruments.answer(assessment=cycle.diagnosis, **told)
    closed = cycles.close_diagnosis(cycle, by=counterpart)
    sign(meeting, chair, counterpart)
    return closed


@pytest.fixture
def join(puerto_claro, agency, lead, professional, alcaldesa):
    """It is invited, its professional is named, and the mayor accepts."""

    def join() -> None:
        invited = programme.invite(puerto_claro, agency=agency, invitation="Les invitamos.", today=today(), by=lead)
        looks_after = {"professional": professional, "validating_agency": None}
        programme.look_after(invited, **looks_after, today=today(), by=lead)
        programme.accept(invited, today=today(), by=alcaldesa)

    return join


def sign(meeting: Meeting, chair: Attendance, by) -> None:
    for item in meeting.items.filter(minute=None):
        minutes.write_minute(item, {"text": "Se conversó."}, base=0, by=by)
    minutes.close_minutes(Meeting.objects.get(pk=meeting.pk), at=timezone.now(), by=by)
    acta = acta_in_force(meeting)
    signing.sign(acta, chair, method=SigningMethod.ACCOUNT, by=chair.user)


def test_meeting_answers_and_acta_end_their_tasks_without_being_noted_twice(signed, alcaldesa) -> None:
    assert done(signed) == CHAIN[:3]
    last = TaskRun.objects.get(code="firmar_acta_diagnostico")
    assert (last.ended_on, last.ended_by) == (today(), alcaldesa)


def test_the_line_that_the_programme_confirms_ends_its_task(signed, puerto_claro, agency, professional) -> None:
    with in_municipality(puerto_claro):
        told = {"line": "progressive", "reason": "Coincide.", "today": today(), "by": professional}
        programme.confirm_line(signed, **told)

    assert done(signed) == CHAIN
    stage = processes.stages_of(queries.run_of(signed))[0]
    assert [one.what for one in processes.open_required(stage)] == []


def test_a_levelling_line_is_confirmed_asks_for_the_diagnosis_again_and_then_all_of_it_is_to_do(
    signed, counterpart, professional
) -> None:
    told = {"line": "levelling", "reason": "Bajo el umbral.", "today": today(), "by": professional}
    programme.confirm_line(signed, **told)
    assert done(signed) == CHAIN
    verdicts = processes.verdicts(processes.stages_of(queries.run_of(signed))[0])
    gate = next(one for one in verdicts if one.gate.code == "linea_confirmada")
    assert gate.fix.endswith("después repitan el diagnóstico.")

    planned = levelling.plan_activity(signed, what="Taller", held_on=today(), who="SUBDERE", by=counterpart)
    levelling.finish_activity(planned, done_on=today(), attendance="Doce.", today=today(), by=counterpart)
    levelling.repeat_diagnosis(signed, by=counterpart)

    assert done(signed) == []


def test_who_opens_the_diagnosis_again_has_its_tasks_to_do_again(signed, counterpart) -> None:
    cycles.reopen_diagnosis(signed, reason="Faltó un área.", by=counterpart)

    assert done(signed) == CHAIN[:1]


def test_what_was_recorded_before_its_stage_ends_its_task_when_the_stage_begins(cycle, counterpart, join) -> None:
    join()
    Enrolment.objects.update(invited_on=today() - timedelta(days=30))
    assert done(cycle) == []

    begin(cycle, "ingreso", counterpart)

    assert done(cycle) == ["invitar_municipalidad", "responder_invitacion"]
    assert TaskRun.objects.get(code="invitar_municipalidad").ended_on == today()  # no day before its stage


def test_a_counterpart_who_leaves_opens_the_task_again_and_the_next_one_ends_it(
    cycle, counterpart, join, puerto_claro
) -> None:
    join()
    begin(cycle, "ingreso", counterpart)
    told = {"act": "Oficio N° 45", "named_on": today(), "today": today(), "by": counterpart}
    name_counterpart(cycle, user=counterpart, **told)
    second = name_counterpart(cycle, user=make_member("Raúl Vega", puerto_claro, "quality_committee"), **told)
    assert "designar_contrapartes" in done(cycle)

    end_counterpart(second, ended_on=today(), today=today(), by=counterpart)
    assert "designar_contrapartes" not in done(cycle)
    name_counterpart(cycle, user=make_member("Eva Soto", puerto_claro, "quality_committee"), **told)
    assert "designar_contrapartes" in done(cycle)


def test_a_task_waits_for_those_before_it_and_ends_with_the_last_of_them(committee, counterpart) -> None:
    cycle = committee.cycle
    begin(cycle, "comite", counterpart)
    told = {"what": "Avance", "every": "month", "when_late": "Se reprograma.", "reviewer": counterpart}
    review = declare_follow_up(cycle, scope=Scope.STAGES, starts_on=today(), by=counterpart, **told)
    assert done(cycle) == ["nombrar_comite"]

    for code in ("primera_visita", "acordar_plan_trabajo"):
        found = TaskRun.objects.get(stage__run=queries.run_of(cycle), code=code)
        tasks.skip_task(found, reason="Se hizo antes.", by=counterpart, today=today())
    assert done(cycle) == ["nombrar_comite", "declarar_seguimiento_etapas"]

    remove_follow_up(review, by=counterpart)
    assert done(cycle) == ["nombrar_comite"]


def test_what_somebody_says_is_not_done_after_all_is_left_to_people(signed, counterpart) -> None:
    tasks.undo_task(TaskRun.objects.get(code="firmar_acta_diagnostico"), by=counterpart)

    TaskRun.objects.filter(code="convocar_diagnostico").update(state=TaskState.DONE)
    name_counterpart(signed, user=counterpart, act="45", named_on=today(), today=today(), by=counterpart)

    assert done(signed) == CHAIN[:2]


def test_a_process_without_these_tasks_takes_the_record_all_the_same(signed, counterpart, monkeypatch) -> None:
    monkeypatch.setattr(settling, "ENDINGS", {})

    cycles.reopen_diagnosis(signed, reason="Faltó un área.", by=counterpart)
    named = name_counterpart(signed, user=counterpart, act="45", named_on=today(), today=today(), by=counterpart)

    assert (named.pk is not None, done(signed)) == (True, CHAIN[:1])


# -- roles ------------------------------------------------------------------------------------------------------------


def test_roles_have_whoever_is_known_as_soon_as_it_is_known(alcaldesa, cycle, counterparts, join, professional) -> None:
    assert (holder(cycle, "alcaldia"), holder(cycle, "contrapartes")) == (alcaldesa, counterparts[0])
    assert holder(cycle, "profesional_programa") is None

    join()

    assert holder(cycle, "profesional_programa") == professional


def test_the_chair_of_the_committee_answers_for_it_and_for_its_tasks(committee, alcaldesa) -> None:
    assert holder(committee.cycle, "comite") == alcaldesa
    assert TaskRun.objects.get(code="acordar_plan_trabajo").responsible == alcaldesa


def test_who_people_put_in_a_role_stays_whoever_comes(
    alcaldesa, cycle, counterpart, counterparts, puerto_claro
) -> None:
    second = counterparts[1]
    role = RunRole.objects.get(run=queries.run_of(cycle), code="contrapartes")
    tasks.assign_role(role, to=Holder(second), by=counterpart)

    make_member("Otra Alcaldía", puerto_claro, "mayor")
    appoint_committee(
        cycle, number="1", on=today(), secretary=counterpart, today=today(), by=counterpart,
        paper=SimpleUploadedFile("decreto.pdf", PDF),
    )  # fmt: skip

    assert holder(cycle, "contrapartes") == second


def test_who_is_no_longer_counterpart_no_longer_holds_the_role(cycle, counterpart, counterparts) -> None:
    first = cycle.counterparts.get(user=counterparts[0])

    end_counterpart(first, ended_on=TODAY, today=TODAY, by=counterpart)

    assert holder(cycle, "contrapartes") == counterparts[1]


# -- the table --------------------------------------------------------------------------------------------------------


def test_every_task_of_the_table_is_one_of_the_processes_that_ship(db, settings) -> None:
    load_directory(Path(settings.CONTENT_DIR) / "processes")
    bodies = PackVersion.objects.filter(pack__kind="processes").values_list("body", flat=True)
    shipped = {task["id"] for body in bodies for stage in body["stages"] for task in stage["tasks"]}

    assert set(table.ENDINGS) - shipped == set()
    assert {code for codes in listening.TAKEN_BACK.values() for code in codes} - shipped == set()


def test_every_record_that_is_listened_to_is_one_that_something_writes() -> None:
    source = "".join(path.read_text() for path in Path(audit.__file__).parents[1].rglob("actions*/**/*.py"))
    source += Path(accounts.__file__).read_text()
    told = {f"process.{kind}" for kind in EventKind} | {f"validation.{step}" for step in Step}
    told |= {f"plan.{state}" for state in PlanState}

    listened = listening.PEOPLE | listening.RECORDS | set(listening.TAKEN_BACK)
    assert {verb for verb in listened - told if f'"{verb}"' not in source} == set()
