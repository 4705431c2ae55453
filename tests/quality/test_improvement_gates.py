"""The gates of stages 5 and 7: each says what is missing, with its place, until nothing is."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from cabildo.accounts.models import Department
from cabildo.indicators import actions as indicators
from cabildo.instruments.rules.scoring import Mark
from cabildo.meetings.actions import holding, planning
from cabildo.meetings.actions.bodies import Who
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.models import AgendaItem
from cabildo.plans.actions import parts, progress, tree
from cabildo.plans.actions import planning as plans
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.queries.tree import tree as grown
from cabildo.quality import queries as cycles
from cabildo.quality.actions import implementation, improvement, improvement_plan, methods
from cabildo.quality.choices import Every, Scope
from cabildo.quality.errors import QualityError
from cabildo.quality.gates import implementation as seventh
from cabildo.quality.gates import improvement as fifth
from cabildo.quality.models import Option
from cabildo.quality.queries import implementation as reached
from cabildo.quality.queries import improvement as queries
from cabildo.quality.shown.implementation import expected_words
from cabildo.workflow.processes import gates
from cabildo.workflow.processes.queries import process_of
from factories.assessment_models import model, publish_model
from quality.improvement_cases import TODAY, assess, issue, let_it_be_approved, offered, value, write_plan

__all__ = ["model", "publish_model"]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("cabildo.site.urls_municipality")]


def said(check, cycle) -> list[str]:
    missing = list(check(cycle))
    assert all(one.what and one.url.startswith("/") for one in missing)
    return [one.what for one in missing]


@pytest.fixture
def validated(cycle, model, counterpart):
    assess(cycle, model, counterpart)
    issue(cycle, counterpart, score=1)
    return cycle


@pytest.fixture
def planned(validated, counterpart):
    write_plan(validated, counterpart)
    return validated


def complete(cycle, by, department: Department) -> PlanNode:
    """Everything a line must say."""
    line = Option.objects.get().line
    for branch in grown(queries.plan_of(cycle)).walk():
        node = branch.node
        tree.change_node(node, revision=node.revision, by=by, department=department, participants=[department])
    indicator = indicators.define_indicator(
        by=by, label="Decretos vigentes", formula="Decretos vigentes / decretos", unit="%", direction="up",
        periodicity="quarterly", source="Secretaría", baseline=10, baseline_on=TODAY,
    )  # fmt: skip
    indicators.set_target(indicator, due_on=TODAY + timedelta(days=300), value=80, by=by)
    parts.link_indicator(line, indicator=indicator, by=by)
    parts.save_budget_line(line, by=by, concept="Talleres", source="Municipal", year=2027, amount_clp=0)
    return line


def test_every_gate_of_both_stages_is_registered(cycle) -> None:
    missing = gates.unregistered(process_of(cycles.run_of(cycle).pack_version))

    fifth_ones = {"feedback_disseminated", "methodologies_prioritised", "plan_feasible", "plan_lines_complete"}
    seventh_ones = {
        "plan_validation_diffused", "follow_up_declared", "plan_actions_evidenced", "before_after_compared",
    }  # fmt: skip
    assert not {f"quality.{name}" for name in fifth_ones | seventh_ones} & set(missing)


def test_the_feedback_is_told_in_a_meeting_with_attendance(validated, counterpart) -> None:
    assert said(fifth.feedback_disseminated, validated) == [
        "Planificar la actividad de difusión de la retroalimentación"
    ]
    starts_at = datetime(2026, 11, 20, 9, tzinfo=UTC)
    meeting = improvement.plan_dissemination(validated, starts_at=starts_at, place="Salón", by=counterpart)
    assert said(fifth.feedback_disseminated, validated) == [
        "Hacer la actividad de difusión",
        "Anotar quiénes asistieron a la difusión",
    ]
    planning.invite(meeting, Who(user=counterpart, sector="municipal"), role="chair", by=counterpart)
    times = {"started_at": starts_at, "ended_at": starts_at + timedelta(hours=2)}
    holding.note_times(meeting, **times, now=timezone.now(), by=counterpart)
    holding.take_attendance(meeting, {one.pk: Noted("came") for one in meeting.attendances.all()}, by=counterpart)

    assert said(fifth.feedback_disseminated, validated) == []
    assert cycles.diagnosis_meeting(validated) is None
    assert AgendaItem.objects.filter(meeting=meeting).count() == 1


def test_declared_scores_alone_do_not_prioritise(cycle, model, counterpart) -> None:
    assess(cycle, model, counterpart)
    value(cycle, offered(cycle)[0], counterpart, is_chosen=True)
    assert said(fifth.methodologies_prioritised, cycle) == [
        "Recibir el Informe de Retroalimentación: los puntajes son sólo declarados"
    ]

    issue(cycle, counterpart, score=1)

    assert said(fifth.methodologies_prioritised, cycle) == []


def test_what_no_longer_answers_to_a_gap_is_named(cycle, model, counterpart) -> None:
    assess(cycle, model, counterpart)
    value(cycle, offered(cycle)[0], counterpart, is_chosen=True)
    issue(cycle, counterpart, score=5)

    assert "ya no responde a ninguna brecha del informe" in said(fifth.methodologies_prioritised, cycle)[0]


def test_a_line_of_the_annual_programme_that_ends_after_it_is_named(planned, counterpart) -> None:
    assert said(fifth.plan_feasible, planned) == []
    plan = queries.plan_of(planned)
    plans.change_plan(plan, revision=plan.revision, by=counterpart, ends_on=TODAY + timedelta(days=900))
    last = grown(plan).activities[-1].node
    tree.change_node(last, revision=last.revision, by=counterpart, ends_on=TODAY + timedelta(days=400))

    (missing,) = said(fifth.plan_feasible, planned)

    assert "termina el 28 dic 2027 y el programa anual llega al 22 nov 2027" in missing


def test_a_line_is_complete_once_it_says_everything(planned, counterpart, obras) -> None:
    missing = said(fifth.plan_lines_complete, planned)
    for words in ("falta el indicador", "faltan las direcciones", "falta el presupuesto", "falta quién responde"):
        assert any(words in one for one in missing), words

    complete(planned, counterpart, obras)

    assert said(fifth.plan_lines_complete, planned) == []


def test_an_indicator_without_baseline_nor_target_is_not_enough(planned, counterpart) -> None:
    bare = indicators.define_indicator(
        by=counterpart, label="Decretos", formula="Decretos", unit="N°", direction="up", periodicity="quarterly",
        source="Secretaría",
    )  # fmt: skip
    parts.link_indicator(Option.objects.get().line, indicator=bare, by=counterpart)

    missing = said(fifth.plan_lines_complete, planned)

    assert [one for one in missing if "indicador" in one] == [
        "1.1: falta la línea base del indicador",
        "1.1: falta la meta del indicador",
    ]


def test_no_department_is_left_without_hearing_of_the_validated_plan(cycle, counterpart, obras) -> None:
    told = {"how": "Reunión", "on": TODAY, "today": TODAY, "by": counterpart}
    implementation.save_reach(cycle, obras, revision=0, staff=12, reached=0, **told)
    assert any(str(obras) in one for one in said(seventh.plan_validation_diffused, cycle))

    for department in Department.objects.filter(is_active=True):
        implementation.save_reach(cycle, department, revision=1, staff=12, reached=9, **told)

    assert said(seventh.plan_validation_diffused, cycle) == []


def test_the_follow_up_of_the_stages_is_not_that_of_the_plan(cycle, counterpart) -> None:
    told = {
        "what": "Avance",
        "reviewer": counterpart,
        "every": Every.MONTH,
        "starts_on": TODAY,
        "when_late": "Se avisa",
    }
    methods.declare_follow_up(cycle, scope=Scope.STAGES, by=counterpart, **told)
    assert len(said(seventh.follow_up_declared, cycle)) == 1

    methods.declare_follow_up(cycle, scope=Scope.PLAN, by=counterpart, **told)

    assert said(seventh.follow_up_declared, cycle) == []


def test_what_stays_open_gives_its_reason_and_what_is_closed_its_proof(planned, counterpart, alcaldesa, obras) -> None:
    complete(planned, counterpart, obras)
    plan = queries.plan_of(planned)
    let_it_be_approved(planned)
    plans.submit(plan, by=counterpart)
    plans.approve(plan, act=plans.Act("decree", "1.234", TODAY), by=alcaldesa)
    Plan.objects.filter(pk=plan.pk).update(state="in_execution")
    first, *others = [branch.node for branch in grown(plan).activities]
    assert len(said(seventh.plan_actions_evidenced, planned)) == 1 + len(others)
    progress.attach_evidence(first, file=ContentFile(b"acta", name="acta.txt"), proves="Acta", by=counterpart)
    progress.close_activity(first, on=TODAY, by=counterpart, today=TODAY)
    assert len(said(seventh.plan_actions_evidenced, planned)) == len(others)

    plans.close(plan, by=counterpart, note="Sin presupuesto para el resto.")

    assert said(seventh.plan_actions_evidenced, planned) == []


def test_before_and_after_are_compared_once_every_element_has_its_score(planned, counterpart) -> None:
    assert said(seventh.before_after_compared, planned) == ["Anotar el puntaje alcanzado en cada elemento del plan"]
    expected = reached.expected_in(planned).approved
    marks = dict.fromkeys(expected, Mark(3))
    with pytest.raises(QualityError, match="plan_not_under_way"):
        implementation.record_reached(planned, marks=marks, by=counterpart)
    Plan.objects.update(state="in_execution")
    implementation.record_reached(planned, marks=marks, by=counterpart)
    planned.refresh_from_db()

    compared = reached.before_and_after(planned, queries.baseline_of(planned))

    assert said(seventh.before_after_compared, planned) == []
    assert {(row.start, row.expected, row.reached, row.gain, row.is_reached) for row in compared.rows} == {
        (1, 2, 3, 2, True)
    }


def test_what_was_approved_is_what_counts_as_expected_and_a_change_is_told(planned, counterpart, alcaldesa) -> None:
    plan = queries.plan_of(planned)
    let_it_be_approved(planned)
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    plans.approve(plan, act=plans.Act("decree", "1.234", TODAY), by=alcaldesa)
    Plan.objects.filter(pk=plan.pk).update(state="in_execution")
    line = plan.nodes.filter(level=1).exclude(expected_effect={}).get()
    [element] = line.expected_effect["elements"]
    told = {"revision": line.revision, "by": counterpart, "reason": "Alcanza para más."}
    with pytest.raises(QualityError, match="target_not_above"):
        improvement_plan.expect(line, targets={element: 1}, **told)

    improvement_plan.expect(line, targets={element: 4}, **told)

    [row] = reached.before_and_after(planned, queries.baseline_of(planned)).rows
    assert (row.expected, row.expected_now, row.is_changed) == (2, 4, True)
    assert expected_words(row) == "2, según se aprobó (hoy el plan dice 4)"
    implementation.record_reached(planned, marks={element: Mark(2)}, by=counterpart)
    with pytest.raises(QualityError, match="reached_sealed"):
        improvement_plan.expect(PlanNode.objects.get(pk=line.pk), targets={element: 3}, **{**told, "revision": 3})


def test_another_version_of_the_model_is_no_comparison(planned, publish_model, counterpart) -> None:
    baseline = queries.baseline_of(planned)
    planned.closed_on = TODAY
    planned.save()
    following = type(planned).objects.create(
        municipality=planned.municipality, number=2, opened_on=TODAY, previous=planned
    )
    assess(following, publish_model(2), counterpart, score=4)

    compared = reached.before_and_after(planned, baseline)

    assert (compared.is_comparable, {row.reached for row in compared.rows}) == (False, {None})
