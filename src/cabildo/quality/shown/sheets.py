"""What the page of a sheet shows: the element, its levels, its evidence with files, its figures, who proposes what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.documents.models import Document
from cabildo.indicators import drawings
from cabildo.instruments import wording
from cabildo.instruments.models import Evidence, Proposal, Sheet, YearFigure
from cabildo.instruments.queries import sheets as asked
from cabildo.instruments.queries.filled import agreed_mark
from cabildo.instruments.queries.items import Item
from cabildo.instruments.rules import sheets as rules
from cabildo.instruments.rules.scoring import BLANK, YEARS_OF_A_TREND, Mark
from cabildo.quality.choices import QualityPermission
from cabildo.quality.model_words import words_of
from cabildo.quality.queries.self_assessment import Place
from cabildo.quality.shown.self_assessment import mark_words
from cabildo.ui import spanish
from cabildo.ui.parts import Chart, Column, Table


@dataclass(frozen=True)
class Paper:
    """An evidence with the files that can be opened; `state` says whether it still serves."""

    evidence: Evidence
    files: Sequence[Document]
    is_expired: bool
    others: int = 0


@dataclass(frozen=True)
class SeriesShown:
    """An indicator with its figures by year as drawing and table."""

    indicator: str
    chart: Chart
    years: int
    last: YearFigure

    @property
    def missing(self) -> int:
        """Years that a trend still needs."""
        return max(0, YEARS_OF_A_TREND - self.years)


@dataclass(frozen=True)
class Proposed:
    proposal: Proposal
    words: str


@dataclass(frozen=True)
class LevelsLine:
    """What the checklist grants, in words; `stranded` are levels that grant nothing because one below is missing."""

    granted: str
    missing: str
    stranded: Sequence[str]


def context(place: Place, user: Any, today: date) -> dict[str, Any]:
    """All that is beside the form. A fixed number of queries."""
    sheet, item = place.sheet, place.item
    if sheet is None:
        raise LookupError(place.number)
    proposals = asked.visible_proposals(sheet, user) if can(user, QualityPermission.ANSWER) else []
    return {
        "cycle": place.cycle,
        "assessment": place.assessment,
        "sheet": sheet,
        "item": item,
        "words": words_of(place.assessment),
        "levels": levels_line(place),
        "panel": panel_line(item, sheet),
        "attested": {int(level) for level, holds in sheet.attested.items() if holds},
        "papers": papers(place, today),
        "series": series(place, sheet.element),
        "has_trend": item.element.method.trend_level is not None,
        "trend_years": YEARS_OF_A_TREND,
        "trend_level": item.element.method.trend_level,
        "proposals": [Proposed(one, mark_words(item, asked.proposed_mark(one))) for one in proposals],
        "mine": next((one for one in proposals if one.user_id == user.pk), None),
        "agreed": mark_words(item, agreed_mark(sheet)) if sheet.is_agreed else "",
    }


def levels_line(place: Place) -> LevelsLine | None:
    """None for an element that is scored on a panel."""
    sheet, item = place.sheet, place.item
    return granted_line(item, sheet) if sheet is not None and item.is_levelled else None


def panel_line(item: Item, sheet: Sheet) -> str:
    """What its writers score on a panel, with the mean of the attributes; empty while they gave nothing."""
    given = Mark(sheet.score, sheet.attributes)
    return "" if given == BLANK else mark_words(item, given)


def granted_line(item: Item, sheet: Sheet) -> LevelsLine:
    method = item.element.method
    missing = rules.first_missing(method, sheet.attested)
    return LevelsLine(
        granted=mark_words(item, Mark(rules.granted(method, sheet.attested))),
        missing=mark_words(item, Mark(missing)) if missing is not None else "",
        stranded=[mark_words(item, Mark(level)) for level in rules.stranded(method, sheet.attested)],
    )


def papers(place: Place, today: date) -> list[Paper]:
    """The evidence of the element. Three queries."""
    name = place.sheet.element if place.sheet else ""
    found = list(place.assessment.evidence.filter(uses__element=name).prefetch_related("uses"))
    files = asked.files_of(found)
    return [Paper(one, files[one.pk], asked.is_expired(one, today), len(one.uses.all()) - 1) for one in found]


def series(place: Place, element: str) -> list[SeriesShown]:
    """Each indicator of the element. One query."""
    found: dict[str, list[YearFigure]] = {}
    for figure in place.assessment.figures.filter(element=element).order_by("indicator", "year"):
        found.setdefault(figure.indicator, []).append(figure)
    return [_series(indicator, figures) for indicator, figures in found.items()]


def _series(indicator: str, figures: Sequence[YearFigure]) -> SeriesShown:
    last = figures[-1]
    columns = [Column("year", _("Año")), Column("value", f"{indicator} ({last.unit})", numeric=True)]
    lines = [[str(one.year), spanish.number(one.value.normalize(), _places(one))] for one in figures]
    title = _("%(indicator)s: %(count)s años") % {"indicator": indicator, "count": len(figures)}
    drawing = drawings.bars(title, last.source, tuple((str(one.year), one.value) for one in figures), last.unit)
    chart = Chart(title, mark_safe(drawing), Table(indicator, columns, lines), last.source)
    return SeriesShown(indicator, chart, len(figures), last)


def _places(figure: YearFigure) -> int:
    return max(0, -int(figure.value.normalize().as_tuple().exponent))


def spread_words(item: Item, marks: Sequence[Mark]) -> str:
    """How far apart the proposals are; empty when they agree or are fewer than two."""
    if not rules.is_divergent(marks):
        return ""
    distance: Fraction = rules.spread(item.element.method, marks)
    if not distance and any(mark.is_excluded for mark in marks):
        return _("unas dicen que no aplica")
    told = _("%s de diferencia") % wording.number(distance) if distance else _("igual puntaje, dicho de otro modo")
    widest = rules.widest_attribute(item.element.method, marks)
    if widest is None:
        return told
    names = {one["id"]: one["label"] for one in item.attributes}
    most = {"told": told, "attribute": names[widest[0]], "points": widest[1]}
    return _("%(told)s; la mayor, en %(attribute)s: %(points)s") % most
