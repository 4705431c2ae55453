"""The page of stage 2 and its forms: what each shows, who may write, what is said at which field."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.meetings.actions import bodies
from cabildo.meetings.models import Meeting
from cabildo.plans.models import Plan
from cabildo.quality.actions import committee as actions
from cabildo.quality.actions import methods, practices, working_plans
from cabildo.quality.choices import Scope
from cabildo.quality.models import ChannelReach, Committee, Cycle, FollowUp, GoodPractice, InterventionMethod
from conftest import make_member
from quality.conftest import PDF, TODAY

pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/comite/"
METHOD = {"people": "El comité", "how": "Sesiones semanales", "revision": 0}
REVIEW = {"what": "Tareas", "every": "month", "starts_on": "2026-11-20", "when_late": "Se avisa", "revision": 0}
PRACTICE = {"title": "Mesón único", "what": "Recibe todo.", "since_on": "2025-03-01", "revision": 0}


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


def text(answer) -> str:
    return answer.content.decode()


def test_an_empty_stage_says_what_is_missing_with_a_link_to_each(desk) -> None:
    page = text(desk.get(HERE))

    for place in ("decreto", "plan-de-trabajo", "estrategia", "metodologia/autoevaluacion", "seguimiento/agregar"):
        assert f'<li><a href="{HERE}{place}/">' in page
    assert f'<li><a href="{HERE}lanzamiento/">' in page
    assert f'<li><a href="{HERE}practicas/agregar/">' in page


def test_the_decree_is_registered_and_the_page_says_who_lacks_the_role(
    desk, counterparts, alcaldesa, puerto_claro
) -> None:
    lead, _second = counterparts
    officer = make_member("Sol Ruiz", puerto_claro, "counter_officer")
    sent = {"number": "1.234", "on": "2026-11-02", "secretary": lead.pk, "paper": SimpleUploadedFile("d.pdf", PDF)}
    page = text(desk.post(f"{HERE}decreto/", sent, follow=True))
    assert "Comité nombrado." in page
    assert "Decreto alcaldicio N° 1.234, lunes 2 de noviembre de 2026" in page
    assert "le falta el rol" not in page

    body, who = Committee.objects.get().body, bodies.Who(user=officer)
    bodies.appoint(body, who, starts_on=date(2026, 11, 3), by=lead)
    page = text(desk.get(HERE))
    assert page.count("le falta el rol") == 1
    assert f"personas/{officer.pk}/rol/" not in page


def test_who_gives_roles_finds_where(committee, puerto_claro, as_user) -> None:
    both = make_member("Ada Pino", puerto_claro, "administrator")
    chief = make_member("Sol Ruiz", puerto_claro, "counter_officer")
    committee.body.members.filter(role="member").update(user=chief)
    both.memberships.create(municipality=puerto_claro, role="mayor", starts_on=date(2020, 1, 1))

    assert f"personas/{chief.pk}/rol/" in text(as_user(both).get(HERE))


def test_a_decree_refused_keeps_what_was_typed_and_says_why_at_the_field(desk, counterparts, alcaldesa) -> None:
    lead, _second = counterparts
    sent = {"number": "1.234", "on": f"{timezone.localdate().year + 1}-12-31", "secretary": lead.pk}

    refused = desk.post(f"{HERE}decreto/", sent)

    assert refused.status_code == 422
    assert [*refused.context["form"].errors] == ["on"]
    assert 'value="1.234"' in text(refused)
    assert not Committee.objects.exists()


def test_a_decree_that_is_there_is_corrected(desk, committee) -> None:
    assert 'value="1.234"' in text(desk.get(f"{HERE}decreto/"))
    desk.post(f"{HERE}decreto/", {"number": "1.243", "on": "2026-11-02"})

    committee.body.refresh_from_db()
    assert committee.body.act_number == "1.243"


@pytest.mark.parametrize("place", ["plan-de-trabajo", "estrategia"])
def test_a_plan_begins_from_the_proposal_and_is_then_opened(desk, place) -> None:
    begun = desk.post(f"{HERE}{place}/", {"begin": "proposed"})
    plan = Plan.objects.get()
    address = f"/m/puerto-claro/mesa/planes/{plan.pk}/"

    assert begun.url == address
    assert plan.nodes.filter(level=1).exists()
    assert desk.get(f"{HERE}{place}/").url == address
    assert f'href="{HERE}"' in text(desk.get(address))
    assert f'href="{address}"' in text(desk.get(HERE))


def test_a_plan_may_begin_empty(desk) -> None:
    desk.post(f"{HERE}plan-de-trabajo/", {"begin": "empty"})

    assert not Plan.objects.get().nodes.filter(level=1).exists()
    assert text(desk.get(HERE)).count("0 de 0 con responsable y fechas") == 4


def test_whom_a_channel_reaches_is_told_with_how_many_departments(desk, cycle, counterpart, obras, aseo) -> None:
    plan = working_plans.start_strategy(cycle, with_proposal=True, today=TODAY, by=counterpart)
    channel = plan.nodes.get(place="canales").parts.first()
    place = f"{HERE}canales/{channel.pk}/"
    assert desk.post(place, {}).status_code == 422

    page = text(desk.post(place, {"departments": [obras.pk]}, follow=True))

    assert "1 de 2 direcciones" in page
    assert ChannelReach.objects.get().department == obras
    assert desk.get(place).context["form"].initial == {"departments": [obras.pk]}
    other = plan.nodes.get(place="difusion").parts.first()
    assert desk.get(f"{HERE}canales/{other.pk}/").status_code == 404


def test_a_method_is_declared_and_who_is_late_sees_what_the_other_wrote(desk, obras, aseo) -> None:
    place = f"{HERE}metodologia/autoevaluacion/"
    assert "Sesiones semanales" in text(desk.post(place, {**METHOD, "departments": [obras.pk]}, follow=True))
    desk.post(place, {**METHOD, "departments": [obras.pk, aseo.pk], "revision": 1})

    late = {**METHOD, "people": "Otras personas", "departments": [aseo.pk], "revision": 1}
    refused = desk.post(place, late)

    assert refused.status_code == 422
    assert "Otra persona escribió: «Dirección de Aseo y Ornato, Dirección de Obras»." in text(refused)
    assert InterventionMethod.objects.get().people == "El comité"
    assert desk.get(f"{HERE}metodologia/diagnostico/").status_code == 404


def test_a_review_is_declared_with_its_next_day_changed_and_taken_out(desk, counterpart) -> None:
    page = text(desk.post(f"{HERE}seguimiento/agregar/", {**REVIEW, "reviewer": counterpart.pk}, follow=True))
    assert "próxima:" in page
    place = f"{HERE}seguimiento/{FollowUp.objects.get().pk}/"

    desk.post(place, {**REVIEW, "reviewer": counterpart.pk, "what": "Evidencias", "revision": 1})
    assert FollowUp.objects.get().what == "Evidencias"
    desk.post(f"{place}quitar/")
    assert not FollowUp.objects.exists()


def test_the_review_of_the_plan_is_not_changed_here(desk, cycle, counterpart) -> None:
    told = {"what": "Avance", "reviewer": counterpart, "every": "month", "when_late": "Se avisa", "starts_on": TODAY}
    review = methods.declare_follow_up(cycle, scope=Scope.PLAN, by=counterpart, **told)

    assert desk.get(f"{HERE}seguimiento/{review.pk}/").status_code == 404
    assert "Avance" not in text(desk.get(HERE))


def test_the_launch_is_planned_and_becomes_a_meeting(desk, committee) -> None:
    sent = {"day": "2026-12-01", "hour": "15:00", "place": "Gimnasio", "expects_all": "on"}
    planned = desk.post(f"{HERE}lanzamiento/", sent)

    meeting = Meeting.objects.get()
    assert planned.url == f"/m/puerto-claro/mesa/reuniones/{meeting.pk}/"
    page = text(desk.get(HERE))
    assert "martes 1 de diciembre de 2026" in page
    assert "se esperan 3 personas" in page


def test_a_practice_goes_from_the_register_to_what_everybody_reads(
    desk, obras, counterpart, puerto_claro, as_user
) -> None:
    desk.post(f"{HERE}practicas/agregar/", {**PRACTICE, "department": obras.pk, "contact": counterpart.pk})
    place = f"{HERE}practicas/{GoodPractice.objects.get().pk}/"
    reader = as_user(make_member("Sol Ruiz", puerto_claro, "counter_officer"))
    everybody = "/m/puerto-claro/mesa/calidad/buenas-practicas/"
    assert "Todavía no hay buenas prácticas publicadas" in text(reader.get(everybody))

    desk.post(f"{place}publicar/")
    assert "Mesón único" in text(reader.get(everybody))
    assert "Recibe todo." in text(reader.get(f"{everybody}{GoodPractice.objects.get().pk}/"))
    desk.post(f"{place}retirar/")
    assert "Mesón único" not in text(reader.get(everybody))
    assert reader.get(f"{everybody}{GoodPractice.objects.get().pk}/").status_code == 404
    desk.post(f"{place}quitar/")
    assert not GoodPractice.objects.exists()


@pytest.fixture
def filled(committee, counterparts, obras) -> Cycle:
    """One of each part."""
    lead, _second = counterparts
    cycle, given = committee.cycle, {"today": TODAY, "by": lead}
    for begin in (working_plans.start_work_plan, working_plans.start_strategy):
        begin(cycle, with_proposal=True, **given)
    told = {"people": "El comité", "how": "Sesiones", "departments": [obras], "revision": 0}
    methods.declare_method(cycle, "autoevaluacion", by=lead, **told)
    review = {"what": "Tareas", "reviewer": lead, "every": "month", "when_late": "Se avisa", "starts_on": TODAY}
    methods.declare_follow_up(cycle, scope=Scope.STAGES, by=lead, **review)
    add_practice(cycle, obras, lead)
    return cycle


def add_practice(cycle, department, lead) -> GoodPractice:
    told = {"title": "Mesón único", "what": "Recibe todo.", "department": department, "contact": lead}
    return practices.register_practice(cycle, since_on=date(2025, 3, 1), today=TODAY, by=lead, **told)


@pytest.mark.parametrize(
    ("role", "reads_writes"),
    [
        ("quality_counterpart", (200, 200)),
        ("mayor", (200, 200)),
        ("quality_committee", (200, 403)),
        ("control_unit", (200, 403)),
        ("counter_officer", (403, 403)),
    ],
)
def test_each_role_reads_or_writes_as_it_may(filled, puerto_claro, as_user, role, reads_writes) -> None:
    someone = as_user(make_member("Alguien Más", puerto_claro, role))
    practice, review = GoodPractice.objects.get().pk, FollowUp.objects.get().pk
    channel = Plan.objects.get(kind="quality-communication").nodes.get(place="canales").parts.first().pk
    forms = ("decreto/", "lanzamiento/", f"canales/{channel}/", "metodologia/autoevaluacion/", "seguimiento/agregar/")
    rows = (f"seguimiento/{review}/", f"seguimiento/{review}/quitar/", "practicas/agregar/", f"practicas/{practice}/")
    steps = tuple(f"practicas/{practice}/{step}/" for step in ("publicar", "retirar", "quitar"))

    overview = someone.get(HERE)
    writing = {someone.get(HERE + place).status_code for place in (*forms, *rows, *steps)}

    assert (overview.status_code, *writing) == reads_writes
    assert ("Registrar una buena práctica</a>" in text(overview)) == (reads_writes[1] == 200)


def test_another_municipality_finds_nothing_of_it(filled, otra_comuna, as_user) -> None:
    stranger = as_user(make_member("Otra Persona", otra_comuna, "quality_counterpart"))
    for place in ("", "decreto/", f"practicas/{GoodPractice.objects.get().pk}/"):
        assert stranger.get(HERE + place).status_code in (403, 404)
        assert stranger.get(f"/m/otra-comuna/mesa/calidad/1/comite/{place}").status_code == 404


def test_a_closed_cycle_is_read_and_offers_nothing(desk, filled) -> None:
    Cycle.objects.update(closed_on=TODAY)
    page = text(desk.get(HERE))

    assert "Mesón único" in page
    for words in ("Declarar un seguimiento", "Cambiar el decreto", "Planificar el lanzamiento"):
        assert words + "</a>" not in page


def test_the_page_asks_as_often_with_three_of_everything_as_with_one(desk, filled, counterparts, obras, aseo) -> None:
    lead, _second = counterparts
    actions.plan_launch(filled, starts_at=timezone.now(), place="Plaza", expects_all=True, by=lead)
    desk.get(HERE)
    with CaptureQueriesContext(connection) as once:
        desk.get(HERE)
    strategy = Plan.objects.get(kind="quality-communication")
    for number, channel in enumerate(strategy.nodes.get(place="canales").parts.all()):
        working_plans.declare_reach(filled, channel, departments=[obras, aseo], by=lead)
        add_practice(filled, aseo, lead)
        told = {"people": "Todas", "how": "Así", "departments": [obras, aseo], "revision": 0}
        methods.declare_method(filled, ("diseno_plan", "validacion_plan", "implementacion")[number], by=lead, **told)
        review = {"what": "Más", "reviewer": lead, "every": "week", "when_late": "Se avisa", "starts_on": TODAY}
        methods.declare_follow_up(filled, scope=Scope.STAGES, by=lead, **review)

    with CaptureQueriesContext(connection) as thrice:
        page = text(desk.get(HERE))

    assert page.count("Mesón único") > 3
    assert len(thrice) == len(once)


@pytest.mark.parametrize(
    ("state", "button"), [("draft", "enviar"), ("submitted", None), ("approved", "comenzar"), ("in_execution", None)]
)
def test_the_page_says_where_each_plan_is_and_offers_its_next_step(desk, cycle, counterpart, state, button) -> None:
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=TODAY, by=counterpart)
    Plan.objects.update(state=state)

    page = text(desk.get(HERE))

    assert Plan.objects.get().get_state_display() in page
    steps = {name for name in ("enviar", "aprobar", "comenzar") if f"/planes/{plan.pk}/{name}/" in page}
    assert steps == ({button} if button else set())


def test_the_mayor_finds_the_plan_to_approve(cycle, counterpart, alcaldesa, as_user) -> None:
    plan = working_plans.start_work_plan(cycle, with_proposal=True, today=TODAY, by=counterpart)
    Plan.objects.update(state="submitted")

    assert f"/planes/{plan.pk}/aprobar/" in text(as_user(alcaldesa).get(HERE))
