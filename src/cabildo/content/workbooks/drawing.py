"""The sheets of a layout as Excel shows them: guide, headings, hints, drop-downs."""

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from cabildo.content.workbooks.filling import Rows
from cabildo.content.workbooks.forms import NO, YES
from cabildo.content.workbooks.layout import Column, Fields, Layout, Table
from cabildo.content.workbooks.sheets import ABOUT, FIELD, GUIDE, NOTES, VALUE
from cabildo.ui.engine_workbooks import MAX_ROWS, Heading, Sheet

ID_WIDTH, VALUE_WIDTH, ABOUT_WIDTH = 34, 70, 60


def drawn(layout: Layout, rows: Mapping[str, Rows]) -> list[Sheet]:
    """The guide and every sheet with its rows."""
    return [_guide(layout), *(_sheet(layout, sheet, rows[sheet.title]) for sheet in layout.sheets)]


def _guide(layout: Layout) -> Sheet:
    intro = (
        _("Cómo llenar este libro"),
        _("Cada hoja es un nivel del paquete. Llene las hojas de izquierda a derecha, una fila por cosa."),
        _("Cada fila nombra a la que pertenece por su identificador: cópielo tal cual de la hoja que se indica."),
        _("El orden de las filas es el orden en que se leen. Las columnas de encabezado oscuro son obligatorias."),
        _("No use fórmulas ni cambie los nombres de hojas y columnas. Una hoja llamada «{notes}» no se lee.").format(
            notes=NOTES
        ),
    )
    headings = (
        Heading(_("Hoja"), 18, is_required=True, tone="name"),
        Heading(_("Columna o campo"), 28, is_required=True),
        Heading(_("Obligatoria"), 14, is_required=True),
        Heading(ABOUT, 90, is_required=True),
    )
    return Sheet(GUIDE, headings, [row for sheet in layout.sheets for row in _guide_rows(sheet)], intro)


def _guide_rows(sheet: Fields | Table) -> Iterator[list[str]]:
    yield [sheet.title, "", "", sheet.about]
    if isinstance(sheet, Table) and sheet.parent:
        yield ["", sheet.parent_heading, YES, _parent_about(sheet)]
    for column in sheet.columns:
        yield ["", column.heading, YES if column.required else NO, column.about]


def _parent_about(table: Table) -> str:
    return _("Un identificador de la hoja «{sheet}».").format(sheet=table.parent)


def _sheet(layout: Layout, sheet: Fields | Table, rows: Rows) -> Sheet:
    if isinstance(sheet, Fields):
        headings = (
            Heading(FIELD, ID_WIDTH, is_required=True, tone="name"),
            Heading(VALUE, VALUE_WIDTH, is_required=True),
            Heading(ABOUT, ABOUT_WIDTH, tone="hint"),
        )
        fields = tuple(_heading(layout, column) for column in sheet.columns)
        return Sheet(sheet.title, headings, rows, fields=fields)
    own = tuple(_heading(layout, column) for column in sheet.columns)
    if not sheet.parent:
        return Sheet(sheet.title, own, rows, frozen=int(len(own) > 1))
    source = _ids_of(layout, sheet.parent)
    parent = Heading(
        sheet.parent_heading, ID_WIDTH, _parent_about(sheet), source=source, is_text=True, is_required=True
    )
    return Sheet(sheet.title, (parent, *own), rows, frozen=2 if sheet.columns[0].key == "id" else 1)


def _heading(layout: Layout, column: Column) -> Heading:
    form = column.form
    return Heading(
        column.heading,
        form.width,
        column.about if column.required else _("Opcional. {about}").format(about=column.about),
        values=form.values,
        source=_ids_of(layout, column.offers) if column.offers else "",
        whole=form.whole,
        is_text=form.is_text,
        is_required=column.required,
    )


def _ids_of(layout: Layout, title: str) -> str:
    """The range of the ids that a table has so far: blanks at its end would be offered too."""
    table = next(table for table in layout.tables if table.title == title)
    place = [column.key for column in table.columns].index("id") + bool(table.parent)
    letter = "ABCDEFGHIJ"[place]
    first, all_rows = f"'{title}'!${letter}$2", f"'{title}'!${letter}$2:${letter}${MAX_ROWS + 1}"
    return f"OFFSET({first},0,0,MAX(1,COUNTA({all_rows})),1)"
