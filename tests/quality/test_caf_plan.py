"""The report of a self-assessment on panels, and what follows from it: gaps, plan, before and after, next cycle."""

import subprocess
from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from cabildo.instruments.actions.layers import seal
from cabildo.instruments.queries.sheets import marks
from cabildo.instruments.rules.scoring import Mark
from cabildo.plans.models import Plan
from cabildo.quality.actions.next_cycle import next_cycle
from cabildo.quality.models import Cycle, Option
from cabildo.quality.queries import report as reports
from cabildo.quality.queries.improvement import baseline_of, offers_of
from cabildo.quality.shown import report_paper
from cabildo.workflow.processes.choices import RunState
from cabildo.workflow.processes.models import ProcessRun
from quality.caf_cases import ATTRIBUTES, BLANK, CLAIM, FIRST, MARKS, SINGLE, TODAY, agree, begin, caf
from quality.improvement_cases import issue, write_plan

__all__ = ["agree", "begin", "caf"]
pytestmark = pytest.mark.django_db
BASE = "/m/puerto-claro/mesa/calidad/1/"
LABEL = "1.1 Rumbo y valores de la institución"
MODES = pytest.mark.parametrize("mode", [SINGLE, ATTRIBUTES])
REACHED = {"planificar": 80, "hacer": 80, "revisar": 50, "ajustar": 40}  # mean 62,5


@pytest.fixture
def desk(cycle, counterpart, as_user):
    return as_user(counterpart)


@pytest.fixture
def declared(agree, counterpart):
    """Declared as it was agreed, without a feedback report yet."""

    def declared(mode: str) -> Cycle:
        cycle = agree(mode)
        seal(cycle.self_assessment, party="declared", label="Comité", marks=MARKS[mode], by=counterpart)
        return cycle

    return declared


@pytest.fixture
def planned(declared, counterpart):
    """A plan whose first line raises the first subcriterion."""

    def planned(mode: str) -> Cycle:
        cycle = declared(mode)
        write_plan(cycle, counterpart)
        return cycle

    return planned


def text(answer) -> str:
    return answer.content.decode()


def papers(cycle: Cycle) -> dict[str, str]:
    told, now = reports.told(cycle, TODAY), timezone.now()
    pdf = ["pdftotext", "-raw", "-", "-"]
    read = subprocess.run(pdf, input=report_paper.pdf(told, at=now), capture_output=True, check=True)
    return {"pdf": " ".join(read.stdout.decode().split()), "docx": _word(report_paper.docx(told, at=now))}


def _word(content: bytes) -> str:
    from docx import Document

    made = Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return " ".join([line.text for line in made.paragraphs] + cells)


@MODES
def test_the_report_on_paper_says_what_the_model_is_and_what_is_not_known(agree, mode) -> None:
    for name, told in papers(agree(mode)).items():
        assert CLAIM in told, name
        assert "1 de 4 subcriterios: sin dato, no suman puntos" in told, name
        assert "Nivel según los tramos del modelo sin dato" in told or name == "docx"
        assert "lementos de gestión" not in told, name
        assert ("con una sola nota" if mode == SINGLE else "por atributos") in told, name
    assert ("40 de 100, Se está haciendo" if mode == SINGLE else "40 de 100 (Planificar: 60;") in told


def rows_of(book: Any, sheet: str) -> list[dict[str, Any]]:
    """The rows of a table under its headings, which follow a title."""
    lines = [line for line in book[sheet].iter_rows(values_only=True) if any(cell is not None for cell in line)]
    start = next(place for place, line in enumerate(lines) if line[1] is not None and line[2] is not None)
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 :]]


@MODES
def test_the_workbook_keeps_exact_means_as_numbers_and_what_is_blank_as_no_data(agree, mode) -> None:
    told = reports.told(agree(mode), TODAY)
    rows = rows_of(load_workbook(BytesIO(report_paper.xlsx(told))), "Fichas")

    scores = {row["Subcriterio"][:3]: row["Puntaje acordado"] for row in rows}
    assert (scores["1.1"], scores["6.1"], scores["6.2"]) == (40, 41 if mode == SINGLE else 40.5, "sin dato")
    by_attribute = "Planificar: 60; Hacer: 50; Revisar: 30; Ajustar: 20" if mode == ATTRIBUTES else None
    assert (rows[0]["Puntaje acordado por atributo"] or None) == by_attribute


@MODES
def test_gaps_are_of_subcriteria_and_what_nobody_scored_is_told_apart(desk, declared, mode) -> None:
    declared(mode)

    page = text(desk.get(f"{BASE}plan/brechas/"))
    assert CLAIM in page
    assert "Subcriterios con brecha" in page
    assert "60,0 puntos por recuperar" in page
    assert "<strong>40 de 100</strong>" in page
    assert "hasta 100,0 puntos por recuperar" in page
    assert "suman cero y no se sabe cómo están" in page
    assert "lemento" not in page
    assert CLAIM in text(desk.get(f"{BASE}plan/matriz/"))


@MODES
def test_a_line_first_aims_a_fifth_of_the_scale_higher(planned, mode) -> None:
    cycle = planned(mode)

    line = Option.objects.get().line
    assert line.expected_effect == {"elements": {FIRST: 60}}
    assert line.problem == LABEL
    assert offers_of(cycle, baseline_of(cycle))[0].points == 60


@MODES
def test_what_was_reached_is_marked_in_the_same_way_and_compared(desk, planned, mode) -> None:
    planned(mode)
    Plan.objects.update(state="in_execution")
    by_attribute = {f"{FIRST}__{name}": score for name, score in REACHED.items()}
    sent = {FIRST: 63} if mode == SINGLE else by_attribute
    wrong = desk.post(f"{BASE}implementacion/alcanzado/", dict.fromkeys(sent, 101))
    assert "Escriba un número entero de 0 a 100, sin decimales." in text(wrong)

    page = text(desk.post(f"{BASE}implementacion/alcanzado/", sent, follow=True))
    assert CLAIM in page
    assert LABEL in page
    assert ("+23" if mode == SINGLE else "+22,5") in page
    assert "lemento de gestión" not in page


@MODES
def test_the_next_cycle_is_marked_in_the_same_way_and_begins_without_marks(declared, counterpart, mode) -> None:
    cycle = declared(mode)
    ProcessRun.objects.update(state=RunState.ENDED, ended_on=TODAY)

    following = next_cycle(cycle, today=TODAY, by=counterpart).self_assessment
    assert following.mark_mode == mode
    sheet = following.sheets.get(element=FIRST)
    assert (sheet.text, sheet.score, sheet.attributes) == ("Se hace en todas las unidades.", None, {})
    assert marks(following) == {}


def test_a_validated_layer_by_attribute_is_what_gaps_start_from(desk, declared, cycle, counterpart) -> None:
    cycle = declared(ATTRIBUTES)
    lower = {**MARKS[ATTRIBUTES], FIRST: Mark(attributes=dict.fromkeys(REACHED, 10)), BLANK: Mark()}
    issue(cycle, counterpart, marks=lower)

    page = text(desk.get(f"{BASE}plan/brechas/"))
    assert "Puntajes validados" in page
    assert "90,0 puntos por recuperar" in page


def test_the_line_of_the_plan_names_what_it_expects_to_raise(desk, planned) -> None:
    planned(SINGLE)

    page = text(desk.get(f"/m/puerto-claro/mesa/planes/elementos/{Option.objects.get().line.pk}/"))
    assert f"Puntaje esperado en {LABEL}" in page
