"""Gaps and matrix of stage 5 as boards, for paper and workbook: all that the pages say and every value kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cabildo.indicators.boards import Board, Group, Panel
from cabildo.kit.rounding import half_up
from cabildo.quality.models import Cycle, Finding, MatrixWeights
from cabildo.quality.models.improvement import MATRIX_CRITERIA
from cabildo.quality.queries.improvement import Baseline, Offer
from cabildo.quality.rules.gaps import Gap
from cabildo.quality.shown import improvement as shown
from cabildo.ui.parts import Column, Table


def gaps_board(
    cycle: Cycle, baseline: Baseline, offers: list[Offer], opportunities: Mapping[str, list[Finding]]
) -> Board:
    """The elements below their highest, what the validators saw, the methodologies offered."""
    source = shown.source_of(baseline)
    panels = [
        _gaps(baseline, source),
        _opportunities(baseline, opportunities, source),
        _offered(baseline, offers, source),
        _explained(baseline, offers, source),
    ]
    return Board(
        title=_("Brechas y metodologías ofrecidas"),
        scope=f"{cycle} · {source}",
        groups=[Group(_("En total"), shown.figures(baseline))],
        panels=[panel for panel in panels if panel.table.rows],
        sources=[shown.notice_of(baseline)],
    )


def _gaps(baseline: Baseline, source: str) -> Panel:
    labels = baseline.element_labels()
    names = {part["id"]: (criterion["label"], part["label"]) for criterion, part in baseline.parts()}
    columns = [
        Column("criterion", _("Criterio")),
        Column("part", _("Subcriterio")),
        Column("element", _("Qué se puntúa")),
        Column("score", _("Puntaje"), numeric=True),
        Column("highest", _("Más alto"), numeric=True),
        Column("points", _("Puntos por recuperar"), numeric=True),
    ]
    rows = [[*names[gap.subcriterion], labels[gap.element], *_scores(gap)] for gap in baseline.gaps]
    return Panel(_("Lo que está bajo su puntaje más alto"), Table(_("Brechas"), columns, rows), source)


def _scores(gap: Gap) -> list[Any]:
    """What nobody scored is unknown; its points are the most that it could win back."""
    return [half_up(gap.score, 1) if gap.is_assessed else None, half_up(gap.maximum, 1), half_up(gap.points, 1)]


def _opportunities(baseline: Baseline, opportunities: Mapping[str, list[Finding]], source: str) -> Panel:
    labels = baseline.element_labels()
    columns = [
        Column("part", _("Subcriterio")),
        Column("element", _("De qué")),
        Column("text", _("Qué vieron los validadores")),
    ]
    rows = [
        [part["label"], labels.get(found.element, _("todo el subcriterio")), found.text]
        for _criterion, part in baseline.parts()
        for found in opportunities.get(part["id"], [])
    ]
    return Panel(_("Qué vieron los validadores"), Table(_("Oportunidades de mejora"), columns, rows), source)


def _offered(baseline: Baseline, offers: list[Offer], source: str) -> Panel:
    columns = [
        Column("part", _("Subcriterio")),
        Column("label", _("Metodología")),
        Column("months", _("Meses"), numeric=True),
        Column("points", _("Puntos por recuperar"), numeric=True),
    ]
    rows = [
        [offer.part["label"], offer.methodology["label"], offer.methodology["months"], half_up(offer.points, 1)]
        for offer in offers
    ]
    return Panel(_("Metodologías que se ofrecen"), Table(_("Metodologías que se ofrecen"), columns, rows), source)


def _explained(baseline: Baseline, offers: list[Offer], source: str) -> Panel:
    labels = baseline.element_labels()
    columns = [
        Column("label", _("Metodología")),
        Column("about", _("En qué consiste")),
        Column("closes", _("Qué ayuda a subir")),
    ]
    rows = [
        [
            offer.methodology["label"],
            offer.methodology["about"],
            "; ".join(labels[name] for name in offer.methodology["closes"]),
        ]
        for offer in offers
    ]
    return Panel(_("En qué consiste cada una"), Table(_("En qué consiste cada una"), columns, rows), source)


def matrix_board(cycle: Cycle, baseline: Baseline, placed: list[shown.Placed], weights: MatrixWeights) -> Board:
    """The ranking with every value given, drawn as on the page, what was decided of each, and what is still offered."""
    source = shown.source_of(baseline)
    valued = [one for one in placed if one.offer.option]
    offered = [one.offer for one in placed if not one.offer.option]
    panels = [_ranking(placed, valued, source), _decided(valued, source), _offered(baseline, offered, source)]
    return Board(
        title=_("Matriz de priorización"),
        scope=f"{cycle} · {source}",
        groups=[],
        panels=[panel for panel in panels if panel.table.rows],
        sources=[
            _("Pesos: %s. Prioridad: suma de cada valor por su peso.") % shown.weights_in_words(weights),
            _("Si empatan, va primero la que recupera más puntos. Lo que no cabe en doce meses no tiene orden."),
            shown.notice_of(baseline),
        ],
    )


def _ranking(placed: list[shown.Placed], valued: list[shown.Placed], source: str) -> Panel:
    chart = shown.matrix_chart(placed, source)
    headings = [Column(f"value-{place}", label, numeric=True) for place, label in enumerate(shown.matrix_headings())]
    columns = [
        Column("label", _("Metodología")),
        Column("place", _("Lugar"), numeric=True),
        *headings,
        Column("score", _("Prioridad"), numeric=True),
        Column("points", _("Puntos"), numeric=True),
    ]
    rows = [
        [
            one.offer.methodology["label"],
            int(one.place) if one.place else None,
            *(one.offer.values.get(name) for name in MATRIX_CRITERIA),
            None if one.exact is None else half_up(one.exact, 2),
            half_up(one.offer.points, 1),
        ]
        for one in valued
    ]
    table = Table(_("Valores y prioridad"), columns, rows)
    return Panel(
        str(chart.title) if chart else _("Valores y prioridad"), table, source, str(chart.drawing) if chart else ""
    )


def _decided(valued: list[shown.Placed], source: str) -> Panel:
    columns = [
        Column("label", _("Metodología")),
        Column("part", _("Subcriterio")),
        Column("fits", _("¿Cabe en doce meses?")),
        Column("chosen", _("¿Elegida?")),
        Column("line", _("Línea del plan")),
        Column("note", _("Por qué")),
    ]
    rows = [_decision(one.offer) for one in valued]
    return Panel(_("Qué se decidió"), Table(_("Qué se decidió"), columns, rows), source)


def _decision(offer: Offer) -> list[Any]:
    option: Any = offer.option
    fits = {True: _("sí"), False: _("no"), None: None}[option.is_feasible]
    chosen = _("sí") if option.is_chosen else _("no")
    line = str(option.line) if option.line else _("ninguna")
    return [offer.methodology["label"], offer.part["label"], fits, chosen, line, option.note or _("no se anotó")]
