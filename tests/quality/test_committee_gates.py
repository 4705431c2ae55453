"""The gates of stage 2 say exactly what is missing and where it is done."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils import timezone

from cabildo.accounts.links import addresses
from cabildo.documents.actions import erase_document
from cabildo.documents.models import Document
from cabildo.meetings.actions import bodies, holding
from cabildo.meetings.actions.holding import Noted
from cabildo.plans.actions import tree
from cabildo.quality import queries
from cabildo.quality.actions import committee as actions
from cabildo.quality.actions import methods, practices, working_plans
from cabildo.quality.choices import CONDUCTED, Scope
from cabildo.quality.models import ChannelReach, Committee
from cabildo.workflow.processes import gates
from cabildo.workflow.processes import queries as processes
from conftest import make_member
from quality.conftest import DECREED_ON, TODAY

pytestmark = pytest.mark.django_db
MESA = "cabildo.site.urls_municipality"
STAGES = ("Autoevaluación", "Validación de la autoevaluación", "Diseño del Plan de Mejoras")
LAST = "Validación del Plan de Mejoras"


@pytest.fixture
def missing(cycle):
    """What the gate of this name asks for, as (words, name of its address)."""
    run = queries.run_of(cycle)

    def ask(check: str) -> list[tuple[str, str]]:
        process = processes.process_of(run.pack_version)
        gate = next(gate for stage in process.stages for gate in stage.gates if gate.check == f"quality.{check}")
        with addresses():
            found = gates.verdict(gate, run, {}).missing
        return [(item.what, place_of(item.url)) for item in found]

    return ask


def place_of(url: str) -> str:
    return resolve(urlsplit(url).path.removeprefix("/m/puerto-claro"), MESA).url_name


def test_the_committee_waits_for_the_counterparts_and_then_for_the_decree(missing, cycle) -> None:
    assert missing("committee_appointed") == [
        ("Designar a las dos contrapartes técnicas", "counterpart_name"),
        ("Registrar el decreto que nombra al comité", "decree"),
    ]


def test_a_committee_whole_and_with_its_file_passes(missing, committee) -> None:
    assert missing("committee_appointed") == []
    erase_document(Document.objects.get(), by=committee.body.created_by, reason="Se subió otro papel")
    assert missing("committee_appointed") == [("Subir el decreto", "decree")]


def test_the_chair_of_another_and_a_counterpart_left_out_are_named(
    missing, committee, counterparts, puerto_claro
) -> None:
    lead, second = counterparts
    ended = {"ends_on": DECREED_ON + timedelta(days=1), "reason": "Renuncia", "by": lead}
    bodies.end_term(committee.body.members.get(role="chair"), **ended)
    bodies.end_term(committee.body.members.get(user=second), **ended)
    other = bodies.Who(user=make_member("Sol Ruiz", puerto_claro, "counter_officer"))
    bodies.appoint(committee.body, other, starts_on=DECREED_ON + timedelta(days=2), role="chair", by=lead)

    assert missing("committee_appointed") == [
        ("Anotar que la alcaldía preside el comité", "body"),
        ("Nombrar en el comité a la contraparte Raúl Vega", "body"),
    ]


def test_the_work_plan_asks_each_stage_for_an_activity_with_who_and_when(missing, cycle, counterpart) -> None:
    assert missing("work_plan_complete") == [("Empezar el Plan de Trabajo", "work_plan")]
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=TODAY, by=counterpart)
    asked = [f"Decir quién responde y cuándo: {stage}" for stage in (*STAGES, LAST)]
    assert missing("work_plan_complete") == [(words, "edit") for words in asked]

    for code in ("autoevaluacion", "validacion_autoevaluacion", "diseno_plan"):
        first = plan.nodes.get(place=code).parts.first()
        tree.change_node(first, revision=1, by=counterpart, responsible=counterpart)
    for node in plan.nodes.get(place="validacion_plan").parts.all():
        tree.remove_node(node, by=counterpart, today=TODAY)
    assert missing("work_plan_complete") == [(f"Agregar al menos una actividad: {LAST}", "add")]

    own = {"label": "Responder", "starts_on": plan.starts_on, "ends_on": plan.ends_on}
    place = plan.nodes.get(place="validacion_plan")
    node = tree.add_node(plan, parent=place, by=counterpart, **own)
    assert missing("work_plan_complete") == [(asked[-1], "edit")]
    tree.change_node(node, revision=1, by=counterpart, responsible=counterpart)
    assert missing("work_plan_complete") == [(f"Enviar a aprobación «{plan.title}»", "plan")]


def carried_out(plan, state: str) -> None:
    type(plan).objects.filter(pk=plan.pk).update(state=state)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("submitted", ["Aprobar con su acto «%s»"]),
        ("approved", ["Comenzar la ejecución de «%s»"]),
        ("in_execution", []),
        ("closed", []),
    ],
)
def test_a_whole_work_plan_is_approved_and_begun_before_the_stage_closes(
    missing, cycle, counterpart, state, words
) -> None:
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=TODAY, by=counterpart)
    for place in plan.nodes.filter(level=0):
        tree.change_node(place.parts.first(), revision=1, by=counterpart, responsible=counterpart)
    carried_out(plan, state)

    assert missing("work_plan_complete") == [(one % plan.title, "plan") for one in words]


def begun_strategy(cycle, counterpart):
    """A strategy in which each content has somebody who answers; its channels reach nobody yet."""
    plan = working_plans.start_strategy(cycle, with_proposal=True, today=TODAY, by=counterpart)
    for place in plan.nodes.filter(level=0):
        tree.change_node(place.parts.first(), revision=1, by=counterpart, responsible=counterpart)
    return plan


def test_the_strategy_has_its_five_contents(missing, cycle, counterpart) -> None:
    assert missing("communication_strategy_complete") == [("Empezar la Estrategia Comunicacional Interna", "strategy")]
    working_plans.start_strategy(cycle, with_proposal=False, today=TODAY, by=counterpart)

    contents = ("Lanzamiento", "Difusión", "Motivación", "Canales de información", "Instancias para recibir opiniones")
    asked = [(f"Agregar al menos una actividad: {content}", "add") for content in contents]
    assert missing("communication_strategy_complete") == asked


def test_each_channel_says_whom_it_reaches_and_no_department_is_left_out(
    missing, cycle, counterpart, obras, aseo
) -> None:
    strategy = begun_strategy(cycle, counterpart)
    asked = missing("communication_strategy_complete")
    channels = [*strategy.nodes.get(place="canales").parts.all()]
    assert asked == [(f"Decir a quiénes llega el canal «{one.label}»", "channel") for one in channels]

    for channel in channels:
        working_plans.declare_reach(cycle, channel, departments=[obras], by=counterpart)
    left = "Llegar con algún canal a la dirección que falta: Dirección de Aseo y Ornato"
    assert missing("communication_strategy_complete") == [(left, "committee")]
    working_plans.declare_reach(cycle, channels[0], departments=[obras, aseo], by=counterpart)
    assert missing("communication_strategy_complete") == [(f"Enviar a aprobación «{strategy.title}»", "plan")]
    carried_out(strategy, "in_execution")
    assert missing("communication_strategy_complete") == []

    type(aseo).objects.filter(pk=aseo.pk).update(is_active=False)
    ChannelReach.objects.filter(department=aseo).delete()
    assert missing("communication_strategy_complete") == []


def test_every_stage_to_come_has_its_method(missing, cycle, counterpart, obras) -> None:
    assert [place for _what, place in missing("intervention_method_declared")] == ["method"] * len(CONDUCTED)
    for stage in CONDUCTED:
        told = {"people": "El comité", "how": "Sesiones", "departments": [obras], "revision": 0}
        methods.declare_method(cycle, stage, by=counterpart, **told)

    assert missing("intervention_method_declared") == []


def test_the_review_of_the_plan_is_not_that_of_the_stages(missing, cycle, counterpart) -> None:
    told = {"what": "Tareas", "reviewer": counterpart, "every": "month", "when_late": "Se avisa", "starts_on": TODAY}
    methods.declare_follow_up(cycle, scope=Scope.PLAN, by=counterpart, **told)
    asked = ("Declarar qué se revisa, quién y cada cuánto", "follow_up_add")
    assert missing("stage_follow_up_declared") == [asked]

    methods.declare_follow_up(cycle, scope=Scope.STAGES, by=counterpart, **told)
    assert missing("stage_follow_up_declared") == []


def test_the_launch_is_planned_held_and_its_attendance_noted(missing, committee, counterparts) -> None:
    assert missing("launch_held") == [("Planificar el lanzamiento", "launch")]
    lead, _second = counterparts
    starts_at = timezone.now() - timedelta(days=1)
    given = {"starts_at": starts_at, "place": "Gimnasio", "expects_all": False, "by": lead}
    meeting = actions.plan_launch(committee.cycle, **given)
    assert missing("launch_held") == [("Hacer el lanzamiento", "detail")]

    times = {"started_at": starts_at, "ended_at": starts_at + timedelta(hours=1)}
    holding.note_times(meeting, **times, now=timezone.now(), by=lead)
    assert missing("launch_held") == [("Anotar la asistencia al lanzamiento: faltan 3 personas", "detail")]
    listed = [one.pk for one in meeting.attendances.all()]
    holding.take_attendance(meeting, dict.fromkeys(listed, Noted("absent")), by=lead)
    assert missing("launch_held") == [("Anotar quiénes asistieron al lanzamiento", "detail")]
    holding.take_attendance(meeting, {listed[0]: Noted("came")}, by=lead)
    assert missing("launch_held") == []


def test_a_good_practice_is_registered_and_then_published(missing, cycle, counterpart, obras) -> None:
    assert missing("good_practices_published") == [("Registrar una buena práctica", "practice_add")]
    told = {"title": "Mesón único", "what": "Recibe todo.", "department": obras, "contact": counterpart}
    practice = practices.register_practice(cycle, since_on=DECREED_ON, today=TODAY, by=counterpart, **told)
    assert missing("good_practices_published") == [("Publicar una buena práctica", "practice_publish")]

    practices.publish_practice(practice, today=TODAY, by=counterpart)
    assert missing("good_practices_published") == []


def test_no_gate_of_stage_2_is_met_by_an_empty_cycle(missing, cycle) -> None:
    assert not Committee.objects.exists()
    process = processes.process_of(queries.run_of(cycle).pack_version)
    ours = [gate.check.removeprefix("quality.") for gate in process.stage("comite").gates]
    assert len(ours) == 8
    assert all(missing(check) for check in ours)
