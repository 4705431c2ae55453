import re
import zipfile
from io import BytesIO

import pytest

from cabildo.documents import engine_charts, engine_drawings, papers, reports, word
from cabildo.documents.engine_chart_parts import Caption

from .samples import LETTERHEAD
from .test_papers import board, letter

HOSTILE = '<w:p/> {{ 7*7 }} {% raw %} {%tr for x in y %} & "x" ]]> <!--'


def report(*blocks: reports.Block, **more) -> reports.Report:
    chosen = {"title": "Informe", "letterhead": LETTERHEAD, "blocks": blocks}
    return reports.Report(**(chosen | more))


def part(made: bytes, name: str) -> str:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        return archive.read(f"word/{name}.xml").decode()


def opened(made: bytes):
    from docx import Document

    return Document(BytesIO(made))


def chart() -> reports.Drawing:
    spec = engine_charts.bar(Caption("T", "f"), [("A", 40), ("B", None)], axis="Por ciento")
    return reports.Drawing("Logro", engine_drawings.svg(spec, captioned=False), "Dos barras")


def test_text_of_people_stays_text_wherever_it_stands() -> None:
    grid = reports.Grid([HOSTILE], [[HOSTILE]], [1], HOSTILE, note=HOSTILE)
    blocks = [reports.Heading(HOSTILE), reports.Prose([HOSTILE], HOSTILE), reports.Facts([(HOSTILE, HOSTILE)]), grid]

    made = opened(word.docx(report(*blocks, title=HOSTILE, lead=HOSTILE, standing=HOSTILE)))

    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    assert set(cells) == {HOSTILE}
    assert [line.text for line in made.paragraphs].count(HOSTILE) == 8
    assert HOSTILE in made.sections[0].header.paragraphs[0].text


def test_characters_that_xml_does_not_take_are_left_out() -> None:
    made = opened(word.docx(report(reports.Prose(["uno\x00\x07\x0c\ufffe dos\r\ntres"]))))

    assert made.paragraphs[-1].text == "uno dos\ntres"


def test_a_document_holds_no_macro_and_no_link_to_elsewhere() -> None:
    with zipfile.ZipFile(BytesIO(word.docx(report(chart())))) as archive:
        names, links = (
            archive.namelist(),
            "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels")),
        )

    assert not [name for name in names if "vba" in name.lower() or "embed" in name.lower()]
    assert "TargetMode" not in links


def test_the_headings_of_a_table_are_repeated_and_its_rows_stay_whole() -> None:
    made = word.docx(report(reports.Grid(["Qué", "Cuánto"], [["a", "1"], ["b", "2"]], [3, 1], numeric=[1])))

    body = part(made, "document")
    assert (body.count("<w:tblHeader/>"), body.count("<w:cantSplit/>")) == (1, 3)
    assert re.findall(r'<w:gridCol w:w="(\d+)"', body) == ["7058", "2353"]
    assert body.count('<w:jc w:val="right"/>') == 3


def test_what_must_not_be_overlooked_stands_on_every_page_with_its_number() -> None:
    made = word.docx(report(standing="Demostración, no oficial"))

    head, foot = opened(made).sections[0].header, part(made, "footer1")
    assert head.paragraphs[0].text == "Municipalidad de Puerto Claro\tDemostración, no oficial"
    assert re.findall(r'w:instr="(\w+)"', foot) == ["PAGE", "NUMPAGES"]


def test_the_index_lists_three_levels_and_leads_to_each() -> None:
    blocks = [reports.Heading(f"Nivel {level}", level) for level in range(1, 5)]

    made = word.docx(report(*blocks))

    lines = [line for line in opened(made).paragraphs if line.style.name.startswith("toc")]
    assert [line.text.strip() for line in lines] == ["Nivel 1", "Nivel 2", "Nivel 3"]
    body = part(made, "document")
    assert set(re.findall(r'w:anchor="(\w+)"', body)) == set(re.findall(r'w:name="(_Toc\d+)"', body))


def test_a_chart_is_a_picture_that_says_what_it_shows() -> None:
    made = word.docx(report(chart()))

    assert 'descr="Dos barras"' in part(made, "document")
    assert len(opened(made).inline_shapes) == 1


def test_the_file_says_whose_it_is_and_nothing_of_its_maker() -> None:
    told = opened(word.docx(report())).core_properties

    assert (told.title, told.author, told.language) == ("Informe", "Municipalidad de Puerto Claro", "es-CL")
    assert told.comments == ""


@pytest.mark.parametrize("paper", [board(2), report(reports.Prose(["Hola"]))], ids=["board", "report"])
def test_word_says_what_the_pdf_says(paper) -> None:
    made = opened(word.docx(paper))

    text = [line.text for line in made.paragraphs] + [
        cell.text for table in made.tables for row in table.rows for cell in row.cells
    ]
    said = ["Control", "2026", "Sin respuesta", "20,0 % · 384 de 1.920", "Dirección 1", "1.234", "Registro"]
    assert set(said if isinstance(paper, papers.Board) else ["Informe", "Hola"]) <= set(text)


def test_a_letter_is_not_edited() -> None:
    with pytest.raises(TypeError):
        word.as_report(letter())
