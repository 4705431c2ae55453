"""A cycle leaves the programme, comes back, or ends unfinished; nothing of it goes on meanwhile."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from cabildo import audit
from cabildo.audit.models import Entry
from cabildo.content import actions as packs
from cabildo.instruments import actions as instruments
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.rules.answers import Answer
from cabildo.plans.actions import planning, tree
from cabildo.plans.models import Plan
from cabildo.plans.queries import owed
from cabildo.plans.rules.errors import PlansError
from cabildo.quality import actions, queries
from cabildo.quality.actions import leaving, self_assessment, supports
from cabildo.quality.actions.counterparts import name_counterpart
from cabildo.quality.actions.next_cycle import next_cycle
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle
from cabildo.quality.urls import urlpatterns
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessEvent
from conftest import make_member
from factories.accreditation import accredited, rules
from factories.sheets import elements, wide_model
from journeys.programme_doors import IN_THE_MUNICIPALITY
from quality.conftest import TODAY
from quality.test_accreditation_changes import decide

__all__ = ["accredited", "rules", "wide_model"]
pytestmark = pytest.mark.django_db
MESA = "/m/puerto-claro/mesa/"
HERE = f"{MESA}calidad/1/"
WHY = "Terminó el convenio."


def text(answer) -> str:
    return answer.content.decode()


def refused(code: str, verb, *given, **more) -> None:
    with pytest.raises(QualityError) as refusal:
        verb(*given, **more)
    assert refusal.value.code == code


@pytest.fixture
def left(cycle, counterpart) -> Cycle:
    leaving.leave(cycle, reason=WHY, by=counterpart)
    return cycle


def test_a_cycle_that_left_does_not_end_and_the_next_does_not_begin(left, counterpart, as_user) -> None:
    refused("cycle_left", next_cycle, left, today=TODAY, by=counterpart)
    page = as_user(counterpart).post(f"{HERE}nuevo-ciclo/", follow=True)

    assert [*Cycle.objects.values_list("number", "closed_on")] == [(1, None)]
    assert "El ciclo 1 se retiró del programa y nada cambia en él" in text(page)
    assert "Retómelo o déjelo sin terminar" in text(page)
    refused("cycle_open", actions.begin, today=TODAY, by=counterpart)


def test_the_page_of_the_process_leads_to_that_of_the_cycle_which_asks_why(cycle, counterpart, as_user) -> None:
    desk, run = as_user(counterpart), queries.run_of(cycle)
    assert f'href="{HERE}retirar/"' in text(desk.get(f"{MESA}procesos/{run.pk}/"))
    for done in (desk.get, desk.post):
        assert done(f"{MESA}procesos/{run.pk}/retirar/", {"reason": WHY}).url == f"{HERE}retirar/"
        assert done(f"{MESA}procesos/{run.pk}/nuevo-ciclo/").url == f"{MESA}procesos/{run.pk}/"

    assert desk.post(f"{HERE}retirar/", {"reason": ""}).status_code == 422
    assert queries.run_of(cycle).state == RunState.RUNNING
    assert desk.post(f"{HERE}retirar/", {"reason": WHY}).url == HERE

    assert queries.run_of(cycle).state == RunState.WITHDRAWN


def test_the_cycle_says_since_when_who_why_and_what_to_do(left, counterpart, puerto_claro, as_user) -> None:
    page = text(as_user(counterpart).get(HERE))

    assert "El ciclo se retiró del programa el" in page
    assert f"Lo hizo Pía Lara. Motivo: {WHY}" in " ".join(page.split()).replace("</strong> ", "")
    assert f'href="{HERE}retomar/"' in page
    assert f'href="{HERE}sin-terminar/"' in page
    reader = text(as_user(make_member("Luz Paz", puerto_claro, "quality_committee")).get(HERE))
    assert f'href="{HERE}retomar/"' not in reader
    assert "Lo hace la alcaldía o una contraparte técnica." in reader
    assert "retirado" in text(as_user(counterpart).get(f"{MESA}calidad/"))


def test_nothing_of_a_cycle_that_left_is_written(left, counterpart) -> None:
    second = make_member("Raúl Vega", left.municipality, "quality_committee")
    named = {"user": second, "act": "Oficio N° 45", "named_on": TODAY, "today": TODAY, "by": counterpart}
    refused("cycle_left", name_counterpart, left, **named)

    with pytest.raises(InstrumentsError) as refusal:
        instruments.answer(assessment=left.diagnosis, question="plan", said=Answer("a"), by=counterpart)

    assert refusal.value.sentence.startswith("El ciclo 1 se retiró del programa")


@pytest.mark.parametrize("end", ["left", "closed"])
@pytest.mark.parametrize("kind", ["quality-work", "quality-communication", "quality_improvement"])
def test_its_plans_stop_with_it(cycle, counterpart, obras, kind, end) -> None:
    dates = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=30)}
    plan = planning.create_plan(title="P", kind=kind, levels=["Actividad"], on=cycle, by=counterpart, **dates)
    node = tree.add_node(plan, label="Reunir", by=counterpart, verification="Acta", responsible=counterpart, **dates)
    Plan.objects.update(state="in_execution")
    assert node in owed.open_activities()

    if end == "left":
        leaving.leave(cycle, reason=WHY, by=counterpart)
    else:
        Cycle.objects.update(closed_on=TODAY)

    assert node not in owed.open_activities()
    with pytest.raises(PlansError) as refusal:
        tree.add_node(plan, label="Otra", by=counterpart, reason="Falta", **dates)
    assert "El ciclo 1" in refusal.value.sentence
    assert planning.close(plan, by=counterpart, note="Terminó el ciclo.").state == "closed"


# its pages, and what they lead to that is read, or that is put in order although the cycle left
PAGES = (
    *("", "diagnostico/", "linea/", "ingreso/", "comite/", "informe/", "autoevaluacion/", "autoevaluacion/consenso/"),
    *("autoevaluacion/revision/", "autoevaluacion/sintesis/", "autoevaluacion/evidencias/"),
)
READ = {*f"{IN_THE_MUNICIPALITY[0][1]} my_sheets sheet consensus consensus_list benchmark help practices".split()}
PUT_IN_ORDER = {"come_back", "end_unfinished", "movement_add", "movement_remove", "counterpart_end"}
LINK = re.compile(rf'(?:href|action|hx-post)="{MESA}calidad/([^"#?]*)')


def offers(desk, page: str) -> set[str]:
    """The names of what a page of the cycle leads to or sends, inside the programme; without what only reads."""
    ways = LINK.findall(text(desk.get(HERE + page)))
    return {name for way in ways if (name := next(one.name for one in urlpatterns if one.resolve(way)))} - READ


def test_its_pages_offer_nothing_that_would_be_refused(cycle, committee, counterpart, wide_model, as_user) -> None:
    packs.adopt(municipality=cycle.municipality, version=wide_model, follows_updates=False, by=audit.SYSTEM)
    self_assessment.begin(cycle, by=counterpart)
    given = {"kind": "financial", "pays": "Talleres", "reason": "Le toca.", "amount_clp": 1000}
    supports.record_support(cycle, granted_on=TODAY, today=TODAY, by=counterpart, **given)
    desk, pages = as_user(counterpart), [*PAGES, f"autoevaluacion/elementos/{elements(0)[0]}/"]
    before = set().union(*(offers(desk, page) for page in pages))
    leaving.leave(cycle, reason=WHY, by=counterpart)

    after = {page: offers(desk, page) for page in pages}

    assert {"agreement", "assign", "support_add", "follow_up_add", "propose"} <= before
    assert {page: offered - PUT_IN_ORDER for page, offered in after.items() if offered - PUT_IN_ORDER} == {}
    assert {"movement_add", "counterpart_end"} <= after["ingreso/"]
    assert [page for page in pages if "retirado del programa" not in text(desk.get(HERE + page))] == [""]


def test_accounts_are_still_rendered_for_a_cycle_that_left(cycle, counterpart) -> None:
    given = {"kind": "financial", "pays": "Talleres", "reason": "Le toca.", "amount_clp": 1000}
    granted = supports.record_support(cycle, granted_on=TODAY, today=TODAY, by=counterpart, **given)
    leaving.leave(cycle, reason=WHY, by=counterpart)

    told = {"kind": "transfer", "amount_clp": 400, "paper": "Decreto 1"}
    supports.record_movement(granted, on=TODAY, today=TODAY, by=counterpart, **told)

    assert granted.movements.count() == 1


def test_a_cycle_that_comes_back_goes_on_where_it_was_with_its_dates(left, counterpart, as_user) -> None:
    before = [*queries.run_of(left).stages.values_list("state", "due_on")]
    desk = as_user(counterpart)
    assert desk.post(f"{HERE}retomar/", {"reason": " "}).status_code == 422

    desk.post(f"{HERE}retomar/", {"reason": "Se firmó otro convenio."})

    run = queries.run_of(left)
    assert (run.state, run.ended_on) == (RunState.RUNNING, None)
    assert [*run.stages.values_list("state", "due_on")] == before
    assert "se retiró" not in text(desk.get(HERE))
    instruments.answer(assessment=left.diagnosis, question="plan", said=Answer("a"), by=counterpart)
    refused("cycle_not_left", leaving.come_back, left, reason="Otra vez.", by=counterpart)
    assert {"cycle.left", "cycle.resumed"} <= {*Entry.objects.values_list("action", flat=True)}


def test_one_that_is_left_unfinished_says_so_and_makes_room_for_another(left, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    assert "ya no se puede retomar" in text(desk.get(f"{HERE}sin-terminar/"))

    desk.post(f"{HERE}sin-terminar/")

    left.refresh_from_db()
    assert left.closed_on == timezone.localdate()
    assert "se dejó sin terminar el" in text(desk.get(HERE))
    assert "sin terminar," in text(desk.get(f"{MESA}calidad/"))
    refused("cycle_closed", leaving.come_back, left, reason="Seguimos.", by=counterpart)
    following = actions.begin(today=TODAY + timedelta(days=400), by=counterpart)
    assert (following.number, following.previous, following.self_assessment) == (2, left, None)


def test_a_cycle_under_way_is_not_ended_unfinished(cycle, counterpart) -> None:
    refused("cycle_not_left", leaving.end_unfinished, cycle, today=TODAY, by=counterpart)


def test_a_page_that_has_nothing_to_do_now_says_so_before_anything_is_typed(cycle, counterpart, as_user) -> None:
    desk = as_user(counterpart)

    def told(page: str) -> bool:
        return f"El ciclo 1 {'se retiró' if queries.has_left(cycle) else 'no se ha retirado'}" in text(
            desk.get(f"{HERE}{page}", follow=True)
        )

    assert [told("retomar/"), told("sin-terminar/"), told("retirar/")] == [True, True, False]
    leaving.leave(cycle, reason=WHY, by=counterpart)
    assert desk.get(f"{HERE}retirar/").url == HERE
    assert desk.get(f"{HERE}retomar/").status_code == 200
    assert told("retirar/")


def test_one_whose_stages_are_all_closed_is_followed_and_not_left(cycle, counterpart) -> None:
    type(queries.run_of(cycle)).objects.update(state=RunState.ENDED, ended_on=TODAY)

    refused("process_ended", leaving.leave, cycle, reason=WHY, by=counterpart)


def test_only_who_leads_the_cycle_takes_it_out_or_back(left, puerto_claro, as_user) -> None:
    desk = as_user(make_member("Luz Paz", puerto_claro, "quality_committee"))

    for page in ("retirar/", "retomar/", "sin-terminar/"):
        assert desk.post(f"{HERE}{page}", {"reason": WHY}).status_code == 403
    assert ProcessEvent.objects.filter(kind="resumed").count() == 0


@pytest.mark.parametrize("line", ["accreditation", "progressive"])
def test_with_several_processes_the_one_that_was_followed_is_resumed(accredited, alcaldesa, counterpart, line) -> None:
    if line != "accreditation":
        decide(accredited, line, alcaldesa)
    followed, other = queries.run_of(accredited), queries.left_runs(accredited)
    leaving.leave(accredited, reason=WHY, by=counterpart)
    assert queries.run_of(accredited) == followed
    assert [one.pk for one in queries.left_runs(accredited)] == [one.pk for one in other]

    resumed = leaving.come_back(accredited, reason="Seguimos.", by=counterpart)

    assert (resumed, queries.run_of(accredited)) == (followed, followed)
    other[0].refresh_from_db()
    assert other[0].state == RunState.WITHDRAWN


def test_a_process_that_the_cycle_left_for_another_is_not_resumed_by_hand(accredited, counterpart, as_user) -> None:
    [left] = queries.left_runs(accredited)
    desk, here = as_user(counterpart), f"{MESA}procesos/{left.pk}/"

    assert "Retomar el proceso" not in text(desk.get(here))
    assert desk.post(f"{here}retomar/", {"reason": "Seguimos."}).url == here
    assert desk.post(f"{here}nuevo-ciclo/").url == here
    left.refresh_from_db()
    assert left.state == RunState.WITHDRAWN
