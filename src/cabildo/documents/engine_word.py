"""Editable Word from a report. The only importer of docxtpl; its template is drawn in `engine_word_template`.

What people wrote is escaped and stays text. Charts go in as pictures with their words; the index as links, whose
page numbers the word processor fills in when the document is opened.
"""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from cabildo.documents import engine_drawings
from cabildo.documents.engine_word_template import LISTED, RULE, WIDTH, template
from cabildo.documents.printable import printable

if TYPE_CHECKING:
    from cabildo.documents.reports import Report

TWIPS = 1440 / 25.4  # in a millimetre
PAIR_WIDTHS = (3, 7)


def docx(report: "Report", *, author: str, at: datetime | None = None) -> bytes:
    """The report as .docx: styles, repeated table headings, index, page numbers; Spanish of Chile."""
    from docxtpl import DocxTemplate

    made = DocxTemplate(BytesIO(template()))
    made.init_docx()
    data = printable(asdict(report))
    for block in data["blocks"]:
        if block["kind"] == "heading" and not block["is_listed"]:
            block["level"] = LISTED + 1  # the look that no index lists
        elif block["kind"] == "drawing":
            block["picture"] = _picture(made, block["svg"])
    made.render(data, autoescape=True)
    _set_tables(made.docx, data)
    _set_headings(made.docx, has_index=report.has_index)
    _describe(made.docx, data, author, at or timezone.now())
    out = BytesIO()
    made.docx.save(out)
    return out.getvalue()


def _picture(made: Any, svg: str) -> Any:
    from docx.shared import Mm
    from docxtpl import InlineImage

    return InlineImage(made, BytesIO(engine_drawings.png(svg)), width=Mm(WIDTH))


def _set_tables(document: Any, data: dict[str, Any]) -> None:
    """Widths by their parts, a rule between rows, numbers to the right, headings again on every page."""
    tables = document.element.body.xpath("./w:tbl")
    for table, (widths, numeric, has_head) in zip(tables, _planned(data), strict=True):
        columns = [round(WIDTH * TWIPS * part / sum(widths)) for part in widths]
        _set_grid(table, columns)
        for place, row in enumerate(table.xpath("./w:tr")):
            _set_row(row, columns, numeric, is_head=has_head and place == 0)


def _planned(data: dict[str, Any]) -> Iterator[tuple[list[int], list[int], bool]]:
    """For every table of the document, in order: its widths, its columns of numbers, whether it has headings."""
    if data["facts"]:
        yield list(PAIR_WIDTHS), [], False
    for block in data["blocks"]:
        if block["kind"] == "grid":
            yield block["widths"], block["numeric"], True
        elif block["kind"] == "facts":
            yield list(PAIR_WIDTHS), [], False
        elif block["kind"] == "signatures":
            yield [1], [], False


def _set_grid(table: Any, columns: list[int]) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
    table.replace(table.tblGrid, parse_xml(f"<w:tblGrid {nsdecls('w')}>{grid}</w:tblGrid>"))
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    properties = (
        f'<w:tblPr {nsdecls("w")}><w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
        f"<w:tblBorders><w:top {line}/><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/><w:left w:w="60" w:type="dxa"/>'
        '<w:bottom w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
    )
    table.replace(table.tblPr, parse_xml(properties))


def _set_row(row: Any, columns: list[int], numeric: list[int], *, is_head: bool) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement

    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))
    for place, cell in enumerate(row.tc_lst):
        cell.get_or_add_tcPr().get_or_add_tcW().w = columns[place]
        if place in numeric:
            for line in cell.p_lst:
                line.get_or_add_pPr().jc_val = WD_ALIGN_PARAGRAPH.RIGHT


def _set_headings(document: Any, *, has_index: bool) -> None:
    """Marks at the headings that the index leads to; each part of a long report begins a page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    body = document.element.body
    levels = [f"Heading{level}" for level in range(1, LISTED + 1)]
    headings = [line for line in body.xpath("./w:p") if line.style in levels]
    for number, line in enumerate(headings, start=1):
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            mark = OxmlElement(name)
            mark.set(qn("w:id"), str(number))
            if name.endswith("Start"):
                mark.set(qn("w:name"), f"_Toc{number}")
            line.insert(1 if name.endswith("Start") else len(line), mark)
        if has_index and line.style == levels[0]:
            line.get_or_add_pPr().append(OxmlElement("w:pageBreakBefore"))
    if has_index:
        _link_index(body)


def _link_index(body: Any) -> None:
    """A table of contents as Word keeps one: it lists now, and is computed anew when the document is opened."""
    lines = [line for line in body.xpath("./w:p") if (line.style or "").lower().startswith("toc")]
    for number, line in enumerate(lines, start=1):
        _lead_to(line, number)
    if lines:
        lines[0].insert(1, _part("begin", dirty=True))
        lines[0].insert(2, _instruction(r'TOC \o "1-3" \h \z \u'))
        lines[0].insert(3, _part("separate"))
        lines[-1].append(_part("end"))


def _lead_to(line: Any, number: int) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), f"_Toc{number}")
    link.set(qn("w:history"), "1")
    for run in line.r_lst:
        link.append(run)
    tab = OxmlElement("w:r")
    tab.append(OxmlElement("w:tab"))
    for run in (tab, _part("begin", dirty=True), _instruction(rf"PAGEREF _Toc{number} \h"), _part("separate")):
        link.append(run)
    link.append(_part("end"))
    line.append(link)


def _part(kind: str, *, dirty: bool = False) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    again = ' w:dirty="true"' if dirty else ""
    return parse_xml(f'<w:r {nsdecls("w")}><w:fldChar w:fldCharType="{kind}"{again}/></w:r>')


def _instruction(code: str) -> Any:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    escaped = code.replace('"', "&quot;")
    return parse_xml(f'<w:r {nsdecls("w")}><w:instrText xml:space="preserve"> {escaped} </w:instrText></w:r>')


def _describe(document: Any, data: dict[str, Any], author: str, at: datetime) -> None:
    """What the file says of itself, and what a drawing says to who does not see it."""
    told = document.core_properties
    told.title, told.author, told.last_modified_by = data["title"][:255], author[:255], author[:255]
    told.subject, told.language, told.comments = data["standing"][:255], "es-CL", ""
    told.created = told.modified = at.replace(tzinfo=None)
    drawings = [block for block in data["blocks"] if block["kind"] == "drawing"]
    for place, block in zip(document.element.body.xpath(".//wp:docPr"), drawings, strict=True):
        place.set("descr", block["alt"])
        place.set("title", block["title"])
