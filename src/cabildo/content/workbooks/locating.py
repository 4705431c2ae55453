"""What the schema and the checker of a kind found, in the words of the sheets: place, message and what to do."""

import re
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.kinds import Problem
from cabildo.content.workbooks.forms import NO, YES
from cabildo.content.workbooks.layout import Fields, Layout, Table
from cabildo.content.workbooks.places import Cell, CellError, Places

ABOUT_A_VALUE = {"type", "choice", "pattern", "date"}
ABOUT_A_LIST = {"minItems", "maxItems"}
BOUNDS = {"minimum", "maximum", "minLength", "maxLength"}
NAMED = re.compile(r"«(?P<key>[a-z_]+)(?::\s*(?P<value>[^«»]*))?»")

DECIMAL = re.compile(r"^(\d+)\.(\d+)$")


def located(problem: Problem, places: Places, layout: Layout) -> CellError:
    """The problem at its cell, row or sheet."""
    place = places.place(problem.path)
    if problem.code == "unknown_id" and problem.path in places.names:
        place = places.names[problem.path].place
    cell = next((places.cells[step] for step in places.on_the_way(problem.path) if step in places.cells), None)
    if problem.code in ABOUT_A_VALUE and cell is not None:
        return CellError(place, problem.code, _expected(cell), str(cell.column.about))
    if problem.code in BOUNDS and cell is not None:
        return CellError(place, problem.code, problem.message, str(cell.column.about))
    if problem.code in ABOUT_A_LIST and problem.path in places.lists:
        return CellError(place, problem.code, *_about_rows(problem, places))
    words = _words(layout, places.sheet(problem.path))
    fix = str(layout.fixes.get(problem.code) or _reworded(problem.fix, words))
    if problem.path in places.lists and place.row:
        fix += " " + _("Revise sus filas en la hoja «{sheet}».").format(sheet=places.lists[problem.path][1].title)
    return CellError(place, problem.code, _reworded(problem.message, words), fix)


def _expected(cell: Cell) -> str:
    message = _("Se esperaba {expected}; se leyó «{found}».")
    return message.format(expected=cell.column.form.expected, found=_shown(cell.raw))


def _shown(raw: Any) -> str:
    text = {True: "VERDADERO", False: "FALSO"}[raw] if isinstance(raw, bool) else str(raw)
    return text if len(text) <= 60 else f"{text[:60]}…"


def _about_rows(problem: Problem, places: Places) -> tuple[str, str]:
    owner, table = places.lists[problem.path]
    if problem.code == "minItems":
        fix = _("Agregue filas en la hoja «{sheet}».")
        of_one = _("A esta fila le faltan filas en la hoja «{sheet}».")
        of_all = _("La hoja no tiene las filas que se esperan.")
    else:
        fix = _("Deje menos filas en la hoja «{sheet}».")
        of_one = _("Esta fila tiene filas de más en la hoja «{sheet}».")
        of_all = _("La hoja tiene filas de más.")
    message = f"{of_one if owner.row else of_all} {problem.message}"
    return message.format(sheet=table.title), fix.format(sheet=table.title)


def _words(layout: Layout, sheet: Fields | Table | None) -> dict[str, str]:
    """What each key is called, first in the sheet at hand and in those below it, else anywhere."""
    near = [sheet] if sheet else []
    near += layout.children(sheet) if isinstance(sheet, Table) else []
    words: dict[str, str] = {}
    for each in [*near, *layout.sheets]:
        for column in each.columns:
            words.setdefault(column.key.split(".")[-1], column.heading)
        if isinstance(each, Table):
            words.setdefault(each.path[-1], each.title)
    return words


def _reworded(text: str, words: dict[str, str]) -> str:
    """«is_optional: false» as «no» en «Es opcional»."""

    def say(found: re.Match[str]) -> str:
        if found["key"] not in words:
            return found[0]
        heading = f"«{words[found['key']]}»"
        if found["value"] is None:
            return heading
        value = found["value"].strip("\"' ")
        value = {"true": YES, "false": NO}.get(value, DECIMAL.sub(r"\1,\2", value))
        return _("«{value}» en {heading}").format(value=value, heading=heading)

    return NAMED.sub(say, text)
