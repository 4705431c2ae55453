"""What the pages of a self-assessment show: elements by criterion, what is missing and where, the result so far."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.accounts.access import departments_where
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.instruments import wording
from cabildo.instruments.queries.filled import WARNINGS, Filled, SheetSeen
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules.bands import Achieved
from cabildo.instruments.rules.scoring import (
    CriterionResult,
    Fault,
    Mark,
    State,
    SubcriterionResult,
    element_score,
    known_share,
    state_of,
)
from cabildo.kit.rounding import half_up
from cabildo.quality.choices import QualityPermission
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Cycle
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table, Words

type Draw = Callable[[Sequence["Row"]], SafeString]
type Scored = tuple[str, Achieved, Sequence[SubcriterionResult]]  # its name, what it obtained, the parts it is made of
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
        shown.append(CriterionShown(label, draw(left), sum(row.mark is not None for row in mine), len(mine), result))
    return [one for one in shown if one.rows]


def figures(filled: Filled) -> list[Figure]:
    """How far the writing is, and the share so far, said as what it is."""
    total = len(filled.items)
    with_text = sum(sheet.is_written for sheet in filled.sheets.values())
    agreed = len(filled.marks)
    return [
        Figure(_("%s escritos") % words_of(filled.assessment).heads, spanish.number(with_text), _of(with_text, total)),
        Figure(_("Puntajes acordados"), spanish.number(agreed), _of(agreed, total)),
        Figure(_("Logro hasta ahora"), so_far(filled), _points(filled) if agreed else ""),
        Figure(_("Por resolver"), spanish.number(len(filled.blocking)), _("para cerrar"), url="revision/"),
    ]


def so_far(filled: Filled) -> str:
    """The share of what was agreed; «sin dato» while nothing was."""
    return spanish.percentage(filled.result.share() if filled.marks else None)


def _points(filled: Filled) -> str:
    """«77,3 de 200 puntos · declarado, sin validar»; the sum is rounded once, here."""
    found = filled.result
    sums = {"points": spanish.number(half_up(found.points, 1)), "maximum": spanish.number(half_up(found.maximum, 1))}
    return f"{_('%(points)s de %(maximum)s puntos') % sums} · {DECLARED}"


def _of(part: int, whole: int) -> str:
    return _("de %s") % spanish.number(whole) if whole else ""


@dataclass(frozen=True)
class Finding:
    """Something missing or inconsistent, in words, and the page where it is mended."""

    what: str
    how: str
    url: str
    keeps_from_closing: bool


FIXED_AT = {
    "not_assessed": "quality:consensus",
    "without_evidence": "quality:evidence_add",
    "short_trend": "quality:series",
    "above_attested": "quality:consensus",
    "without_summary": "quality:summary",
}


def findings(cycle: Cycle, filled: Filled) -> list[Finding]:
    """Each fault with its link; first those that keep from closing."""
    labels = {item.id: item.label for item in filled.items} | {
        item.part["id"]: item.part["label"] for item in filled.items
    }
    shown = []
    for fault in filled.faults:
        what, how = wording.of_mark(fault, labels[fault.element])
        url = reverse(FIXED_AT.get(fault.code, "quality:sheet"), args=[cycle.number, fault.element])
        shown.append(Finding(what, how, url, fault.code not in WARNINGS))
    return sorted(shown, key=lambda one: not one.keeps_from_closing)


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
            _("Lo que no aplica sale de ambas sumas. Lo que está sin puntaje cuenta cero y se dice aparte."),
        ],
    )


def _totals(filled: Filled) -> list[Figure]:
    found = filled.result
    blank, excluded = found.count(State.BLANK), found.count(State.EXCLUDED)
    band = found.band.label if found.band and not blank else spanish.NO_DATA
    return [
        Figure(_("Porcentaje de logro"), so_far(filled), _points(filled)),
        Figure(_("Tramo"), band, _("se dice cuando todo tiene puntaje") if blank else ""),
        Figure(_("Sin puntaje"), spanish.number(blank), _of(blank, len(filled.items))),
        Figure(_("No aplican"), spanish.number(excluded), _of(excluded, len(filled.items))),
    ]


def _by_criterion(filled: Filled, where: str) -> Panel:
    labels = {item.criterion["id"]: item.criterion["label"] for item in filled.items}
    shown = [(labels[one.id], one) for one in filled.result.criteria]
    title = _finding(shown)
    bars = tuple((label, known_share(one, one.subcriteria)) for label, one in shown)
    drawing = drawings.bars(title, where, bars, _("Porcentaje de logro declarado"))
    table = _achieved(_("Logro por criterio"), _("Criterio"), [(label, one, one.subcriteria) for label, one in shown])
    return Panel(title, table, where, drawing)


def _by_part(filled: Filled, where: str) -> Panel:
    labels = {item.part["id"]: item.part["label"] for item in filled.items}
    parts = [part for criterion in filled.result.criteria for part in criterion.subcriteria]
    table = _achieved(_("Logro por subcriterio"), _("Subcriterio"), [(labels[one.id], one, [one]) for one in parts])
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


def _achieved(caption: str, heading: str, shown: Iterable[Scored]) -> Table:
    columns = [
        Column("what", heading),
        Column("points", _("Puntos obtenidos"), numeric=True),
        Column("maximum", _("Puntos posibles"), numeric=True),
        Column("share", _("Logro declarado"), numeric=True),
    ]
    return Table(caption, columns, [_line(label, one, parts) for label, one, parts in shown])


def _line(label: str, one: Achieved, parts: Sequence[SubcriterionResult]) -> list[Any]:
    known = known_share(one, parts)
    points = None if known is None else half_up(one.points, 1)
    return [label, points, half_up(one.maximum, 1), spanish.percentage(known)]


def _finding(shown: Sequence[tuple[str, CriterionResult]]) -> str:
    known = [(label, found) for label, one in shown if (found := known_share(one, one.subcriteria)) is not None]
    if not known:
        return _("Ningún criterio tiene puntajes que contar")
    (least, low), (most, high) = min(known, key=lambda row: row[1]), max(known, key=lambda row: row[1])
    words = {"least": least, "low": spanish.percentage(low), "most": most, "high": spanish.percentage(high)}
    return _("El logro declarado va de %(low)s en %(least)s a %(high)s en %(most)s") % words
