"""The page of a cycle: its stages with what is missing, who leads, what comes next."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.quality import queries, stages
from cabildo.quality.actions import methods
from cabildo.quality.choices import Scope, Stage
from cabildo.quality.models import Cycle
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.models import RunRole, StageRun, TaskRun
from conftest import make_member
from quality.conftest import TODAY

pytestmark = pytest.mark.django_db
CYCLES = "/m/puerto-claro/mesa/calidad/"
HERE = f"{CYCLES}1/"


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


def text(answer) -> str:
    return answer.content.decode()


def test_the_eight_stages_are_there_in_order_and_the_list_of_cycles_leads_to_them(desk) -> None:
    assert f'<a href="{HERE}">Ciclo 1</a>' in text(desk.get(CYCLES))
    page = text(desk.get(HERE))

    labels = [stage.label for stage in StageRun.objects.order_by("position")]
    assert len(labels) == 8
    places = [page.index(label) for label in labels]
    assert places == sorted(places)
    assert "0 de 8 etapas cerradas" in page


def test_a_stage_leads_to_its_page_when_it_has_one(desk) -> None:
    page = text(desk.get(HERE))

    for place in ("diagnostico", "ingreso", "comite"):
        assert f'<a href="{HERE}{place}/">' in page
    assert stages.pages("otra") == ()


def test_the_codes_of_the_stages_are_those_of_the_process_that_ships(cycle) -> None:
    run = queries.run_of(cycle)

    assert [stage.code for stage in processes.stages_of(run)] == [*Stage]


def test_what_is_missing_is_a_link_only_for_whom_its_page_opens(desk, puerto_claro, as_user) -> None:
    assert ">Planificar la reunión del diagnóstico</a>" in text(desk.get(HERE))
    page = text(as_user(make_member("Olga Mira", puerto_claro, "consultant")).get(HERE))

    assert "<li>Planificar la reunión del diagnóstico</li>" in page
    assert ">Planificar la reunión del diagnóstico</a>" not in page


def test_what_two_requirements_ask_for_is_told_once(desk) -> None:
    assert text(desk.get(HERE)).count(">Planificar la reunión del diagnóstico</a>") == 1


def test_the_programme_is_not_started_without_its_cycle(cycle, alcaldesa, as_user) -> None:
    page = text(as_user(alcaldesa).get("/m/puerto-claro/mesa/procesos/iniciar/"))

    assert "Mejoramiento progresivo de la calidad" in page
    assert '<a href="/m/puerto-claro/mesa/calidad/">Calidad, con su ciclo</a>' in page
    assert 'name="process"' not in page


def test_what_is_missing_is_told_of_the_stage_under_way_alone(desk) -> None:
    page = text(desk.get(HERE))

    assert "Para cerrarla faltan" in page
    assert f'href="{HERE}diagnostico/"' in page
    assert "Registrar el convenio" not in page


def test_once_the_first_stage_is_closed_the_second_says_what_it_lacks(desk) -> None:
    StageRun.objects.filter(code="diagnostico").update(state="closed", started_on=TODAY, ended_on=TODAY)
    StageRun.objects.filter(code="ingreso").update(state="running", started_on=TODAY)
    page = text(desk.get(HERE))

    assert "1 de 8 etapas cerradas" in page
    assert "Registrar el convenio" in page
    assert "23 nov 2026 – 23 nov 2026" in page


def test_a_stage_past_its_days_says_by_how_much(desk) -> None:
    assert "de atraso" not in text(desk.get(HERE))
    today = timezone.localdate()
    first = StageRun.objects.filter(code="diagnostico")
    first.update(replanned_starts_on=today - timedelta(days=30), replanned_ends_on=today - timedelta(days=14))

    assert "días hábiles de atraso" in text(desk.get(HERE))


def test_who_leads_and_the_next_review_are_told(desk, counterparts, committee, counterpart) -> None:
    told = {"what": "Las tareas", "reviewer": counterpart, "every": "week", "when_late": "Se avisa"}
    first = date(2026, 11, 2)
    methods.declare_follow_up(committee.cycle, scope=Scope.STAGES, starts_on=first, by=counterpart, **told)
    page = text(desk.get(HERE))

    assert "Ana Reyes" in page
    assert "Pía Lara, Raúl Vega" in page
    assert "Revisión: Las tareas" in page


def test_it_says_which_roles_that_owe_something_have_nobody_and_where_to_name_them(desk, cycle, puerto_claro) -> None:
    run = queries.run_of(cycle)
    page = text(desk.get(HERE))
    assert "2 roles sin persona: Alcaldía, Profesional de SUBDERE" in page
    assert f'procesos/{run.pk}/#roles"' in page
    TaskRun.objects.filter(stage__run=run, role="alcaldia").update(
        responsible=make_member("Ana", puerto_claro, "mayor")
    )
    RunRole.objects.filter(run=run, code="alcaldia").update(responsible=User.objects.get(full_name="Ana"))

    assert "1 rol sin persona: Profesional de SUBDERE" in text(desk.get(HERE))


def test_a_closed_cycle_has_no_more_reviews(desk, cycle, counterpart) -> None:
    told = {"what": "Las tareas", "reviewer": counterpart, "every": "week", "when_late": "Se avisa"}
    methods.declare_follow_up(cycle, scope=Scope.STAGES, starts_on=TODAY, by=counterpart, **told)
    Cycle.objects.update(closed_on=TODAY)

    page = text(desk.get(HERE))
    assert "Revisión: Las tareas" not in page
    assert "terminó el 23 nov 2026" in page


@pytest.mark.parametrize(
    ("role", "status"), [("quality_committee", 200), ("control_unit", 200), ("counter_officer", 403)]
)
def test_who_sees_the_cycles_opens_it(cycle, puerto_claro, as_user, role, status) -> None:
    assert as_user(make_member("Alguien Más", puerto_claro, role)).get(HERE).status_code == status


def test_another_municipality_does_not_find_it(cycle, otra_comuna, as_user) -> None:
    stranger = as_user(make_member("Otra Persona", otra_comuna, "quality_counterpart"))

    assert stranger.get(HERE).status_code in (403, 404)
    assert stranger.get("/m/otra-comuna/mesa/calidad/1/").status_code == 404


def test_it_asks_as_often_with_three_reviews_as_with_one(desk, cycle, counterpart) -> None:
    told = {"reviewer": counterpart, "every": "week", "when_late": "Se avisa", "starts_on": TODAY}
    methods.declare_follow_up(cycle, scope=Scope.STAGES, what="Una", by=counterpart, **told)
    desk.get(HERE)
    with CaptureQueriesContext(connection) as once:
        desk.get(HERE)
    for what in ("Dos", "Tres"):
        methods.declare_follow_up(cycle, scope=Scope.STAGES, what=what, by=counterpart, **told)

    with CaptureQueriesContext(connection) as thrice:
        page = text(desk.get(HERE))

    assert "Revisión: Tres" in page
    assert len(thrice) == len(once)
