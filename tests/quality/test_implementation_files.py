"""Everything that stage 7 stores is in its PDF, in its Word and in its workbook."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from cabildo.documents.actions import store_generated
from cabildo.plans.models import CorrectiveMeasure, Evidence, Plan, PlanNode, PlanVersion, ProgressReport, Rebaseline
from cabildo.quality.actions import implementation as actions
from cabildo.quality.actions import methods
from cabildo.quality.choices import Scope
from cabildo.quality.models import Cycle, DiffusionReach, FollowUp
from conftest import make_member
from factories.assessment_models import element_ids, model, publish_model
from quality.conftest import PDF, TODAY
from quality.improvement_cases import assess, issue, write_plan
from quality.test_report_files import fields_of, in_pdf, in_word, in_workbook, plain
from quality.test_validation_files import missing

__all__ = ["model", "publish_model"]
pytestmark = pytest.mark.django_db
HERE = "/m/puerto-claro/mesa/calidad/1/implementacion/"
READ = {"pdf": in_pdf, "docx": in_word, "xlsx": in_workbook}
STORED = (DiffusionReach, FollowUp, CorrectiveMeasure, Rebaseline, PlanVersion, Evidence)
KEPT_OUT = {
    "followup.scope": "those of the stages are told in theirs",
    "rebaseline.plan": "there is one",
    "planversion.plan": "there is one",
    "planversion.snapshot": "told by its hash",
    "evidence.node": "told beside its activity",
}
OF_NODE = {
    "node.code": "1.1.9",
    "node.label": "Comprar los equipos",
    "node.department": "Dirección de Obras",
    "node.responsible": "Rita Revisora",
    "node.starts_on": date(2026, 12, 3),
    "node.ends_on": date(2027, 1, 14),
    "node.approved_starts_on": date(2026, 12, 5),
    "node.approved_ends_on": date(2027, 1, 16),
    "node.closed_on": date(2027, 1, 18),
    "node.closed_by": "Rita Revisora",
    "node.verification": "Acta de recepción firmada.",
}
SHOWN = {
    **OF_NODE,
    "diffusionreach.department": "Dirección de Obras",
    "diffusionreach.staff": "4113",
    "diffusionreach.reached": "2719",
    "diffusionreach.how": "Reunión de la dirección.",
    "diffusionreach.on": date(2026, 11, 17),
    "followup.what": "Avance de cada actividad.",
    "followup.reviewer": "Rita Revisora",
    "followup.every": "cada dos meses",
    "followup.starts_on": date(2026, 11, 12),
    "followup.when_late": "Se avisa a la alcaldía.",
    "correctivemeasure.node": "Comprar los equipos",
    "correctivemeasure.what": "Pedir otra cotización.",
    "correctivemeasure.responsible": "Mara Medida",
    "correctivemeasure.due_on": date(2027, 2, 9),
    "correctivemeasure.done_on": date(2027, 2, 11),
    "correctivemeasure.outcome": "Llegaron tres ofertas.",
    "correctivemeasure.created_by": "Ana Anotadora",
    "correctivemeasure.created_at": date(2027, 1, 27),
    "rebaseline.node": "Comprar los equipos",
    "rebaseline.verb": "Se cambió",
    "rebaseline.changes": "de 16 ene 2027 a 14 ene 2027",
    "rebaseline.reason": "La bodega abrió antes.",
    "rebaseline.by": "Ciro Cambiador",
    "rebaseline.at": date(2027, 1, 5),
    "planversion.number": "Versión 1",
    "planversion.sha256": "ab12" * 16,
    "planversion.act_kind": "decreto",
    "planversion.act_number": "7.654",
    "planversion.act_on": date(2026, 11, 27),
    "planversion.approved_by": "Alba Aprobadora",
    "planversion.approved_at": date(2026, 11, 28),
    "evidence.document": "recepcion.pdf",
    "evidence.proves": "Los equipos llegaron.",
    "its progress": "41,5",
}


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 15, tzinfo=UTC)


@pytest.fixture
def planted(cycle, model, counterpart, obras) -> Cycle:
    """A plan under way with a value of its own in every field."""
    assess(cycle, model, counterpart)
    issue(cycle, counterpart, score=1)
    plan = write_plan(cycle, counterpart)
    reviewer = make_member("Rita Revisora", cycle.municipality, "quality_committee")
    reach = {name.split(".")[1]: value for name, value in SHOWN.items() if name.startswith("diffusionreach.")}
    DiffusionReach.objects.create(
        municipality=cycle.municipality, cycle=cycle, **{**reach, "department": obras, "staff": 4113, "reached": 2719}
    )
    review = {name.split(".")[1]: value for name, value in SHOWN.items() if name.startswith("followup.")}
    review |= {"reviewer": reviewer, "every": "two_months"}
    methods.declare_follow_up(cycle, scope=Scope.PLAN, by=counterpart, **review)
    node = _activity(plan, obras, reviewer)
    _prove(node, counterpart)
    _mend(plan, node)
    return cycle


def _activity(plan: Plan, obras, reviewer) -> PlanNode:
    node = plan.nodes.filter(level=2).first()
    told = {name.split(".")[1]: value for name, value in OF_NODE.items()}
    told |= {"department": obras, "responsible": reviewer, "closed_by": reviewer}
    PlanNode.objects.filter(pk=node.pk).update(**told)
    return PlanNode.objects.get(pk=node.pk)


def _prove(node: PlanNode, by) -> None:
    seat = {"municipality": node.municipality, "node": node}
    paper = store_generated(PDF, name="recepcion.pdf", owner=node, kind="evidence", visibility="internal", by=by)
    Evidence.objects.create(document=paper, proves=SHOWN["evidence.proves"], **seat)
    told = {"on": date(2026, 11, 2), "percent": "41.5", "text": "Va bien.", "by": by, "at": timezone.now()}
    ProgressReport.objects.create(**told, **seat)


def _mend(plan: Plan, node: PlanNode) -> None:
    people = {name: make_member(name, plan.municipality, "quality_committee") for name in PEOPLE}
    seat = {"municipality": plan.municipality, "node": node}
    told = {name: SHOWN[f"correctivemeasure.{name}"] for name in ("what", "due_on", "done_on", "outcome")}
    who = {"responsible": people["Mara Medida"], "created_by": people["Ana Anotadora"]}
    CorrectiveMeasure.objects.create(**told, **who, **seat)
    CorrectiveMeasure.objects.update(created_at=at(SHOWN["correctivemeasure.created_at"]))
    changes = {"ends_on": ["2027-01-16", "2027-01-14"], "expected_effect": [{}, {"elements": {element_ids()[0]: 5}}]}
    change = {"verb": "changed", "changes": changes, "reason": SHOWN["rebaseline.reason"]}
    when = at(SHOWN["rebaseline.at"])
    Rebaseline.objects.create(plan=plan, by=people["Ciro Cambiador"], at=when, **change, **seat)
    act = {"act_kind": "decree", "act_number": "7.654", "act_on": SHOWN["planversion.act_on"]}
    approved = {"approved_by": people["Alba Aprobadora"], "approved_at": at(SHOWN["planversion.approved_at"])}
    kept = {"number": 1, "snapshot": {"nodes": []}, "sha256": SHOWN["planversion.sha256"]}
    PlanVersion.objects.create(municipality=plan.municipality, plan=plan, **kept, **act, **approved)


PEOPLE = ("Mara Medida", "Ana Anotadora", "Ciro Cambiador", "Alba Aprobadora")


def test_every_stored_field_has_a_value_to_look_for() -> None:
    fields = {name for stored in STORED for name in fields_of(stored)} - set(KEPT_OUT)

    assert fields == {name for name in SHOWN if "." in name and not name.startswith("node.")}


@pytest.mark.parametrize("kind", READ)
def test_every_stored_field_appears(planted, counterpart, as_user, kind) -> None:
    found = plain(READ[kind](as_user(counterpart).get(f"{HERE}?formato={kind}").content))

    assert missing(SHOWN, found) == []
    assert plain("demostración") in found


def test_days_and_progress_can_be_sorted_and_added_up_in_the_workbook(planted, counterpart, as_user) -> None:
    book = load_workbook(BytesIO(as_user(counterpart).get(f"{HERE}?formato=xlsx").content))
    first = {sheet.title: next(sheet.iter_rows(min_row=4)) for sheet in book}

    assert all(cell.is_date and cell.number_format == "dd-mm-yyyy" for cell in first["Actividades"][4:8])
    for cell in (first["Actividades"][8], first["Avance"][1]):
        assert isinstance(cell.value, int | float)
        assert cell.number_format == "#,##0.0 %"
    late = [row[1].value for row in book["Avance"].iter_rows() if row[0].value == "Actividades atrasadas"]
    assert isinstance(late[0], int)


@pytest.mark.parametrize("kind", READ)
def test_before_there_is_a_plan_the_paper_says_so_and_invents_no_figure(
    cycle, counterpart, as_user, obras, kind
) -> None:
    answer = as_user(counterpart).get(f"{HERE}?formato={kind}")
    found = plain(READ[kind](answer.content))

    assert "implementacion-ciclo-1-" in answer["Content-Disposition"]
    assert plain("por difundir") in found
    assert plain("sin dato") in found
    assert plain("Programado (%)") not in found


def test_only_who_reads_the_page_gets_its_file(planted, puerto_claro, as_user) -> None:
    for role, status in (("control_unit", 200), ("counter_officer", 403)):
        someone = as_user(make_member(f"Alguien {role}", puerto_claro, role))
        assert someone.get(f"{HERE}?formato=xlsx").status_code == status


def test_the_file_asks_as_often_with_much_as_with_one(planted, counterpart, as_user, aseo) -> None:
    desk = as_user(counterpart)
    desk.get(f"{HERE}?formato=xlsx")
    with CaptureQueriesContext(connection) as once:
        desk.get(f"{HERE}?formato=xlsx")
    told = {"staff": 5, "reached": 5, "how": "Reunión", "on": TODAY, "revision": 0}
    actions.save_reach(planted, aseo, today=TODAY, by=counterpart, **told)
    measure, change = CorrectiveMeasure.objects.get(), Rebaseline.objects.get()
    for node in PlanNode.objects.filter(level=2).exclude(pk=measure.node_id):
        for row in (measure, change):
            row.pk, row.node = None, node
            row._state.adding = True
            row.save()

    with CaptureQueriesContext(connection) as more:
        desk.get(f"{HERE}?formato=xlsx")
    assert CorrectiveMeasure.objects.count() > 1
    assert len(more) == len(once)
