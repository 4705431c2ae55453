"""What the pages of a diagnosis show: areas with their progress, a question with what it includes, the result."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.models import PackVersion
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.instruments import queries as answered
from cabildo.instruments.models import Assessment
from cabildo.instruments.rules.answers import AnswersResult, AreaResult
from cabildo.quality.models import Cycle
from cabildo.quality.queries.acta import Behind
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table


@dataclass(frozen=True)
class AreaProgress:
    """An area of the questionnaire and how much of it is answered."""

    code: str
    label: str
    answered: int
    total: int

    @property
    def is_done(self) -> bool:
        return self.answered == self.total


def areas(assessment: Assessment) -> list[AreaProgress]:
    """Every area in its order. One query."""
    labels = _labels(assessment)
    return [
        AreaProgress(area.id, labels[area.id], area.answered, area.answered + len(area.missing))
        for area in answered.result(assessment).areas
    ]


def _labels(assessment: Assessment) -> dict[str, str]:
    return {area["id"]: area["label"] for area in answered.instrument(assessment)["areas"]}


def standing(version: PackVersion) -> str:
    """Where the content comes from, as every screen and paper says it."""
    pack, parts = version.pack, [version.pack.title, _("versión %s") % version.version]
    label = _("contenido oficial") if pack.official else _("demostración, no oficial")
    return " · ".join(parts if label in pack.title else [*parts, label])


def behind_words(behind: Behind) -> str:
    """What the acta does not say yet, and what to do."""
    told = []
    if behind.to_write and behind.is_closed:
        words = _(
            "El acta %(folio)s está cerrada y dice otra cosa que el diagnóstico en: %(points)s. En la reunión, presione"
            " «Rectificar el acta». Después vuelva al diagnóstico y escriba en ella lo que se respondió."
        )
        told.append(words % {"folio": behind.meeting.folio, "points": ", ".join(behind.to_write)})
    elif behind.to_write:
        words = _("El acta %(folio)s todavía no dice lo que se respondió en: %(points)s.")
        told.append(words % {"folio": behind.meeting.folio, "points": ", ".join(behind.to_write)})
    if behind.to_review:
        words = _(
            "En el acta %(folio)s alguien escribió con sus palabras en: %(points)s. Después cambiaron las respuestas:"
            " revise ahí si lo escrito sigue siendo cierto, y corríjalo."
        )
        told.append(words % {"folio": behind.meeting.folio, "points": ", ".join(behind.to_review)})
    return " ".join(told)


def board(cycle: Cycle) -> Board:
    """The result: its sentence, the areas as bars, and the same as a table."""
    assessment: Any = cycle.diagnosis
    found, where = answered.result(assessment), standing(assessment.version)
    return Board(
        title=_("Resultado del diagnóstico"),
        scope=f"{cycle} · {where}",
        groups=[Group(_("En total"), _figures(cycle, found))],
        panels=[_by_area(assessment, found, where)],
        sources=[
            _("Porcentaje de logro: puntos obtenidos sobre puntos posibles. No es el promedio de los ámbitos."),
            _("Lo declara la municipalidad, por consenso de quienes participaron. Nadie externo lo ha validado."),
        ],
    )


def _by_area(assessment: Assessment, found: AnswersResult, where: str) -> Panel:
    labels = _labels(assessment)
    rows = [(labels[area.id], area) for area in found.areas]
    title = _finding(rows)
    table = Table(
        _("Logro por ámbito"),
        [
            Column("area", _("Ámbito")),
            Column("points", _("Puntos obtenidos"), numeric=True),
            Column("maximum", _("Puntos posibles"), numeric=True),
            Column("share", _("Logro"), numeric=True),
        ],
        [[label, int(area.points), int(area.maximum), spanish.percentage(area.share())] for label, area in rows],
    )
    bars = tuple((label, area.share()) for label, area in rows)
    return Panel(title, table, where, drawings.bars(title, where, bars, _("Porcentaje de logro"), top=100))


def _figures(cycle: Cycle, found: AnswersResult) -> list[Figure]:
    of = _("%(points)s de %(maximum)s puntos") % {
        "points": spanish.number(int(found.points)),
        "maximum": spanish.number(int(found.maximum)),
    }
    line = cycle.get_proposed_line_display() or _("sin línea propuesta")
    return [
        Figure(_("Porcentaje de logro"), spanish.percentage(found.share()), of),
        Figure(_("Nivel"), found.band.label if found.band else spanish.NO_DATA),
        Figure(_("Línea que propone"), line, _("la confirma el organismo del programa")),
    ]


def _finding(rows: list[tuple[str, AreaResult]]) -> str:
    """What the drawing shows, as its title."""
    known = [(label, share) for label, area in rows if (share := area.share()) is not None]
    if not known:
        return _("Ningún ámbito tiene respuestas que contar")
    (least, low), (most, high) = min(known, key=lambda row: row[1]), max(known, key=lambda row: row[1])
    words = {"least": least, "low": spanish.percentage(low), "most": most, "high": spanish.percentage(high)}
    return _("El logro va de %(low)s en %(least)s a %(high)s en %(most)s") % words
