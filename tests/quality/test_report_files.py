"""Everything that the report stores is in its PDF, in its Word and in its workbook."""

import re
import subprocess
from datetime import datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Model
from django.utils import timezone

from cabildo import audit
from cabildo.content import actions as packs
from cabildo.content.models import PackVersion
from cabildo.instruments.models import Evidence, PartSummary, Sheet, YearFigure
from cabildo.quality.models import Background, BackgroundFigure
from cabildo.quality.queries import report as queries
from cabildo.quality.queries.self_assessment import with_self_assessment
from cabildo.quality.shown import report_paper
from cabildo.ui import spanish
from factories import sheets as models
from factories.reports import TODAY, complete, signed_meeting, written

__all__ = ["complete", "signed_meeting", "written"]
pytestmark = pytest.mark.django_db

STORED = (Sheet, Evidence, YearFigure, PartSummary, Background, BackgroundFigure)
KEPT_OUT = {
    "id": "a number of the database",
    "municipality": "the whole report is of one",
    "revision": "how often it was written",
    "touched": "which field was written when, so that two people do not undo each other",
    "assessment": "the whole report is of one",
    "cycle": "the whole report is of one",
    "background": "there is one",
}
SHOWN = {
    "sheet.element": "Reunión periódica del equipo directivo",
    "sheet.department": "Dirección de Obras",
    "sheet.helpers": "Dirección de Aseo",
    "sheet.due_on": "13 nov 2026",
    "sheet.text": "Se hace así en la dirección.",
    "sheet.attested": "3 Aplicado en todas las unidades",
    "sheet.score": "2",
    "sheet.attributes": "Alcance: 4",
    "sheet.written_at": "2 nov 2026, 10:05",
    "sheet.written_by": "Pía Lara",
    "sheet.consensus_opened_at": "6 nov 2026, 12:20",
    "sheet.agreed_score": "3",
    "sheet.agreed_attributes": "Alcance: 5",
    "sheet.is_excluded": "aplica",
    "sheet.agreement_note": "Se acordó por el acta.",
    "sheet.agreed_at": "9 nov 2026, 11:10",
    "sheet.agreed_by": "Pía Lara",
    "evidence.title": "Decreto de organización",
    "evidence.kind": "reglamento u ordenanza",
    "evidence.issued_on": "4 mar 2025",
    "evidence.valid_until": "6 may 2027",
    "evidence.note": "Muestra las funciones de cada unidad.",
    "evidence.carried_from": "una evaluación anterior",
    "evidence.added_at": "30 oct 2026, 13:25",
    "evidence.added_by": "Pía Lara",
    "yearfigure.element": "Reunión periódica del equipo directivo",
    "yearfigure.indicator": "Respuestas en plazo",
    "yearfigure.unit": "respuestas",
    "yearfigure.year": "2023",
    "yearfigure.value": "1234.5",
    "yearfigure.source": "Registro de la oficina",
    "yearfigure.evidence": "E2",
    "yearfigure.noted_by": "Pía Lara",
    "partsummary.part": "Conducción y equipo directivo",
    "partsummary.strengths": "Hay una fortaleza escrita.",
    "partsummary.gaps": "Hay una brecha escrita.",
    "background.organisation": "Ocho direcciones dependen de la alcaldía.",
    "background.challenges": "Llegar al borde rural.",
    "backgroundfigure.kind": "Población rural",
    "backgroundfigure.year": "2017",
    "backgroundfigure.value": "3086",
    "backgroundfigure.whole": "12001",
    "backgroundfigure.source": "Censo 2017, INE",
}


def plain(text: str) -> str:
    """Without what a line or a page break adds, nor the marks of thousands and decimals."""
    return re.sub(r"[\s.,-]+|Página \d+ de \d+", "", text)


A_DAY = rf"\d{{1,2}} ({'|'.join(spanish.SHORT_MONTHS)}) \d{{4}}(, \d\d:\d\d)?"
A_NUMBER = r"[+\-\u2212]?[\d.]+,\d+|[+\-\u2212]?[\d.]+(,\d+)?\s?%"


def in_workbook(content: bytes) -> str:
    """As it is shown; no day, decimal or percentage of it is a text."""
    assert values_as_text(content) == []
    return " ".join(as_shown(cell) for cell in cells_of(content))


def cells_of(content: bytes) -> list[Any]:
    from openpyxl import load_workbook

    return [cell for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows() for cell in row]


def as_shown(cell: Any) -> str:
    if isinstance(cell.value, datetime):
        day = spanish.short_date(cell.value)
        return f"{day}, {spanish.clock(cell.value)}" if "hh" in cell.number_format else day
    if cell.value is not None and "%" in cell.number_format:
        return spanish.percentage(Decimal(str(cell.value)) * 100)
    return str(cell.value)


def values_as_text(content: bytes) -> list[str]:
    """The cells that cannot be sorted or added up: «17 nov 2025», «12,0», «100,0 %». A sentence is not one of them."""
    texts = [cell.value for cell in cells_of(content) if isinstance(cell.value, str)]
    return [text for text in texts if re.fullmatch(f"{A_DAY}|{A_NUMBER}", text.strip())]


def in_pdf(content: bytes) -> str:
    """In the order of its content, so that a cell is read before the one beside it."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
    return done.stdout.decode()


def in_word(content: bytes) -> str:
    from docx import Document

    made = Document(BytesIO(content))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return " ".join([line.text for line in made.paragraphs] + cells)


@pytest.fixture
def wide_model(db) -> PackVersion:
    """One whose practices may be scored by attribute."""
    body = models.body()
    reach = {"id": "alcance", "label": "Alcance", "about": "Hasta dónde llega lo que se hace."}
    body["model"]["methods"][0] |= {"attributes": [reach], "attribute_mode": "optional"}
    return packs.publish(body=body, by=audit.SYSTEM).version


@pytest.fixture
def files(complete) -> dict[str, str]:
    """The text of each file, of a report in which an element has attributes and another does not apply."""
    sheets = complete.self_assessment.sheets
    sheets.filter(element=models.elements(1)[0]).update(is_excluded=True, agreed_score=None)
    by_attribute = {"attributes": {"alcance": 4}, "agreed_attributes": {"alcance": 5}, "agreed_score": None}
    sheets.filter(element=models.elements(0)[0]).update(**by_attribute)
    told, now = queries.told(with_self_assessment().get(pk=complete.pk), TODAY), timezone.now()
    return {
        "pdf": plain(in_pdf(report_paper.pdf(told, at=now))),
        "docx": plain(in_word(report_paper.docx(told, at=now))),
        "xlsx": plain(in_workbook(report_paper.xlsx(told))),
    }


def fields_of(model: type[Model]) -> set[str]:
    named = [*model._meta.fields, *model._meta.many_to_many]
    return {f"{model._meta.model_name}.{field.name}" for field in named if field.name not in KEPT_OUT}


def test_every_stored_field_has_a_value_to_look_for() -> None:
    assert set().union(*map(fields_of, STORED)) == set(SHOWN)


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_each_evidence_stands_under_the_number_by_which_the_sheets_call_it(files, kind) -> None:
    assert plain("E2 · Decreto de organización") in files[kind]
    assert plain("E2 Decreto de organización") in files[kind]


@pytest.mark.parametrize("kind", ["pdf", "docx", "xlsx"])
def test_every_stored_field_appears(files, kind) -> None:
    assert [name for name, value in SHOWN.items() if plain(value) not in files[kind]] == []
