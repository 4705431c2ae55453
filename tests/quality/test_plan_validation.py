"""Stage 6: the same validators read the plan, recommend, and the municipality decides on each recommendation."""

import hashlib
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department
from cabildo.documents.reports import Facts
from cabildo.plans.actions import planning
from cabildo.plans.actions.planning import create_plan
from cabildo.plans.actions.tree import add_node
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.rules.errors import PlansError
from cabildo.quality.actions import implementation, methods, validators
from cabildo.quality.actions import plan_validation as actions
from cabildo.quality.choices import Every, Scope, Subject
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, PlanValidation, Sending, ValidatorAssignment
from cabildo.quality.plan_validation_report import report
from cabildo.quality.queries import plan_validation as queries
from cabildo.quality.queries.improvement import PLAN_KIND
from cabildo.quality.queries.report import plan_fingerprint
from cabildo.ui.spanish import short_date
from factories.assessment_models import model, publish_model
from factories.validation import TODAY, agency, agreed, begun, bruno, declared, register, vera

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "model", "publish_model", "vera"]
pytestmark = pytest.mark.django_db
DAYS = ("starts_on", "ends_on")


def refusal(call, *values, **more) -> str:
    with pytest.raises(QualityError) as refused:
        call(*values, **more)
    return refused.value.code


@pytest.fixture
def plan(agreed, cycle, counterpart):
    dates = {"starts_on": TODAY, "ends_on": TODAY + timedelta(days=365)}
    made = create_plan(title="Plan de Mejoras", kind=PLAN_KIND, levels=("Área",), on=cycle, by=counterpart, **dates)
    add_node(made, parent=None, label="Dirección", by=counterpart, reason="")
    return made


def send(cycle, by, plan) -> Sending:
    """As it stands; the fingerprint is what counts here."""
    sending: Sending = Sending.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        subject=Subject.PLAN,
        letter_number="12",
        letter_on=TODAY,
        to="Centro Validador",
        sha256=hashlib.sha256(b"copia").hexdigest(),
        content_sha256=plan_fingerprint(plan),
        sent_at=timezone.now(),
        sent_by=by,
    )
    return sending


@pytest.fixture
def sent_plan(plan, cycle, counterpart):
    send(cycle, counterpart, plan)
    return plan


@pytest.fixture
def reading(sent_plan, cycle, vera) -> PlanValidation:
    return actions.begin_plan_review(cycle, by=vera.user)


def fill(reading: PlanValidation, vera, bruno) -> None:
    """One recommendation of a part, one of the whole, the conclusion, both read it."""
    actions.recommend(reading, text="Fije una meta por semestre.", node=PlanNode.objects.get(), by=vera.user)
    actions.recommend(reading, text="Nombre a quien coordina.", by=bruno.user)
    actions.write_conclusion(reading, conclusion="Responde a las brechas.", revision=reading.revision, by=vera.user)
    for one in (vera, bruno):
        actions.note_read(reading, by=one.user)


def test_it_begins_once_the_municipality_sent_its_plan(plan, cycle, vera, request) -> None:
    assert refusal(actions.begin_plan_review, cycle, by=vera.user) == "nothing_to_validate"
    request.getfixturevalue("sent_plan")
    assert actions.begin_plan_review(cycle, by=vera.user).plan == plan


def test_the_report_goes_out_when_all_read_and_something_is_recommended(reading, vera, bruno) -> None:
    issue = {"today": TODAY, "by": vera.user}
    assert refusal(actions.issue_plan_report, reading, **issue) == "plan_unread"
    for one in (vera, bruno):
        actions.note_read(reading, by=one.user)
    assert refusal(actions.issue_plan_report, reading, **issue) == "conclusion_missing"
    actions.write_conclusion(reading, conclusion="Responde.", revision=reading.revision, by=vera.user)
    assert refusal(actions.issue_plan_report, reading, **issue) == "recommendation_missing"

    actions.recommend(reading, text="Nombre a quien coordina.", by=vera.user)
    assert actions.issue_plan_report(reading, **issue).phase == Subject.PLAN
    assert refusal(actions.recommend, reading, text="Tarde.", by=vera.user) == "plan_validation_issued"


def test_a_plan_that_changed_is_sent_and_read_again_before_the_report_goes_out(
    reading, vera, bruno, counterpart
) -> None:
    cycle, plan = reading.cycle, reading.plan
    fill(reading, vera, bruno)
    add_node(plan, parent=None, label="Otra área", by=counterpart, reason="")
    issue = {"today": TODAY, "by": vera.user}
    assert refusal(actions.issue_plan_report, reading, **issue) == "plan_changed"
    assert refusal(actions.note_read, reading, by=vera.user) == "plan_changed"

    send(cycle, counterpart, plan)

    assert {str(one) for one in queries.reading_of(reading).unread} == {str(vera), str(bruno)}
    assert refusal(actions.issue_plan_report, reading, **issue) == "plan_unread"
    for one in (vera, bruno):
        actions.note_read(reading, by=one.user)
    assert actions.issue_plan_report(reading, **issue).phase == Subject.PLAN


def test_no_act_approves_the_plan_before_its_report(reading, vera, bruno, alcaldesa, as_user) -> None:
    plan = reading.plan
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    act, page = planning.Act("decree", "1.234", TODAY), f"/m/puerto-claro/mesa/planes/{plan.pk}/"
    with pytest.raises(PlansError) as refused:
        planning.approve(plan, act=act, by=alcaldesa)
    assert "cuando quienes lo validan emiten su informe" in refused.value.sentence
    shown = as_user(alcaldesa).get(page).content.decode()
    assert ("Aprobar: El Plan de Mejoras" in shown, f'href="{page}aprobar/"' in shown) == (True, False)
    Plan.objects.filter(pk=plan.pk).update(state="draft")
    fill(reading, vera, bruno)
    actions.issue_plan_report(reading, today=TODAY, by=vera.user)
    Plan.objects.filter(pk=plan.pk).update(state="submitted")

    assert f'href="{page}aprobar/"' in as_user(alcaldesa).get(page).content.decode()
    assert planning.approve(plan, act=act, by=alcaldesa).number == 1


@pytest.fixture
def issued(reading, vera, bruno) -> PlanValidation:
    fill(reading, vera, bruno)
    actions.issue_plan_report(reading, today=TODAY, by=vera.user)
    return queries.plan_validation_of(reading.cycle)


def approving(plan, by) -> str:
    """What keeps an act from approving the plan; empty when it approved it."""
    Plan.objects.filter(pk=plan.pk).update(state="submitted")
    try:
        planning.approve(plan, act=planning.Act("decree", "1.234", TODAY), by=by)
    except PlansError as refused:
        return refused.sentence
    return ""


def test_a_plan_that_changed_after_its_report_says_so_and_needs_a_recommendation_that_asked_for_it(
    issued, counterpart, alcaldesa, as_user
) -> None:
    add_node(issued.plan, parent=None, label="Otra área", by=counterpart, reason="")
    page = as_user(counterpart).get("/m/puerto-claro/mesa/calidad/1/validacion-plan/informe/").content.decode()

    assert ("Qué cambió después de validado" in page, "se agregó" in page) == (True, True)
    assert "no se acogió ninguna recomendación" in approving(issued.plan, alcaldesa)
    made = queries.recommendations_of(issued).get(node=None)
    told = {"is_taken": True, "answer": "Se agrega un área.", "revision": made.revision}
    actions.answer_recommendation(made, today=TODAY, by=counterpart, **told)
    assert approving(issued.plan, alcaldesa) == ""


def test_a_plan_that_did_not_change_is_approved_without_more(issued, alcaldesa, counterpart) -> None:
    assert queries.changes_since_read(issued) == []
    assert approving(issued.plan, alcaldesa) == ""


@pytest.mark.urls("cabildo.site.urls_municipality")
def test_it_is_carried_out_once_everybody_heard_of_it_and_somebody_follows_it(
    issued, alcaldesa, counterpart, obras
) -> None:
    assert approving(issued.plan, alcaldesa) == ""
    with pytest.raises(PlansError, match="step_refused") as refused:
        planning.start(issued.plan, by=counterpart)
    assert refused.value.sentence.startswith("Antes de comenzar faltan")
    told = {"staff": 9, "reached": 9, "how": "Reunión", "on": TODAY, "revision": 0}
    for department in Department.objects.filter(is_active=True):
        implementation.save_reach(issued.cycle, department, today=TODAY, by=counterpart, **told)
    follow = {"reviewer": counterpart, "every": Every.MONTH, "starts_on": TODAY, "what": "Avance", "when_late": "Aviso"}
    methods.declare_follow_up(issued.cycle, scope=Scope.PLAN, by=counterpart, **follow)

    assert planning.start(issued.plan, by=counterpart).state == "in_execution"


def test_it_is_refused_while_a_validator_of_the_self_assessment_is_lost(reading, vera, bruno, agency) -> None:
    fill(reading, vera, bruno)
    gone = ValidatorAssignment.objects.get(validator=bruno)
    told = {"on": TODAY, "reason": "Enfermedad grave.", "today": TODAY, "by": audit.SYSTEM}
    validators.end_assignment(gone, **told)
    assert refusal(actions.issue_plan_report, reading, today=TODAY, by=vera.user) == "validators_changed"

    new = register(agency, "Nora Mena")
    made = validators.assign(reading.cycle, validator=new, today=TODAY, by=audit.SYSTEM, replaces=gone)
    validators.declare(made, has_conflict=False, declaration="Ninguno.", by=new.user)
    actions.note_read(reading, by=new.user)
    told_in_report = repr(report(queries.reading_of(PlanValidation.objects.get())))
    assert "Reemplaza a Bruno Paz por fuerza mayor." in told_in_report
    assert "Enfermedad grave." in told_in_report
    assert actions.issue_plan_report(reading, today=TODAY, by=vera.user).number == 1


def test_the_paper_tells_conclusion_and_every_recommendation_with_its_part(reading, vera, bruno) -> None:
    fill(reading, vera, bruno)
    told = repr(report(queries.reading_of(PlanValidation.objects.get())))

    for expected in ("Responde a las brechas.", "Fije una meta por semestre.", "Nombre a quien coordina.", "Dirección"):
        assert expected in told


def test_the_papers_of_a_cycle_that_ended_name_who_stayed_to_its_end(reading, vera, bruno, agency) -> None:
    fill(reading, vera, bruno)
    gone = ValidatorAssignment.objects.get(validator=bruno)
    told = {"validator": register(agency, "Nora Mena"), "reason": "Enfermedad grave.", "today": TODAY}
    made = validators.replace(gone, **told, by=audit.SYSTEM)
    validators.declare(made, has_conflict=False, declaration="Ninguno.", by=made.validator.user)
    actions.note_read(reading, by=made.validator.user)
    validators.release(reading.cycle, on=TODAY, reason="Terminó el ciclo.", by=audit.SYSTEM)
    Cycle.objects.filter(pk=reading.cycle_id).update(closed_on=TODAY)

    now = queries.reading_of(queries.plan_validation_of(Cycle.objects.get()))
    assert (now.acting, now.lost) == ([], [])
    assert [str(one) for one in now.read] == ["Vera Ruiz", "Nora Mena"]
    assert ("Lo leyeron", "Vera Ruiz, Nora Mena") in report(now).facts
    told = [fact for one in report(now).blocks if isinstance(one, Facts) for fact in one.rows]
    ended = [fact for fact in told if fact[0] in ("Validó hasta", "Dejó de validar")]
    day = short_date(TODAY)
    assert ended == [
        ("Dejó de validar", f"{day}: Enfermedad grave."),
        *[("Validó hasta", f"{day}, al terminar el ciclo")] * 2,
    ]


def test_the_municipality_decides_once_the_report_is_out(reading, vera, bruno, counterpart) -> None:
    fill(reading, vera, bruno)
    made = reading.recommendations.first()
    answer = {"is_taken": False, "answer": "No hay presupuesto.", "today": TODAY, "by": counterpart}
    assert refusal(actions.answer_recommendation, made, revision=made.revision, **answer) == "recommendation_not_issued"

    actions.issue_plan_report(reading, today=TODAY, by=vera.user)
    kept = actions.answer_recommendation(made, revision=made.revision, **answer)
    assert (kept.is_taken, kept.answer, kept.answered_by) == (False, "No hay presupuesto.", counterpart)


def test_the_plan_is_read_with_as_many_queries_whatever_it_holds(
    reading, vera, counterpart, django_assert_num_queries
) -> None:
    with CaptureQueriesContext(connection) as few:
        queries.reading_of(queries.plan_validation_of(reading.cycle))
    for label in ("Personas", "Recursos"):
        add_node(reading.plan, parent=None, label=label, by=counterpart, reason="")
        actions.recommend(reading, text=f"Mejore {label}.", by=vera.user)
    with django_assert_num_queries(len(few)):
        queries.reading_of(queries.plan_validation_of(reading.cycle))


def test_a_part_without_days_takes_those_of_what_it_holds(plan) -> None:
    last = TODAY + timedelta(days=9)
    days = {"1": (None, None), "1.1": (TODAY, None), "1.1.1": (None, last), "2": (None, None)}
    told = {code: [day and day.isoformat() for day in both] for code, both in days.items()}
    nodes = [
        {"code": code, "label": code, "parent": code[:-2], "level": 0, **dict(zip(DAYS, both, strict=True))}
        for code, both in told.items()
    ]
    validation = PlanValidation(plan=plan, read_plan={"nodes": nodes, "levels": plan.levels})

    read = queries.PlanReading(validation, None, (), (), (), ()).parts

    assert [(one.code, one.starts_on, one.ends_on) for one in read] == [
        ("1", TODAY, last),
        ("1.1", TODAY, last),
        ("1.1.1", None, last),
        ("2", None, None),
    ]
