"""The Word template of every report, drawn by python-docx: styles, page, and the places where blocks go.

It holds no data, no macro and no link to a file elsewhere. A line that begins with `{%p` stands for itself alone.
"""

import functools
from io import BytesIO
from typing import TYPE_CHECKING, Any

from cabildo.documents import fonts

if TYPE_CHECKING:
    from docx.document import Document

INK, MUTED, BRAND, RULE = "1B2733", "4A5A68", "1F4E79", "C8D1D9"
PAPER, MARGIN, TOP, BOTTOM = (210, 297), 22, 30, 24  # millimetres
WIDTH = PAPER[0] - 2 * MARGIN
LISTED = 3  # levels of heading in the index

LOOKS: tuple[tuple[str, float, bool, str], ...] = (
    ("Normal", 10.5, False, INK),
    ("Title", 22, True, INK),
    ("Subtitle", 11, False, MUTED),
    ("Heading 1", 18, True, INK),
    ("Heading 2", 13, True, BRAND),
    ("Heading 3", 11.5, True, INK),
    ("Heading 4", 10.5, True, MUTED),
    ("Caption", 10, True, INK),
    ("Header", 8.5, False, MUTED),
    ("Footer", 8.5, False, MUTED),
    ("Label", 8.5, True, MUTED),
    ("Cell", 9.5, False, INK),
    ("Note", 8.5, False, MUTED),
    ("Notice", 10.5, True, BRAND),
    ("Index heading", 13, True, INK),
    ("toc 1", 10, True, INK),
    ("toc 2", 10, False, INK),
    ("toc 3", 10, False, INK),
)
COVER = (
    ("{{ title }}", "Title"),
    ("{%p if lead %}", ""),
    ("{{ lead }}", "Subtitle"),
    ("{%p endif %}", ""),
    ("{%p if standing %}", ""),
    ("{{ standing }}", "Notice"),
    ("{%p endif %}", ""),
)
INDEX = (
    ("{%p if has_index %}", ""),
    ("Índice", "Index heading"),
    ("{%p for it in blocks if it.kind == 'heading' and it.level <= 3 %}", ""),
    *(
        line
        for level in range(1, LISTED + 1)
        for line in ((f"{{%p if it.level == {level} %}}", ""), ("{{ it.text }}", f"toc {level}"), ("{%p endif %}", ""))
    ),
    ("{%p endfor %}", ""),
    ("{%p endif %}", ""),
)
WORDS = (
    ("{%p if it.kind == 'heading' %}", ""),
    *(
        line
        for level in range(1, 5)
        for line in (
            (f"{{%p if it.level == {level} %}}", ""),
            ("{{ it.text }}", f"Heading {level}"),
            ("{%p endif %}", ""),
        )
    ),
    ("{%p elif it.kind == 'prose' %}", ""),
    ("{%p if it.label %}", ""),
    ("{{ it.label }}", "Label"),
    ("{%p endif %}", ""),
    ("{%p for paragraph in it.paragraphs %}", ""),
    ("{{ paragraph }}", "Normal"),
    ("{%p endfor %}", ""),
    ("{%p elif it.kind == 'notice' %}", ""),
    ("{{ it.text }}", "Notice"),
    ("{%p elif it.kind == 'drawing' %}", ""),
    ("{%p if it.title %}", ""),
    ("{{ it.title }}", "Caption"),
    ("{%p endif %}", ""),
    ("{{ it.picture }}", "Normal"),
    ("{%p if it.note %}", ""),
    ("{{ it.note }}", "Note"),
    ("{%p endif %}", ""),
)


@functools.cache
def template() -> bytes:
    """The template as .docx. Drawn once a process."""
    from docx import Document

    document = Document()
    _styles(document)
    _page(document)
    _lines(document, COVER)
    _lines(document, (("{%p if facts %}", ""),))
    _pairs(document, "facts")
    _lines(document, (("{%p endif %}", ""), *INDEX, ("{%p for it in blocks %}", ""), *WORDS))
    _lines(document, (("{%p elif it.kind == 'facts' %}", ""),))
    _pairs(document, "it.rows")
    _lines(document, (("{%p elif it.kind == 'signatures' %}", ""),))
    _signatures(document)
    _grid(document)
    _lines(document, (("{%p endif %}", ""), ("{%p endfor %}", "")))
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _lines(document: "Document", lines: tuple[tuple[str, str], ...]) -> None:
    for text, style in lines:
        document.add_paragraph(text, style or None)


def _styles(document: "Document") -> None:
    from docx.enum.style import WD_STYLE_TYPE

    known = {style.name for style in document.styles}
    for name, size, bold, colour in LOOKS:
        style = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        _look(style, size, bold, colour)
    for level in range(1, LISTED + 1):
        _index_line(document.styles[f"toc {level}"], level)
    document.styles["Index heading"].paragraph_format.page_break_before = True


def _look(style: Any, size: float, bold: bool, colour: str) -> None:
    from docx.shared import Pt, RGBColor

    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    _letters(style)
    layout = style.paragraph_format
    layout.space_after = Pt(0 if style.name == "Cell" else 6)
    if style.name.startswith(("Heading", "Caption", "Label")):
        layout.space_before, layout.keep_with_next = Pt(14 if style.name.startswith("Heading") else 8), True
    if style.name == "Title":  # the default one is underlined by a border of another colour
        for border in style.element.xpath(".//w:pBdr"):
            border.getparent().remove(border)


def _letters(style: Any) -> None:
    """Our font everywhere: the one that a theme names would win over it. Spelling as in Chile."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    style.font.name = fonts.FAMILY
    properties = style.element.get_or_add_rPr()
    names = properties.rFonts
    for attribute in [name for name in names.attrib if name.endswith("Theme")]:
        del names.attrib[attribute]
    for attribute in ("w:hAnsi", "w:eastAsia", "w:cs"):
        names.set(qn(attribute), fonts.FAMILY)
    if style.name == "Normal":
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), "es-CL")
        properties.append(language)


def _index_line(style: Any, level: int) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
    from docx.shared import Mm, Pt

    layout = style.paragraph_format
    layout.left_indent, layout.space_after = Mm(5 * (level - 1)), Pt(2)
    layout.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _page(document: "Document") -> None:
    """A4; who issues and what must not be overlooked above, title and page x of y below."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(PAPER[0]), Mm(PAPER[1])
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    above, below = section.header.paragraphs[0], section.footer.paragraphs[0]
    for line, style in ((above, "Header"), (below, "Footer")):
        _only_right_tab(document.styles[style], line)
    above.add_run("{{ letterhead.municipality }}").bold = True
    above.add_run("\t{{ standing }}")
    below.add_run("{{ title }}{% if folio %} · {{ folio_label }} {{ folio }}{% endif %}\tPágina ")
    _computed(below, "PAGE")
    below.add_run(" de ")
    _computed(below, "NUMPAGES")


def _only_right_tab(style: Any, line: Any) -> None:
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm

    style.paragraph_format.tab_stops.clear_all()
    line.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH), WD_TAB_ALIGNMENT.RIGHT)


def _computed(line: Any, code: str) -> None:
    """A number that the word processor computes."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    field = f'<w:fldSimple {nsdecls("w")} w:instr="{code}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    line._p.append(parse_xml(field))


def _pairs(document: "Document", rows: str) -> None:
    """A table of label and value: a row for each of `rows`."""
    table = document.add_table(rows=3, cols=2)
    _cell(table.cell(0, 0), f"{{%tr for pair in {rows} %}}")
    _cell(table.cell(1, 0), "{{ pair[0] }}", "Label")
    _cell(table.cell(1, 1), "{{ pair[1] }}")
    _cell(table.cell(2, 0), "{%tr endfor %}")


def _grid(document: "Document") -> None:
    """A table of as many columns as the block has; the row of headings is repeated on every page."""
    _lines(
        document,
        (("{%p elif it.kind == 'grid' %}", ""), ("{%p if it.title %}", ""), ("{{ it.title }}", "Caption")),
    )
    _lines(document, (("{%p endif %}", ""),))
    table = document.add_table(rows=4, cols=3)
    _across(table.rows[0], "name in it.columns", "name", "Label")
    _cell(table.cell(1, 0), "{%tr for row in it.rows %}")
    _across(table.rows[2], "value in row", "value", "Cell")
    _cell(table.cell(3, 0), "{%tr endfor %}")
    _lines(document, (("{%p if it.note %}", ""), ("{{ it.note }}", "Note"), ("{%p endif %}", "")))


def _across(row: Any, loop: str, name: str, style: str) -> None:
    _cell(row.cells[0], f"{{%tc for {loop} %}}")
    _cell(row.cells[1], f"{{{{ {name} }}}}", style)
    _cell(row.cells[2], "{%tc endfor %}")


def _signatures(document: "Document") -> None:
    table = document.add_table(rows=3, cols=1)
    _cell(table.cell(0, 0), "{%tr for who in it.rows %}")
    cell = table.cell(1, 0)
    _cell(cell, "{{ who[2] or '\\n\\n______________________________' }}", "Note")
    cell.add_paragraph("{{ who[0] }}", "Cell").runs[0].bold = True
    cell.add_paragraph("{{ who[1] }}", "Cell")
    _cell(table.cell(2, 0), "{%tr endfor %}")


def _cell(cell: Any, text: str, style: str = "Cell") -> None:
    cell.paragraphs[0].style = style
    cell.paragraphs[0].add_run(text)
