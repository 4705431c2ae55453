"""The pages of stages 5 and 7: what each shows, who may write, what is said at which field."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo.plans.models import Plan
from cabildo.quality.actions import immediate
from cabildo.quality.actions.improvement_plan import add_chosen
from cabildo.quality.models import DiffusionReach, FollowUp, ImmediateAction, MatrixWeights, Option
from cabildo.quality.queries import improvement as queries
from conftest import make_member
from factories.assessment_models import model, publish_model
from quality.improvement_cases import assess, issue, offered, value, write_plan

__all__ = ["model", "publish_model"]
pytestmark = pytest.mark.django_db
BASE = "/m/puerto-claro/mesa/calidad/1/"
HERE, SEVENTH = f"{BASE}plan/", f"{BASE}implementacion/"
TODAY = date(2026, 11, 20)
CHOSEN = {"relevance": 5, "feasibility": 4, "impact": 3, "cost": 2, "is_feasible": "yes", "is_chosen": "on"}


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


@pytest.fixture
def assessed(cycle, model, counterpart):
    assess(cycle, model, counterpart)
    return cycle


@pytest.fixture
def validated(assessed, counterpart):
    issue(assessed, counterpart, score=1)
    return assessed


@pytest.fixture
def planned(validated, counterpart):
    write_plan(validated, counterpart)
    return validated


def text(answer) -> str:
    return answer.content.decode()


def test_an_empty_stage_says_what_is_missing_and_does_not_invent_gaps(desk) -> None:
    page = text(desk.get(HERE))

    assert "Todavía no hay puntajes" in page
    assert f'href="{HERE}difusion/"' in page
    assert desk.get(f"{HERE}matriz/").url == HERE


def test_declared_scores_are_labelled_and_the_demonstration_too(desk, assessed, counterpart) -> None:
    for place in ("", "brechas/", "matriz/"):
        page = text(desk.get(f"{HERE}{place}"))
        assert "Puntajes declarados por la municipalidad, sin validar" in page, place
        assert "Demostración, no oficial" in page, place

    issue(assessed, counterpart, score=1)

    assert "sin validar" not in text(desk.get(f"{HERE}brechas/"))


def test_from_the_matrix_to_the_plan(desk, validated) -> None:
    code = offered(validated)[0]
    option = f"{HERE}matriz/metodologia/{code}/"
    page = text(desk.post(option, {**CHOSEN, "revision": 0}, follow=True))
    assert "Qué va primero" in page
    assert "4,0" in page
    dates = {"title": "Plan de Mejoras", "starts_on": "2026-11-23", "ends_on": "2027-11-22"}

    page = text(desk.post(f"{HERE}crear/", dates, follow=True))

    assert "Plan creado." in page
    assert "1.1: falta el indicador" in page
    assert Option.objects.get().line.plan == queries.plan_of(validated)


def test_what_does_not_fit_in_twelve_months_is_refused_at_its_field(desk, validated) -> None:
    option = f"{HERE}matriz/metodologia/{offered(validated)[0]}/"

    answer = desk.post(option, {**CHOSEN, "is_feasible": "no", "revision": 0})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {"is_feasible"}
    assert not Option.objects.exists()


def test_who_weighs_after_another_is_told_what_was_written(desk, validated, counterpart) -> None:
    code = offered(validated)[0]
    value(validated, code, counterpart, relevance=1)

    answer = desk.post(f"{HERE}matriz/metodologia/{code}/", {**CHOSEN, "revision": 0})

    assert "Otra persona escribió: «1»." in text(answer)


def test_weights_that_do_not_add_up_are_refused_in_words(desk, validated) -> None:
    wrong = {"relevance": 50, "feasibility": 30, "impact": 20, "cost": 10, "revision": 0}
    assert "suman 110 % y deben sumar 100 %" in text(desk.post(f"{HERE}matriz/pesos/", wrong))

    page = text(desk.post(f"{HERE}matriz/pesos/", {**wrong, "relevance": 40}, follow=True))

    assert "Pesos guardados." in page
    assert MatrixWeights.objects.get().relevance == 40


def test_expected_scores_are_written_by_line_and_show_the_points_they_would_win(desk, planned) -> None:
    line = Option.objects.get().line
    here = f"{HERE}programa/{line.pk}/"
    element = next(iter(line.expected_effect["elements"]))
    assert desk.post(here, {element: 9, "revision": line.revision}).status_code == 422

    page = text(desk.post(here, {element: 5, "revision": line.revision}, follow=True))

    line.refresh_from_db()
    assert line.expected_effect == {"elements": {element: 5}}
    assert "Puntajes esperados guardados." in page


def test_whoever_answers_for_an_immediate_action_finds_it_and_says_it_is_done(
    cycle, counterpart, diego, as_user
) -> None:
    today = timezone.localdate()
    told = {"what": "Señalizar el mesón", "begins_on": today, "due_on": today + timedelta(days=20)}
    action = immediate.add_immediate(cycle, responsible=diego, by=counterpart, **told)
    desk, here = as_user(diego), f"{HERE}inmediatas/{action.pk}/hecha/"
    page = text(desk.get("/m/puerto-claro/mesa/"))
    assert "Acción inmediata: Señalizar el mesón" in page
    assert f'href="{here}"' in page

    answer = desk.post(here, {"done_on": today, "note": "Señalizado."})

    assert answer.url == "/m/puerto-claro/mesa/"
    assert ImmediateAction.objects.get().done_on == today
    assert "Señalizar el mesón" not in text(desk.get("/m/puerto-claro/mesa/"))


def test_somebody_else_does_not_finish_an_immediate_action(cycle, counterpart, diego, carmen, as_user) -> None:
    today = timezone.localdate()
    told = {"what": "Señalizar", "begins_on": today, "due_on": today, "responsible": diego}
    action = immediate.add_immediate(cycle, by=counterpart, **told)

    assert as_user(carmen).get(f"{HERE}inmediatas/{action.pk}/hecha/").status_code == 403


def test_the_reach_of_a_department_has_its_denominator(desk, cycle, obras) -> None:
    here = f"{SEVENTH}difusion/{obras.code}/"
    told = {"staff": 12, "reached": 13, "how": "Reunión", "on": "2026-11-20", "revision": 0}
    answer = desk.post(here, told)
    assert answer.context["form"].errors.keys() == {"reached"}

    page = text(desk.post(here, {**told, "reached": 9}, follow=True))

    assert "9 de 12, 75,0\xa0%" in page
    assert DiffusionReach.objects.get().department == obras


def test_the_follow_up_of_the_plan_is_declared_here(desk, cycle, counterpart) -> None:
    told = {"what": "Avance", "reviewer": counterpart.pk, "every": "month", "starts_on": "2026-12-01",
            "when_late": "Se avisa a la alcaldía", "revision": 0}  # fmt: skip

    page = text(desk.post(f"{SEVENTH}seguimiento/agregar/", told, follow=True))

    assert "Se avisa a la alcaldía" in page
    assert FollowUp.objects.get().scope == "plan"


def test_reached_scores_are_declared_and_compared_with_the_validated_start(desk, planned) -> None:
    element = next(iter(Option.objects.get().line.expected_effect["elements"]))
    assert "sin dato" in text(desk.get(f"{SEVENTH}comparacion/"))
    Plan.objects.update(state="in_execution")
    blank = desk.post(f"{SEVENTH}alcanzado/", {element: "", "revision": 0})
    assert blank.context["form"].errors == {element: ["Anote el puntaje alcanzado. Si fue el mínimo, escríbalo."]}
    assert "(opcional)" not in text(blank)

    page = text(desk.post(f"{SEVENTH}alcanzado/", {element: 3, "revision": 0}, follow=True))

    assert "Partida validada" in page
    assert "Alcanzado (declarado)" in page
    assert "De dónde partió cada elemento, validado, y hasta dónde llegó, declarado" in page
    assert "+2" in page
    assert "Nadie lo ha validado." in page
    again = desk.post(f"{SEVENTH}alcanzado/", {element: 4, "revision": 0})
    assert again.context["form"].errors.keys() == {"reason"}


@pytest.mark.parametrize("place", ["plan/", "plan/brechas/", "plan/matriz/", "plan/programa/", "implementacion/"])
def test_more_rows_ask_no_more_queries(place, planned, desk, counterpart) -> None:
    desk.get(f"{BASE}{place}")
    with CaptureQueriesContext(connection) as few:
        desk.get(f"{BASE}{place}")
    for code in offered(planned)[1:4]:
        value(planned, code, counterpart, is_chosen=True)
    add_chosen(planned, by=counterpart)
    with CaptureQueriesContext(connection) as many:
        desk.get(f"{BASE}{place}")

    assert len(many) == len(few)


def test_the_committee_looks_and_does_not_write(planned, puerto_claro, as_user) -> None:
    member = as_user(make_member("Raúl Vega", puerto_claro, "quality_committee"))
    for page in (HERE, f"{HERE}matriz/", f"{HERE}programa/", SEVENTH, f"{SEVENTH}comparacion/"):
        assert member.get(page).status_code == 200, page

    code = offered(planned)[0]
    for page in (f"{HERE}matriz/metodologia/{code}/", f"{HERE}matriz/pesos/", f"{HERE}crear/", f"{BASE}nuevo-ciclo/"):
        assert member.get(page).status_code == 403, page


def test_who_has_no_part_in_the_programme_sees_nothing(planned, diego, as_user) -> None:
    for page in (HERE, f"{HERE}brechas/", f"{HERE}matriz/", SEVENTH):
        assert as_user(diego).get(page).status_code == 403, page
