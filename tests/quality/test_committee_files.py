"""Everything that stage 2 stores is in its PDF, in its Word and in its workbook, and whom it names is noted."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cabildo.audit.models import Entry
from cabildo.meetings.models import Body, Member
from cabildo.people.actions import Contact, put_on_record
from cabildo.people.models import Requester
from cabildo.plans.models import Plan
from cabildo.quality.actions import committee as committee_actions
from cabildo.quality.actions import methods, practices, trainings, working_plans
from cabildo.quality.choices import Scope
from cabildo.quality.models import (
    Committee,
    Cycle,
    FollowUp,
    GoodPractice,
    InterventionMethod,
    LevellingRequest,
    Training,
    TrainingAttendance,
    TrainingPlace,
)
from conftest import make_member
from factories.learning import called, enrolled, training
from factories.programme import agency, lead, professional
from quality.conftest import PDF, TODAY
from quality.test_report_files import fields_of, in_pdf, in_word, in_workbook, plain
from quality.test_validation_files import missing

__all__ = ["agency", "called", "enrolled", "lead", "professional", "training"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/comite/"
READ = {"pdf": in_pdf, "docx": in_word, "xlsx": in_workbook}
STORED = (
    Body,
    Member,
    InterventionMethod,
    FollowUp,
    GoodPractice,
    Training,
    TrainingPlace,
    TrainingAttendance,
    LevellingRequest,
)
KEPT_OUT = {
    "body.kind": "always a committee",
    "body.on_type": "the cycle, told at the head",
    "body.on_id": "the cycle, told at the head",
    "body.created_by": "who typed it; what counts is the decree",
    "body.created_at": "when it was typed; what counts is the decree",
    "body.quorum_number": "asked by another basis than the one that is told",
    "member.body": "there is one",
    "member.email": "how to reach a person, not what the decree says",
    "member.sex": "told added up, of nobody by name",
    "trainingplace.training": "told with it",
    "trainingattendance.place": "told by the training",
    "trainingattendance.counterpart": "told as the person",
    "followup.scope": "those of the plan are told in its stage",
}
BODY = {
    "body.name": "Comité de Mejora del Puerto",
    "body.purpose": "Conducir el programa con todas las direcciones.",
    "body.act_kind": "decreto alcaldicio",
    "body.act_number": "4.321",
    "body.act_on": date(2026, 10, 2),
    "body.starts_on": date(2026, 10, 3),
    "body.ends_on": date(2028, 10, 4),
    "body.quorum_basis": "al menos",
    "body.quorum_numerator": "3/",
    "body.quorum_denominator": "/7",
    "body.counts_representatives": "quien envía a un representante cuenta como presente",
    "member.user": "Pía Lara",
    "member.requester": "Rosa Vecina",
    "member.name": "Noé Nombrado",
    "member.organisation": "Asociación de Funcionarios",
    "member.role": "asesoría",
    "member.sector": "académico",
    "member.has_voice": "Cuenta para el quórum: no",
    "member.starts_on": date(2026, 10, 7),
    "member.ends_on": date(2026, 10, 19),
    "member.end_reason": "Renunció por traslado.",
    "member.act_kind": "resolución",
    "member.act_number": "RX-55",
    "member.act_on": date(2026, 10, 8),
    "member.replaces": "Reemplaza a: Noé Nombrado",
    "its composition": "mujer: 1",
    "its file": "decreto.pdf",
}
WORK = {
    "interventionmethod.stage": "Autoevaluación",
    "interventionmethod.people": "El comité y cada jefatura.",
    "interventionmethod.how": "Sesiones de dos horas.",
    "interventionmethod.departments": "Dirección de Obras",
    "followup.what": "Tareas de cada etapa.",
    "followup.reviewer": "Rita Revisora",
    "followup.every": "cada dos semanas",
    "followup.starts_on": date(2026, 11, 12),
    "followup.when_late": "Se avisa a la alcaldía.",
    "goodpractice.department": "Dirección de Aseo",
    "goodpractice.title": "Mesón único de atención",
    "goodpractice.what": "Recibe todo en un lugar.",
    "goodpractice.since_on": date(2025, 3, 1),
    "goodpractice.contact": "Clara Contacto",
    "goodpractice.published_on": date(2026, 11, 16),
    "goodpractice.published_by": "Pablo Publicador",
    "the launch": "Gimnasio Municipal",
    "the launch was on": date(2026, 11, 18),
    "a channel": "1 de 2",
    "who has no channel": "Dirección de Aseo",
}
TRAINED = {
    "training.agency": "SUBDERE",
    "training.kind": "programa y autoevaluación",
    "training.title": "Modelo y autoevaluación",
    "training.starts_on": date(2026, 9, 8),
    "training.ends_on": date(2026, 9, 9),
    "training.place": "Valparaíso",
    "training.trainers": "Nora Mena",
    "trainingplace.called_on": date(2026, 8, 26),
    "trainingattendance.member": "Raúl Vega",
    "trainingattendance.is_expected": "sin convocar",
    "trainingattendance.came": "no asistió",
    "levellingrequest.visit": "visita 2",
    "levellingrequest.trained": "4113",
    "levellingrequest.members": "9731",
    "levellingrequest.asked_on": date(2026, 11, 14),
    "levellingrequest.asked_by": "Nelly Niveladora",
    "its material": "guia.pdf",
}


def some(prefix: str, told: dict[str, object]) -> dict[str, object]:
    return {name.split(".")[1]: value for name, value in told.items() if name.startswith(f"{prefix}.")}


@pytest.fixture
def planted(committee, called, counterpart, obras, aseo) -> Cycle:
    """A committee with a value of its own in every field."""
    cycle = committee.cycle
    _compose(committee)
    _work(cycle, counterpart, obras, aseo)
    _train(cycle, called)
    return cycle


def _compose(committee: Committee) -> None:
    municipality = committee.municipality
    told = some("body", BODY) | {"act_kind": "decree", "quorum_basis": "at_least"}
    told |= {"quorum_numerator": 3, "quorum_denominator": 7, "counts_representatives": True}
    Body.objects.update(**told)
    neighbour = put_on_record(
        Contact(name="Rosa Vecina", email="rosa@ejemplo.cl"),
        by=make_member("Ida Anota", municipality, "administrator"),
        trusted=True,
    )
    seat = {"municipality": municipality, "body": committee.body}
    told = some("member", BODY)
    gone = {name: told[name] for name in ("name", "organisation", "starts_on", "ends_on", "end_reason")}
    former = Member.objects.create(role="adviser", sector="academic", has_voice=False, **gone, **seat)
    act = {"act_kind": "resolution", "act_number": "RX-55", "act_on": told["act_on"]}
    Member.objects.create(
        requester=neighbour, sex="female", starts_on=date(2026, 10, 20), replaces=former, **act, **seat
    )


def _work(cycle: Cycle, by, obras, aseo) -> None:
    municipality = cycle.municipality
    told = some("interventionmethod", WORK) | {"departments": [obras], "revision": 0}
    methods.declare_method(cycle, "autoevaluacion", by=by, **_without(told, "stage"))
    reviewer = make_member("Rita Revisora", municipality, "quality_committee")
    review = some("followup", WORK) | {"reviewer": reviewer, "every": "fortnight"}
    methods.declare_follow_up(cycle, scope=Scope.STAGES, by=by, **review)
    people = {
        name: make_member(name, municipality, "quality_committee") for name in ("Clara Contacto", "Pablo Publicador")
    }
    practice = _without(some("goodpractice", WORK), "published_on", "published_by")
    practice |= {"department": aseo, "contact": people["Clara Contacto"]}
    practices.register_practice(cycle, today=TODAY, by=by, **practice)
    GoodPractice.objects.update(published_on=WORK["goodpractice.published_on"], published_by=people["Pablo Publicador"])
    when = datetime(2026, 11, 18, 15, tzinfo=UTC)
    committee_actions.plan_launch(cycle, starts_at=when, place="Gimnasio Municipal", expects_all=True, by=by)
    strategy = working_plans.start_strategy(cycle, with_proposal=True, today=TODAY, by=by)
    channel = strategy.nodes.get(place="canales").parts.first()
    working_plans.declare_reach(cycle, channel, departments=[obras], by=by)


def _without(told, *names):
    return {name: value for name, value in told.items() if name not in names}


def _train(cycle: Cycle, called) -> None:
    by = make_member("Nelly Niveladora", cycle.municipality, "quality_counterpart")
    trainings.add_material(called.training, paper=SimpleUploadedFile("guia.pdf", PDF), by=by)
    days = {name: TRAINED[f"training.{name}"] for name in ("starts_on", "ends_on")}
    Training.objects.update(**days)
    TrainingPlace.objects.update(called_on=TRAINED["trainingplace.called_on"])
    TrainingAttendance.objects.filter(member__user__full_name="Raúl Vega").update(is_expected=False, came=False)
    request = {"trained": 4113, "members": 9731, "asked_on": TRAINED["levellingrequest.asked_on"], "asked_by": by}
    LevellingRequest.objects.create(municipality=cycle.municipality, cycle=cycle, visit=2, **request)


def test_every_stored_field_has_a_value_to_look_for() -> None:
    fields = {name for stored in STORED for name in fields_of(stored)} - set(KEPT_OUT)

    assert fields == {name for name in (*BODY, *WORK, *TRAINED) if "." in name}


@pytest.mark.parametrize("kind", READ)
def test_every_stored_field_appears(planted, counterpart, as_user, kind) -> None:
    found = plain(READ[kind](as_user(counterpart).get(f"{HERE}?formato={kind}").content))
    values = BODY | WORK | TRAINED
    if kind == "xlsx":  # there it has a column of its own
        values |= {"member.has_voice": "Cuenta para el quórum", "member.replaces": "Noé Nombrado"}

    assert missing(values, found) == []


def test_the_file_notes_whom_it_names_though_the_page_does_not_show_them(planted, counterpart, as_user) -> None:
    neighbour = Requester.objects.get()
    Member.objects.filter(requester=neighbour).update(ends_on=date(2026, 10, 25), end_reason="Se cambió de casa.")
    desk = as_user(counterpart)
    desk.get(HERE)
    assert not Entry.objects.filter(action="personal_data.read", subject_id=str(neighbour.pk)).exists()

    desk.get(f"{HERE}?formato=xlsx")
    assert Entry.objects.filter(action="personal_data.read", subject_id=str(neighbour.pk)).exists()


@pytest.mark.parametrize("kind", READ)
def test_a_stage_that_is_empty_says_so(cycle, counterpart, as_user, kind) -> None:
    answer = as_user(counterpart).get(f"{HERE}?formato={kind}")

    assert "comite-ciclo-1-" in answer["Content-Disposition"]
    words = {"xlsx": "sin declarar"}.get(kind, "La alcaldía todavía no nombra al comité.")
    assert plain(words) in plain(READ[kind](answer.content))


def test_only_who_reads_the_page_gets_its_file(planted, puerto_claro, as_user) -> None:
    for role, status in (("control_unit", 200), ("counter_officer", 403)):
        someone = as_user(make_member(f"Alguien {role}", puerto_claro, role))
        assert someone.get(f"{HERE}?formato=xlsx").status_code == status


def test_the_file_asks_as_often_with_much_as_with_one(planted, counterpart, as_user, obras, aseo) -> None:
    desk = as_user(counterpart)
    desk.get(f"{HERE}?formato=xlsx")
    with CaptureQueriesContext(connection) as once:
        desk.get(f"{HERE}?formato=xlsx")
    strategy = Plan.objects.get(kind="quality-communication")
    channels = strategy.nodes.filter(level=1, parent__place="canales")
    for stage, channel in zip(("diseno_plan", "validacion_plan"), channels, strict=False):
        working_plans.declare_reach(planted, channel, departments=[obras, aseo], by=counterpart)
        told = {"people": "Todas", "how": "Así", "departments": [obras, aseo], "revision": 0}
        methods.declare_method(planted, stage, by=counterpart, **told)
        practice = {"title": "Otra", "what": "Así.", "department": aseo, "contact": counterpart, "since_on": TODAY}
        practices.register_practice(planted, today=TODAY, by=counterpart, **practice)
    Member.objects.create(
        municipality=planted.municipality, body=planted.committee.body, name="Zoe Más", starts_on=date(2026, 11, 1)
    )

    with CaptureQueriesContext(connection) as more:
        desk.get(f"{HERE}?formato=xlsx")
    assert len(more) == len(once)
