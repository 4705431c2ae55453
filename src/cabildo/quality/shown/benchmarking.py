"""A municipality beside others that agreed to it, in words: all together, and one by one where both gave their name."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.content.models import PackVersion
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Panel
from cabildo.quality.choices import Basis, Sharing
from cabildo.quality.models import BenchmarkConsent
from cabildo.quality.queries.benchmarking import Others
from cabildo.quality.rules.results import WHOLE, Turn, spreads
from cabildo.quality.rules.spread import Spread
from cabildo.quality.shown.diagnosis import standing
from cabildo.quality.shown.results import Named, criteria_of, percent
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Fact, Table, TimelineEntry

DECIDED = {
    Sharing.NAMED: gettext_lazy("Autorizó compararse con su nombre"),
    Sharing.ANONYMOUS: gettext_lazy("Autorizó compararse sin su nombre"),
    Sharing.NOTHING: gettext_lazy("Dejó de compararse"),
}


@dataclass(frozen=True)
class Tally:
    """How many agreed, and to what."""

    named: int
    anonymous: int


def tally(consents: Mapping[int, str]) -> Tally:
    shared = list(consents.values())
    return Tally(shared.count(Sharing.NAMED), shared.count(Sharing.ANONYMOUS))


def history(decisions: Sequence[BenchmarkConsent]) -> list[TimelineEntry]:
    """Every decision, the last first."""
    return [
        TimelineEntry(
            one.at,
            DECIDED[Sharing(one.sharing)],
            who=str(one.by),
            text=_("En el programa de %s.") % one.agency,
            icon="x-circle" if one.sharing == Sharing.NOTHING else "check2",
        )
        for one in decisions
    ]


def facts(sharing: str, counts: Tally) -> list[Fact]:
    return [
        Fact(_("Qué comparte la municipalidad"), str(Sharing(sharing).label)),
        Fact(_("Municipalidades que se comparan con nombre"), spanish.number(counts.named)),
        Fact(_("Municipalidades que se comparan sin nombre"), spanish.number(counts.anonymous)),
    ]


def comparison(version: PackVersion, own: Turn, others: Others, names: Mapping[int, str], scope: str) -> Board:
    """Its own result by criterion beside the others', what was declared and what was validated apart."""
    parts = [*criteria_of(version), Named(WHOLE, _("En total"))]
    source = f"{standing(version)} · {scope}"
    panels = [_beside(basis, own, others, parts, source) for basis in Basis]
    if names:
        panels += [_by_name(basis, names, others.latest, parts, source) for basis in Basis]
    return Board(title=_("Comparación"), scope=source, groups=[], panels=panels, sources=_method(others, bool(names)))


def _beside(basis: Basis, own: Turn, others: Others, parts: Sequence[Named], source: str) -> Panel:
    title = _("Lo %s: su municipalidad y las demás") % basis.label
    counted = others.values(basis)
    found = spreads(counted, basis, [one.part for one in parts]) if counted else {}
    mine = own.ratios.get(basis, {})
    columns = [
        Column("part", _("Criterio")),
        Column("own", _("Su municipalidad, %"), numeric=True),
        Column("low", _("Las demás: primer cuartil, %"), numeric=True),
        Column("median", _("Las demás: mediana, %"), numeric=True),
        Column("high", _("Las demás: tercer cuartil, %"), numeric=True),
        Column("count", _("Las demás: cuántas"), numeric=True),
    ]
    rows = [[one.label, percent(mine.get(one.part)), *_of_others(found.get(one.part))] for one in parts]
    return Panel(title, Table(title, columns, rows), source, _bars(title, parts, mine, found, source), _note(counted))


def _of_others(spread: Spread | None) -> list[Any]:
    if spread is None:
        return [_("reservado")] * 4
    return [*(percent(getattr(spread, name)) for name in ("low", "median", "high")), spread.count]


def _bars(title: str, parts: Sequence[Named], mine: Any, found: Any, source: str) -> str:
    bars = []
    for one in parts:
        bars.append((_("La suya: %s") % one.label, percent(mine.get(one.part))))
        if one.part in found:
            bars.append((_("Las demás: %s") % one.label, percent(found[one.part].median)))
    return drawings.bars(title, source, tuple(bars), _("Porcentaje de logro"), top=100)


def _note(counted: Sequence[Turn]) -> str:
    if counted:
        return _("Las demás son %s municipalidades que autorizaron compararse.") % spanish.number(len(counted))
    return _("Todavía no se muestran las demás: son muy pocas las que autorizaron, o se podría deducir cuál es cuál.")


def _by_name(
    basis: Basis, names: Mapping[int, str], latest: Mapping[int, Turn], parts: Sequence[Named], source: str
) -> Panel:
    title = _("Con nombre: lo %s") % basis.label
    columns = [Column("name", _("Municipalidad"))]
    columns += [Column("-".join(one.part) or "total", one.label, numeric=True) for one in parts]
    rows = [
        [name, *(percent(latest[one].ratios.get(basis, {}).get(part.part)) for part in parts)]
        for one, name in names.items()
        if one in latest
    ]
    return Panel(title, Table(_("Porcentaje de logro por criterio"), columns, rows), source)


def _method(others: Others, has_names: bool) -> list[str]:
    sources = [
        _("Las demás son las que autorizaron compararse, con su ciclo más reciente en esta misma versión."),
        _("Declarado es lo que cada comité envió; validado, lo que dijo el informe emitido. No se juntan."),
        _("Entre los cuartiles está la mitad central de las demás. «Sin dato» no es cero."),
    ]
    if others.tells_others:
        sources.append(_("No se muestran nombres: se podría deducir el resultado de las pocas que no dieron el suyo."))
    if has_names:
        sources.append(_("Con nombre aparecen sólo las que también lo autorizaron. No lo difunda fuera del programa."))
    return sources


def named_board(version: PackVersion, latest: Mapping[int, Turn], names: Mapping[int, str]) -> Board | None:
    """At the desk of the agency: those that agreed to their name. None when there is nobody."""
    shown = {one: name for one, name in names.items() if one in latest}
    if not shown:
        return None
    parts, source = [*criteria_of(version), Named(WHOLE, _("En total"))], standing(version)
    panels = [_by_name(basis, shown, latest, parts, source) for basis in Basis]
    return Board(
        title=_("Resultados con nombre"),
        scope=source,
        groups=[],
        panels=panels,
        sources=[_("Aparecen sólo las municipalidades que autorizaron compararse con su nombre.")],
    )
