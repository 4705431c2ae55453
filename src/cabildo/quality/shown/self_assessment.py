"""What the pages of a self-assessment show: elements by criterion, what is missing and where, the result so far."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say
from django.utils.translation import ngettext

from cabildo.accounts.access import departments_where
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.instruments import wording
from cabildo.instruments.queries.filled import Filled, SheetSeen
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.scoring import (
    CriterionResult,
    Fault,
    Mark,
    Part,
    State,
    element_score,
    scored,
    state_of,
)
from cabildo.kit.rounding import half_up
from cabildo.quality.choices import QualityPermission
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Cycle
from cabildo.quality.shown.achieved import counted, in_words, known, obtained
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table, Words

type Draw = Callable[[Sequence["Row"]], SafeString]
DECLARED = say("declarado, sin validar")


@dataclass(frozen=True)
class Row:
    """An element with what was written of it."""

    item: Item
    sheet: SheetSeen
    papers: int
    proposals: int
    is_divergent: bool
    mark: Mark | None
    faults: tuple[Fault, ...]

    @property
    def said(self) -> str:
        return "" if self.mark is None else mark_words(self.item, self.mark)

    @property
    def is_started(self) -> bool:
        return bool(self.sheet.text.strip() or self.sheet.attested or self.papers)


@dataclass(frozen=True)
class CriterionShown:
    """A criterion with its rows drawn; `agreed` of all its elements, whatever the filter leaves in `rows`."""

    label: str
    rows: SafeString
    agreed: int
    total: int
    result: CriterionResult
    obtained: str


@dataclass(frozen=True)
class Filter:
    """A way to look at the elements, and how many it leaves."""

    code: str
    label: Words
    count: int = 0
    is_on: bool = False


FILTERS: Mapping[str, tuple[Words, Callable[[Row], bool]]] = {
    "sin-texto": (say("Sin escribir"), lambda row: not row.is_started),
    "sin-evidencia": (say("Sin evidencia"), lambda row: not row.papers and not _is_excluded(row.mark)),
    "divergentes": (say("Con propuestas distintas"), lambda row: row.is_divergent and row.mark is None),
    "en-blanco": (say("Sin puntaje acordado"), lambda row: row.mark is None),
    "sin-asignar": (say("Sin responsable"), lambda row: row.sheet.department_id is None),
}
MINE = "mias"


def _is_excluded(mark: Mark | None) -> bool:
    return mark is not None and mark.is_excluded


def mark_words(item: Item, mark: Mark) -> str:
    """«3. Aplicado en todas las unidades», «62 de 100, Se revisa», «40 de 100 (Planificar: 60; Hacer: 20)».

    What nobody scored is «sin dato», and so is the mean of attributes of which one is left blank.
    """
    if mark.is_excluded:
        return _("no aplica")
    if mark.attributes:
        return _by_attribute(item, mark)
    if mark.score is None:
        return spanish.NO_DATA
    if item.is_levelled:
        return f"{mark.score}. {item.level_label(mark.score)}"
    return ", ".join(filter(None, [_of_highest(item, Fraction(mark.score)), item.band_label(mark.score)]))


def _by_attribute(item: Item, mark: Mark) -> str:
    """The exact mean, then each attribute in the order of the model."""
    is_whole = state_of(item.element.method, mark) is State.ASSESSED
    mean = _of_highest(item, element_score(item.element.method, mark)) if is_whole else spanish.NO_DATA
    return f"{mean} ({attribute_words(item, mark.attributes)})"


def attribute_words(item: Item, given: Mapping[str, int]) -> str:
    """«Planificar: 60; Hacer: 50», in the order of the model."""
    names = {one["id"]: one["label"] for one in item.method["attributes"]}
    return "; ".join(f"{label}: {given[name]}" for name, label in names.items() if name in given)


def _of_highest(item: Item, score: Fraction) -> str:
    return _("%(score)s de %(maximum)s") % {"score": wording.number(score), "maximum": item.element.method.maximum}


def rows(filled: Filled) -> list[Row]:
    """Every element, in the order of the model. No query."""
    faults: dict[str, list[Fault]] = {}
    for fault in filled.faults:
        faults.setdefault(fault.element, []).append(fault)
    return [
        Row(
            item=item,
            sheet=filled.sheets[item.id],
            papers=filled.papers.get(item.id, 0),
            proposals=len(filled.proposed.get(filled.sheets[item.id].pk, ())),
            is_divergent=filled.is_divergent(item.id),
            mark=filled.marks.get(item.id),
            faults=tuple(faults.get(item.id, ())),
        )
        for item in filled.items
    ]


def filtered(filled: Filled, found: Sequence[Row], user: Any, chosen: str) -> tuple[list[Row], list[Filter]]:
    """The rows that the filter of the address leaves, and every filter with how many it would."""
    tests = {MINE: (say("De mi dirección"), _of_mine(filled, user)), **FILTERS}
    kept = [row for row in found if tests[chosen][1](row)] if chosen in tests else list(found)
    shown = [
        Filter(code, label, sum(test(row) for row in found), code == chosen) for code, (label, test) in tests.items()
    ]
    return kept, [one for one in shown if one.count or one.is_on]


def _of_mine(filled: Filled, user: Any) -> Callable[[Row], bool]:
    mine = departments_where(user, QualityPermission.WRITE_SHEETS)
    helping = {pk for pk, helpers in filled.helping.items() if not mine.isdisjoint(helpers)}
    return lambda row: row.sheet.department_id in mine or row.sheet.pk in helping


def by_criterion(filled: Filled, found: Sequence[Row], kept: Sequence[Row], draw: Draw) -> list[CriterionShown]:
    """The rows under their criterion; one that the filter leaves empty is left out."""
    results = {one.id: one for one in filled.result.criteria}
    shown = []
    for name, result in results.items():
        mine = [row for row in found if row.item.criterion["id"] == name]
        label = mine[0].item.criterion["label"]
        left = [row for row in kept if row.item.criterion["id"] == name]
        agreed, said = sum(row.mark is not None for row in mine), in_words(filled, result)
        shown.append(CriterionShown(label, draw(left), agreed, len(mine), result, said))
    return [one for one in shown if one.rows]


def figures(cycle: Cycle, filled: Filled) -> list[Figure]:
    """How far the writing is, and the share so far, said as what it is."""
    total, review = len(filled.items), reverse("quality:review", args=[cycle.number])
    with_text = sum(sheet.is_written for sheet in filled.sheets.values())
    agreed = len(filled.marks)
    return [
        Figure(_("%s escritos") % words_of(filled.assessment).heads, spanish.number(with_text), _of(with_text, total)),
        Figure(_("Puntajes acordados"), spanish.number(agreed), _of(agreed, total)),
        _so_far(filled),
        Figure(_("Por resolver"), spanish.number(len(filled.blocking)), _("para cerrar"), url=review),
    ]


def _so_far(filled: Filled) -> Figure:
    """The share once everything has its score; until then the points, and of how many."""
    found, share = filled.result, known(filled, filled.result)
    if share is not None or not filled.marks:
        return Figure(_("Porcentaje de logro"), spanish.percentage(share), _points(filled) if filled.marks else "")
    told = {"counted": counted(found), "units": words_of(filled.assessment).many}
    words = _("con %(counted)s %(units)s") % told
    return Figure(_("Puntos hasta ahora"), spanish.number(obtained(found), 1), f"{words} · {DECLARED}")


def _points(filled: Filled) -> str:
    """«77,3 de 200 puntos · declarado, sin validar»; the sum is rounded once, here."""
    found = filled.result
    sums = {"points": spanish.number(half_up(found.points, 1)), "maximum": spanish.number(half_up(found.maximum, 1))}
    return f"{_('%(points)s de %(maximum)s puntos') % sums} · {DECLARED}"


def _of(part: int, whole: int) -> str:
    return _("de %s") % spanish.number(whole) if whole else ""


def neighbours(names: Sequence[str], name: str) -> tuple[str, str]:
    """The element before and the one after among those a person goes through; empty at the ends."""
    if name not in names:
        return "", ""
    place = names.index(name)
    return names[place - 1] if place else "", names[place + 1] if place + 1 < len(names) else ""


def board(cycle: Cycle, filled: Filled) -> Board:
    """The result: its sentence, the criteria as bars, the elements as a table; always said to be declared."""
    where = f"{standing(filled.assessment.version)} · {DECLARED}"
    return Board(
        title=_("Resultado de la autoevaluación"),
        scope=f"{cycle} · {where}",
        groups=[Group(_("En total"), _totals(filled))],
        panels=[_by_criterion(filled, where), _by_part(filled, where), _by_element(filled, where)],
        sources=[
            _("Porcentaje de logro: puntos obtenidos sobre puntos posibles. No es el promedio de los criterios."),
            _("Lo declara la municipalidad. Nadie externo lo ha validado y no se compara con puntajes validados."),
            _blank_words(filled),
        ],
    )


def left_blank(filled: Filled) -> str:
    """What a report says and does not say when the self-assessment closes with elements without score."""
    result = filled.result
    blank, found = result.count(State.BLANK), [scored(one) for one in result.criteria]
    unknown = sum(not one.is_whole and not one.count for one in found)
    if not blank:
        return ""
    told = ngettext(
        "Queda %s sin puntaje: se muestra «sin dato» y no suma puntos.",
        "Quedan %s sin puntaje: se muestran «sin dato» y no suman puntos.",
        blank,
    )
    words = [told % blank, _("El informe no dirá el tramo.") if result.band else ""]
    if unknown:
        facts = {"unknown": unknown, "all": len(found)}
        words.append(_("Sin ningún puntaje y por eso sin resultado: %(unknown)s de %(all)s criterios.") % facts)
    return " ".join(word for word in words if word)


def _blank_words(filled: Filled) -> str:
    """How what has no score counts: not at all until the end, then as zero where the model let it stay blank."""
    if filled.assessment.is_open:
        return _("Lo que no aplica sale de ambas sumas. El porcentaje se dice cuando todo lo suyo tiene puntaje.")
    return _("Lo que no aplica sale de ambas sumas. Lo que quedó sin puntaje cuenta cero y se dice aparte.")


def _totals(filled: Filled) -> list[Figure]:
    found = filled.result
    blank, excluded = found.count(State.BLANK), found.count(State.EXCLUDED)
    band = found.band.label if found.band and not blank else spanish.NO_DATA
    return [
        _so_far(filled),
        Figure(_("Tramo"), band, _("se dice cuando todo tiene puntaje") if blank else ""),
        Figure(_("Sin puntaje"), spanish.number(blank), _of(blank, len(filled.items))),
        Figure(_("No aplican"), spanish.number(excluded), _of(excluded, len(filled.items))),
    ]


def _by_criterion(filled: Filled, where: str) -> Panel:
    labels = {item.criterion["id"]: item.criterion["label"] for item in filled.items}
    shown = [(labels[one.id], one) for one in filled.result.criteria]
    title = _finding(filled, shown)
    bars = tuple((label, known(filled, one)) for label, one in shown)
    drawing = drawings.bars(title, where, bars, _("Porcentaje de logro declarado"), top=100)
    table = _achieved(filled, _("Logro por criterio"), _("Criterio"), shown)
    return Panel(title, table, where, drawing)


def _by_part(filled: Filled, where: str) -> Panel:
    labels = {item.part["id"]: item.part["label"] for item in filled.items}
    parts = [part for criterion in filled.result.criteria for part in criterion.subcriteria]
    table = _achieved(filled, _("Logro por subcriterio"), _("Subcriterio"), [(labels[one.id], one) for one in parts])
    return Panel(_("Logro de cada subcriterio"), table, where)


def _by_element(filled: Filled, where: str) -> Panel:
    words = words_of(filled.assessment)
    columns = [
        Column("element", words.head),
        Column("mark", _("Puntaje acordado")),
        Column("department", _("Responsable")),
        Column("papers", _("Evidencias"), numeric=True),
    ]
    lines = [
        [row.item.label, row.said or spanish.NO_DATA, str(row.sheet.department or _("sin responsable")), row.papers]
        for row in rows(filled)
    ]
    return Panel(_("Cada %s") % words.one, Table(_("Puntaje acordado por %s") % words.one, columns, lines), where)


def _achieved(filled: Filled, caption: str, heading: str, shown: Iterable[tuple[str, Part]]) -> Table:
    columns = [
        Column("what", heading),
        Column("points", _("Puntos obtenidos"), numeric=True),
        Column("maximum", _("Puntos posibles"), numeric=True),
        Column("counted", _("Con puntaje"), numeric=True),
        Column("share", _("Logro declarado"), numeric=True),
    ]
    return Table(caption, columns, [_line(filled, label, one) for label, one in shown])


def _line(filled: Filled, label: str, one: Part) -> list[Any]:
    share = spanish.percentage(known(filled, one))
    return [label, obtained(one), half_up(one.maximum, 1), counted(one), share]


def _finding(filled: Filled, shown: Sequence[tuple[str, CriterionResult]]) -> str:
    """What the drawing shows, as its title; nothing is said to be first or last while some criterion is not whole."""
    whole = [(label, share) for label, one in shown if (share := known(filled, one)) is not None]
    in_scope = sum(scored(one).total > 0 for _label, one in shown)
    if len(whole) < in_scope or not whole:
        told = {"whole": len(whole), "all": in_scope}
        return _("%(whole)s de %(all)s criterios tienen todos sus puntajes") % told
    (least, low), (most, high) = min(whole, key=lambda row: row[1]), max(whole, key=lambda row: row[1])
    words = {"least": least, "low": spanish.percentage(low), "most": most, "high": spanish.percentage(high)}
    return _("El logro declarado va de %(low)s en %(least)s a %(high)s en %(most)s") % words
