"""Everything that both reports of the validators store is in their PDF, in their Word and in their workbook."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.documents import papers, word
from cabildo.documents.reports import Report
from cabildo.instruments.actions.layers import seal
from cabildo.instruments.models import Layer, LayerMark
from cabildo.instruments.rules.layers import Reason
from cabildo.instruments.rules.scoring import Mark
from cabildo.plans.models import PlanNode
from cabildo.quality import feedback_report, plan_validation_report
from cabildo.quality.actions import feedback
from cabildo.quality.actions import plan_validation as plan_actions
from cabildo.quality.models import (
    Finding,
    Observation,
    PlanValidation,
    Recommendation,
    Validation,
    ValidationStep,
    Validator,
    ValidatorAssignment,
)
from cabildo.quality.queries import plan_validation as plan_queries
from cabildo.quality.queries import validation as queries
from cabildo.quality.shown import validation_tables as tables
from cabildo.quality.shown.books import book
from cabildo.quality.shown.report_tables import Rows
from cabildo.ui import spanish
from conftest import make_user
from factories import assessment_models as models
from factories.assessment_models import element_ids
from factories.validation import TODAY, agency, agreed, begun, bruno, declared, issued, tell_everything, vera
from quality.test_plan_validation import fill, plan, reading, sent_plan
from quality.test_report_files import fields_of, in_pdf, in_word, in_workbook, plain

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "issued", "plan", "reading", "sent_plan", "vera"]
pytestmark = pytest.mark.django_db

LABELS = {part["id"]: part["label"] for part in models.body()["criteria"][0]["subcriteria"]}
PART, OTHER_PART = LABELS
ELEMENT = models.body()["criteria"][0]["subcriteria"][0]["elements"][0]["label"]
NOTHING: dict[str, list[str]] = {"pdf": [], "docx": [], "xlsx": []}
STORED = (
    Validation,
    ValidationStep,
    Finding,
    Observation,
    Validator,
    ValidatorAssignment,
    Layer,
    LayerMark,
    PlanValidation,
    Recommendation,
)
KEPT_OUT = {
    "validation.declared": "which layer it is: its own fields are told",
    "validation.state": "the last of its steps",
    "validation.interview": "the meeting, told by its folio and minutes",
    "validationstep.validation": "there is one",
    "finding.phase": "the report is of one",
    "finding.by": "all the validators answer for every finding",
    "observation.validation": "there is one",
    "validator.agency": "who issues the report",
    "validator.user": "the name is told of the assignment",
    "validator.note": "what the agency keeps to itself of a person",
    "validatorassignment.plan_read_at": "told by the report on the plan",
    "layer.party": "the same as its label, for the machine",
    "layer.previous": "told by the reason of the correction",
    "layermark.layer": "a table is of one",
    "planvalidation.plan": "told by its title and its parts",
    "planvalidation.read_plan": "its parts are those told",
    "recommendation.validation": "there is one",
    "recommendation.by": "all the validators answer for every recommendation",
}
FEEDBACK = {
    "validation.summary": "Hay prácticas aprobadas.",
    "validation.opened_at": date(2026, 10, 3),
    "validationstep.state": "entrevista agendada",
    "validationstep.at": date(2026, 10, 5),
    "validationstep.by": "Marta Gestora",
    "finding.subcriterion": LABELS[PART],
    "finding.element": ELEMENT,
    "finding.kind": "oportunidad",
    "finding.text": "El equipo no deja actas.",
    "observation.subcriterion": LABELS[OTHER_PART],
    "observation.text": "El decreto 12 sí está.",
    "observation.made_at": date(2026, 10, 9),
    "observation.made_by": "Olga Observadora",
    "observation.reply": "Se revisó y es cierto.",
    "observation.replied_at": date(2026, 10, 11),
    "observation.replied_by": "Vera Ruiz",
    "validator.trained_on": date(2024, 3, 2),
    "validator.valid_until": date(2029, 3, 4),
    "validator.employer": "Universidad del Puerto",
    "validatorassignment.validator": "Bruno Paz",
    "validatorassignment.assigned_on": date(2026, 9, 15),
    "validatorassignment.assigned_by": "Ana Asignadora",
    "validatorassignment.has_conflict": "declara que no lo tiene",
    "validatorassignment.declaration": "No tengo parientes en ella.",
    "validatorassignment.declared_at": date(2026, 9, 17),
    "validatorassignment.ended_on": date(2027, 9, 20),
    "validatorassignment.end_reason": "Enfermedad grave.",
    "validatorassignment.ended_by": "Fidel Finalizador",
    "validatorassignment.replaces": "Reemplaza a Bruno Paz",
    "layer.label": "Comité de Mejora de prueba",
    "layer.sealed_at": TODAY,
    "layer.sealed_by": "Sara Selladora",
    "layer.sha256": "told by each layer",
    "layer.reason": "Se corrigió un puntaje mal copiado.",
    "layermark.element": ELEMENT,
    "layermark.score": "2. ",
    "layermark.attributes": "Alcance: 4",
    "layermark.is_excluded": "no aplica",
    "layermark.reason_code": "evidencia parcial",
    "layermark.reason": "El decreto no está.",
}
PLAN = {
    "planvalidation.conclusion": "Responde a las brechas.",
    "planvalidation.opened_at": date(2026, 11, 6),
    "planvalidation.issued_on": date(2026, 11, 8),
    "recommendation.node": "Dirección",
    "recommendation.node_label": "Como se leyó entonces",
    "recommendation.text": "Fije una meta por semestre.",
    "recommendation.is_taken": "no se acoge",
    "recommendation.answer": "No hay presupuesto.",
    "recommendation.answered_on": date(2026, 11, 14),
    "recommendation.answered_by": "Diana Decisora",
}


@pytest.fixture
def model(db):
    """One whose practices may be scored by attribute, and whose second element may be left out."""
    body = models.body()
    reach = {"id": "alcance", "label": "Alcance", "about": "Hasta dónde llega lo que se hace."}
    body["model"]["methods"][0] |= {"attributes": [reach], "attribute_mode": "optional"}
    body["model"]["allow_excluded"] = True
    body["criteria"][0]["subcriteria"][0]["elements"][1]["is_optional"] = True
    return packs.publish(body=body, by=audit.SYSTEM).version


@pytest.fixture
def planted(agreed, vera) -> Validation:
    """A report that went out with a value of its own in every field."""
    layer = _corrected(agreed)
    told = {"subcriterion": PART, "element": element_ids()[0], "text": FEEDBACK["finding.text"]}
    feedback.add_finding(agreed, kind="opportunity", by=vera.user, **told)
    tell_everything(agreed, vera.user)
    Validation.objects.update(opened_at=at(10, 3))
    ValidationStep.objects.create(
        municipality=agreed.municipality,
        validation=agreed,
        state="scheduled",
        at=at(10, 5),
        by=make_user("Marta Gestora"),
    )
    _observed(agreed, vera.user)
    _assigned()
    assert layer.reason
    feedback.issue(Validation.objects.get(pk=agreed.pk), by=vera.user)
    return queries.validation_of(agreed.cycle)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 15, tzinfo=UTC)


def _corrected(agreed: Validation) -> Layer:
    names = element_ids()
    marks = dict.fromkeys(names, Mark(3)) | {
        names[0]: Mark(2),
        names[1]: Mark(is_excluded=True),
        names[2]: Mark(attributes={"alcance": 4}),
    }
    reasons = {names[0]: Reason("partial_evidence", FEEDBACK["layermark.reason"])}
    who, why = make_user("Sara Selladora"), FEEDBACK["layer.reason"]
    more = {"label": FEEDBACK["layer.label"], "marks": marks, "reasons": reasons, "reason": why, "by": who}
    return seal(agreed.declared.assessment, party="consensus", **more)


def _observed(agreed: Validation, replier) -> None:
    Observation.objects.create(
        municipality=agreed.municipality,
        validation=agreed,
        subcriterion=OTHER_PART,
        text=FEEDBACK["observation.text"],
        made_at=at(10, 9),
        made_by=make_user("Olga Observadora"),
        reply=FEEDBACK["observation.reply"],
        replied_at=at(10, 11),
        replied_by=replier,
    )


def _assigned() -> None:
    """Bruno was replaced by Vera."""
    Validator.objects.filter(user__full_name="Bruno Paz").update(
        trained_on=date(2024, 3, 2), valid_until=date(2029, 3, 4)
    )
    gone = ValidatorAssignment.objects.filter(validator__user__full_name="Bruno Paz")
    gone.update(
        assigned_on=date(2026, 9, 15),
        assigned_by=make_user("Ana Asignadora"),
        declaration=FEEDBACK["validatorassignment.declaration"],
        declared_at=at(9, 17),
        ended_on=date(2027, 9, 20),
        ended_by=make_user("Fidel Finalizador"),
        end_reason=FEEDBACK["validatorassignment.end_reason"],
        plan_read_at=at(9, 30),
    )
    ValidatorAssignment.objects.exclude(pk=gone.get().pk).update(replaces=gone.get())


@pytest.fixture
def content(planted) -> feedback_report.Content:
    return feedback_report.as_issued(planted, queries.reports_of(planted.cycle)[0])


@pytest.fixture
def read_plan(reading, vera, bruno) -> plan_queries.PlanReading:
    """The report on the plan, issued, with what the municipality decided of its first recommendation."""
    fill(reading, vera, bruno)
    plan_actions.issue_plan_report(reading, today=TODAY, by=vera.user)
    PlanValidation.objects.update(opened_at=at(11, 6), issued_on=date(2026, 11, 8))
    first = Recommendation.objects.filter(pk=reading.recommendations.first().pk)
    first.update(
        node_label=PLAN["recommendation.node_label"],
        is_taken=False,
        answer=PLAN["recommendation.answer"],
        answered_on=date(2026, 11, 14),
        answered_by=make_user("Diana Decisora"),
    )
    return plan_queries.reading_of(plan_queries.plan_validation_of(reading.cycle))


def texts(report: Report, found: list[Rows]) -> dict[str, str]:
    return {
        "pdf": plain(in_pdf(papers.pdf(report))),
        "docx": plain(in_word(word.docx(report))),
        "xlsx": plain(in_workbook(book(found, "Ciclo 1"))),
    }


def missing(values: dict[str, object], text: str) -> list[str]:
    """Fields whose value is not in the text; a date is told long or short, a word with a capital or without."""
    return [name for name, value in values.items() if not any(plain(way) in text for way in ways(value))]


def ways(value: object) -> list[str]:
    if isinstance(value, date):
        return [spanish.long_date(value), spanish.short_date(value)]
    return [str(value), str(value).capitalize()]


def test_every_stored_field_of_both_reports_has_a_value_to_look_for() -> None:
    fields = {name for stored in STORED for name in fields_of(stored)} - set(KEPT_OUT)

    assert fields == set(FEEDBACK) | set(PLAN)


def test_every_stored_field_of_the_feedback_report_appears(content) -> None:
    layer = content.consensus.layer
    sealed = {"layer.sealed_at": timezone.localdate(layer.sealed_at), "layer.sha256": layer.sha256}
    found = texts(feedback_report.report(content), tables.feedback_tables(content))

    assert {kind: missing(FEEDBACK | sealed, text) for kind, text in found.items()} == NOTHING


def test_the_workbook_keeps_the_figures_of_the_agreement_as_numbers(content) -> None:
    sheet = load_workbook(BytesIO(book(tables.feedback_tables(content), "Ciclo 1")))["Coincidencia"]
    held = {row[0].value: row[1].value for row in sheet.iter_rows(min_row=4)}

    assert isinstance(held["Puntajes comparados"], int)
    assert isinstance(held["Cambio medio (validado menos declarado)"], int | float)


def test_every_stored_field_of_the_report_on_the_plan_appears(read_plan) -> None:
    more = {"validatorassignment.plan_read_at": timezone.localdate(), "validator.employer": "Universidad del Puerto"}
    found = texts(plan_validation_report.report(read_plan), tables.plan_tables(read_plan))

    assert {kind: missing(PLAN | more, text) for kind, text in found.items()} == NOTHING


def test_a_copy_of_a_report_says_which_file_holds_and_what_it_said(planted, content, vera) -> None:
    Validation.objects.update(summary="Otra cosa, escrita después.")
    again = queries.validation_of(planted.cycle)
    report = queries.reports_of(planted.cycle)[0]
    told = repr(feedback_report.report(feedback_report.as_issued(again, report)))

    assert "Otra cosa" not in told
    assert "Hay prácticas aprobadas." in told
    assert report.sha256[:32] in told


def test_the_copy_of_the_report_keeps_the_plan_that_was_read_whatever_becomes_of_it(read_plan) -> None:
    before = repr(plan_validation_report.report(read_plan))
    PlanNode.objects.update(removed_on=TODAY, label="Escrito después")

    told = repr(plan_validation_report.report(plan_queries.reading_of(read_plan.validation)))

    assert "Fije una meta por semestre." in told
    assert (told, "Escrito después" in told) == (before, False)


def test_what_is_recommended_of_a_part_that_left_the_plan_before_it_was_read_is_still_told(read_plan) -> None:
    PlanNode.objects.update(removed_on=TODAY)
    PlanValidation.objects.update(issued_on=None, read_plan=None)
    validation = plan_queries.plan_validation_of(read_plan.validation.cycle)

    told = repr(plan_validation_report.report(plan_queries.reading_of(validation)))

    assert "Como se leyó entonces: Fije una meta por semestre." in told


HERE = "/m/puerto-claro/mesa/calidad/1/"
FILES = [
    ("retroalimentacion/informe.docx", b"PK"),
    ("retroalimentacion/informe.xlsx", b"PK"),
    ("validacion-plan/informe.pdf", b"%PDF"),
    ("validacion-plan/informe.docx", b"PK"),
    ("validacion-plan/informe.xlsx", b"PK"),
]


@pytest.fixture
def client(counterpart, as_user):
    return as_user(counterpart)


@pytest.mark.usefixtures("issued", "read_plan")
def test_who_sees_the_programme_downloads_each_file_once_it_is_out(client) -> None:
    found = {path: client.get(f"{HERE}{path}").content for path, _begins in FILES}

    assert [path for path, begins in FILES if not found[path].startswith(begins)] == []


@pytest.mark.usefixtures("issued", "read_plan")
def test_nobody_else_downloads_them(as_user, diego) -> None:
    assert {as_user(diego).get(f"{HERE}{path}").status_code for path, _begins in FILES} == {403}


@pytest.mark.usefixtures("agreed", "reading")
def test_no_file_is_there_before_its_report_goes_out(client) -> None:
    assert {client.get(f"{HERE}{path}").status_code for path, _begins in FILES} == {404}
