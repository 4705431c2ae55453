"""Everything that the improvement plan stores is in the PDF, the Word and the workbook of its two programmes."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from cabildo.indicators.models import Indicator, Target
from cabildo.plans.models import BudgetLine, Milestone, NodeIndicator, Participation, Plan, PlanNode, ProgressReport
from cabildo.quality.actions import improvement_plan
from cabildo.quality.models import Cycle, ImmediateAction
from cabildo.quality.queries.improvement import baseline_of
from conftest import make_member
from factories.assessment_models import element_ids, model, publish_model
from quality.conftest import TODAY
from quality.improvement_cases import assess, issue, write_plan
from quality.test_implementation_files import at
from quality.test_report_files import fields_of, in_pdf, in_word, in_workbook, plain
from quality.test_validation_files import missing

__all__ = ["model", "publish_model"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/plan/programa/"
SENDING = "/m/puerto-claro/mesa/calidad/1/plan-de-mejoras/plan.xlsx"
READ = {"pdf": in_pdf, "docx": in_word, "xlsx": in_workbook}
STORED = (PlanNode, ImmediateAction, Milestone, BudgetLine, Participation, ProgressReport)
KEPT_OUT = {
    "plannode.plan": "there is one",
    "plannode.parent": "told by the order of the plan",
    "plannode.position": "told by the order of the plan",
    "plannode.place": "by which its kind knows it",
    "plannode.removed_on": "what was taken out is told by the changes of the plan",
    "progressreport.at": "when it was typed; what counts is its day",
    **dict.fromkeys(
        (f"{one}.node" for one in ("milestone", "budgetline", "participation", "progressreport")), "its row"
    ),
}
IN_PLAN = {
    "plannode.level": "Actividad",
    "plannode.code": "1.1.9",
    "plannode.label": "Comprar los equipos",
    "plannode.problem": "Nadie sabe qué falta.",
    "plannode.objective": "Saberlo cada mes.",
    "plannode.methodology": "Con una planilla común.",
    "plannode.verification": "Acta de recepción firmada.",
    "plannode.risks": "Que falten manos.",
    "plannode.weight": "4,25",
    "plannode.rule": "a mano",
    "plannode.manual_reason": "No hay otra forma de contarlo.",
    "plannode.department": "Dirección de Obras",
    "plannode.responsible": "Rita Revisora",
    "plannode.starts_on": date(2026, 12, 3),
    "plannode.ends_on": date(2027, 1, 14),
    "plannode.approved_starts_on": date(2026, 12, 5),
    "plannode.approved_ends_on": date(2027, 1, 16),
    "plannode.closed_on": date(2027, 1, 18),
    "plannode.closed_by": "Celia Cerradora",
    "milestone.label": "Licitación adjudicada",
    "milestone.weight": "peso 3,5",
    "milestone.due_on": date(2026, 12, 21),
    "milestone.approved_due_on": date(2026, 12, 19),
    "milestone.done_on": date(2026, 12, 22),
    "budgetline.concept": "Computadores",
    "budgetline.source": "Fondo regional",
    "budgetline.year": "2027",
    "budgetline.amount_clp": "7.654.321",
    "budgetline.committed_clp": "5.432.109",
    "budgetline.spent_clp": "3.210.987",
    "participation.department": "Dirección de Aseo y Ornato",
    "progressreport.on": date(2026, 11, 2),
    "progressreport.percent": "41,5",
    "progressreport.text": "Se pidieron las ofertas.",
    "progressreport.by": "Celia Cerradora",
    "its indicator": "Respuestas en plazo",
    "its formula": "En plazo entre todas.",
    "its baseline": "61,5 (31 dic 2025)",
    "its target": "90 (30 nov 2027)",
}
AROUND = {
    "plannode.expected_effect": "Puntaje esperado",
    "immediateaction.what": "Publicar el organigrama.",
    "immediateaction.responsible": "Rita Revisora",
    "immediateaction.begins_on": date(2026, 11, 4),
    "immediateaction.due_on": date(2026, 12, 16),
    "immediateaction.done_on": date(2026, 11, 20),
    "immediateaction.note": "Está en la página.",
}


def some(prefix: str, told: dict[str, object]) -> dict[str, object]:
    return {name.split(".")[1]: value for name, value in told.items() if name.startswith(f"{prefix}.")}


@pytest.fixture
def planted(cycle, model, counterpart, obras, aseo) -> Cycle:
    """A plan with a value of its own in every field."""
    assess(cycle, model, counterpart)
    issue(cycle, counterpart, score=1)
    node = write_plan(cycle, counterpart).nodes.filter(level=2).first()
    people = [
        make_member(name, cycle.municipality, "quality_committee") for name in ("Rita Revisora", "Celia Cerradora")
    ]
    told = some("plannode", IN_PLAN) | {"level": 2, "weight": Decimal("4.25"), "rule": "manual", "department": obras}
    PlanNode.objects.filter(pk=node.pk).update(**told | {"responsible": people[0], "closed_by": people[1]})
    _hang(node, aseo, people[1])
    action = some("immediateaction", AROUND) | {"responsible": people[0]}
    ImmediateAction.objects.create(municipality=cycle.municipality, cycle=cycle, **action)
    return cycle


def _hang(node: PlanNode, department, by) -> None:
    seat = {"municipality": node.municipality, "node": node}
    Milestone.objects.create(**some("milestone", IN_PLAN) | {"weight": Decimal("3.5")}, **seat)
    money = {"year": 2027, "amount_clp": 7_654_321, "committed_clp": 5_432_109, "spent_clp": 3_210_987}
    BudgetLine.objects.create(**some("budgetline", IN_PLAN) | money, **seat)
    Participation.objects.create(department=department, **seat)
    report = {"percent": Decimal("41.5"), "by": by, "at": at(TODAY)}
    ProgressReport.objects.create(**some("progressreport", IN_PLAN) | report, **seat)
    words = {"label": "Respuestas en plazo", "formula": "En plazo entre todas.", "unit": "%", "source": "Registro"}
    base = {"baseline": Decimal("61.5"), "baseline_on": date(2025, 12, 31), "periodicity": "monthly"}
    measured = Indicator.objects.create(municipality=node.municipality, **words, **base)
    Target.objects.create(municipality=node.municipality, indicator=measured, due_on=date(2027, 11, 30), value=90)
    NodeIndicator.objects.create(indicator=measured, **seat)


def test_every_stored_field_has_a_value_to_look_for() -> None:
    fields = {name for stored in STORED for name in fields_of(stored)} - set(KEPT_OUT)

    assert fields == {name for name in (*IN_PLAN, *AROUND) if "." in name}


@pytest.mark.parametrize("kind", READ)
def test_every_stored_field_appears(planted, counterpart, as_user, kind) -> None:
    found = plain(READ[kind](as_user(counterpart).get(f"{HERE}?formato={kind}").content))

    assert missing(_as_in(kind), found) == []
    assert plain("demostración") in found


def _as_in(kind: str) -> dict[str, object]:
    """A workbook keeps numbers as numbers; `plain` takes marks out, and a zero at the end is none."""
    return IN_PLAN | AROUND | ({"plannode.weight": "4.25"} if kind == "xlsx" else {})


def test_the_sending_gives_the_same_plan_as_data(planted, counterpart, as_user, puerto_claro) -> None:
    answer = as_user(counterpart).get(SENDING)

    assert 'filename="plan-de-mejoras-ciclo-1-' in answer["Content-Disposition"]
    assert missing(_as_in("xlsx"), plain(in_workbook(answer.content))) == []
    someone = as_user(make_member("Alguien Más", puerto_claro, "counter_officer"))
    assert someone.get(SENDING).status_code == 403


@pytest.mark.parametrize("kind", READ)
def test_what_is_sent_tells_what_is_expected_and_that_its_model_is_not_official(
    planted, counterpart, as_user, kind
) -> None:
    line, element = PlanNode.objects.filter(level=1).first(), element_ids()[0]
    improvement_plan.expect(line, targets={element: 4}, by=counterpart, revision=line.revision)
    sent = READ[kind](as_user(counterpart).get(SENDING.replace("xlsx", kind)).content)
    found, immediate = plain(sent), ImmediateAction.objects.get()

    label = baseline_of(planted).element_labels()[element]
    lines = "Programa anual" if kind == "xlsx" else "Líneas de acción y puntos que ganan"
    told = ("demostración", lines, "Puntajes esperados", label, immediate.what)
    assert [words for words in told if plain(words) not in found] == []
    assert missing(_as_in(kind), found) == []


def test_the_sending_without_a_plan_has_no_data(cycle, counterpart, as_user) -> None:
    assert as_user(counterpart).get(SENDING).status_code == 404


def test_a_line_of_the_second_year_is_told_apart(planted, counterpart, as_user) -> None:
    PlanNode.objects.filter(level=2).update(starts_on=date(2028, 3, 1), ends_on=date(2028, 4, 1))
    found = in_word(as_user(counterpart).get(f"{HERE}?formato=docx").content)

    assert "Ninguna línea comienza en los primeros doce meses." in found
    assert "Todo el programa general está en el anual." not in found


def test_an_expected_score_is_told_with_where_it_starts(planted, counterpart, as_user) -> None:
    line, element = PlanNode.objects.filter(level=1).first(), element_ids()[0]
    improvement_plan.expect(line, targets={element: 4}, by=counterpart, revision=line.revision)
    found = in_workbook(as_user(counterpart).get(f"{HERE}?formato=xlsx").content)

    label = baseline_of(planted).element_labels()[element]
    assert f"{line} {label} 1 4" in found


def test_the_points_of_a_line_and_where_it_starts_are_numbers(planted, counterpart, as_user) -> None:
    line, element = PlanNode.objects.filter(level=1).first(), element_ids()[0]
    improvement_plan.expect(line, targets={element: 4}, by=counterpart, revision=line.revision)
    book = load_workbook(BytesIO(as_user(counterpart).get(f"{HERE}?formato=xlsx").content))
    gains = {row[0].value: row[5].value for row in book["Programa anual"].iter_rows(min_row=4)}
    starts = [row[2].value for row in book["Puntajes esperados"].iter_rows(min_row=4)]

    assert isinstance(gains[line.code], int | float)
    assert isinstance(starts[0], int | float)


def test_the_file_asks_as_often_with_much_as_with_one(planted, counterpart, as_user) -> None:
    desk = as_user(counterpart)
    desk.get(f"{HERE}?formato=xlsx")
    with CaptureQueriesContext(connection) as once:
        desk.get(f"{HERE}?formato=xlsx")
    first, plan = PlanNode.objects.filter(level=2).first(), Plan.objects.get()
    for place in range(3):
        told = {
            "level": 2,
            "code": f"1.1.{20 + place}",
            "label": "Otra",
            "parent": first.parent,
            "department": first.department,
        }
        node = PlanNode.objects.create(municipality=plan.municipality, plan=plan, **told)
        Milestone.objects.create(
            municipality=plan.municipality, node=node, label="Hito", due_on=TODAY + timedelta(days=9)
        )

    with CaptureQueriesContext(connection) as more:
        desk.get(f"{HERE}?formato=xlsx")
    assert len(more) == len(once)
