"""What the pages of the accreditation line show: layers as they were sealed, both sides apart, the level and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from cabildo.content import queries as packs
from cabildo.content.models import PackVersion
from cabildo.documents.models import Document
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.instruments import wording
from cabildo.instruments.rules.awards import Award, Level, Verdict
from cabildo.kit.rounding import share
from cabildo.quality.choices import PointsSide
from cabildo.quality.models import Points, PointsLayer, Service
from cabildo.quality.queries import accreditation as queries
from cabildo.quality.queries.accreditation import Accreditation, Stated
from cabildo.quality.shown.diagnosis import standing
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Fact, Figure, Table


@dataclass(frozen=True)
class LayerShown:
    """A sealed layer in words; `is_current` while no correction followed it.

    `rows`: what it gives to each total and service, as it was called then; of one that dropped out, since when.
    """

    title: str
    facts: list[Fact]
    papers: Sequence[Document]
    stated: Stated
    is_current: bool
    rows: list[tuple[str, str]]


@dataclass(frozen=True)
class Row:
    """A total or a service with the points of both sides; None where a side says nothing of it."""

    label: str
    maximum: int | None
    declared: Decimal | None
    validated: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """What validating changed."""
        known = self.declared is not None and self.validated is not None
        return (self.validated or Decimal(0)) - (self.declared or Decimal(0)) if known else None


@dataclass(frozen=True)
class Told:
    """The result: rows, the level of each side, what keeps from the next one, what the rules leave in doubt."""

    found: Accreditation
    rules: PackVersion
    rows: list[Row]
    declared: Verdict | None
    validated: Verdict | None

    @property
    def notice(self) -> str:
        """What the pack says of itself."""
        return str(packs.body(self.rules)["rules"].get("notice", ""))

    @property
    def standing(self) -> str:
        return standing(self.rules)


def layers(found: Accreditation) -> list[LayerShown]:
    """Every layer with who sealed it and on which paper, the last first. No query."""
    titles = {one.layer.pk: title for one, title in _titled(found)}
    replaced = {one.layer.previous_id for one in found.layers}
    return [
        LayerShown(
            title=titles[one.layer.pk],
            facts=_facts(one.layer, titles),
            papers=one.papers,
            stated=one,
            is_current=one.layer.pk not in replaced,
            rows=[(_labelled(row, found), spanish.number(plain(row.points))) for row in one.rows],
        )
        for one in reversed(found.layers)
    ]


def _labelled(row: Points, found: Accreditation) -> str:
    left = next((one.withdrawn_on for one in found.withdrawn if one.pk == row.service_id), None)
    return _since(row.label, left) if left is not None else row.label


def _titled(found: Accreditation) -> Iterator[tuple[Stated, str]]:
    counts = dict.fromkeys(PointsSide.values, 0)
    for one in found.layers:
        counts[one.layer.side] += 1
        words = {"side": one.layer.get_side_display(), "number": counts[one.layer.side]}
        yield one, _("Puntos %(side)s, versión %(number)s") % words


def _facts(layer: PointsLayer, titles: dict[int, str]) -> list[Fact]:
    facts = [
        Fact(_("Sellados"), f"{spanish.long_date(layer.sealed_at)}, {spanish.clock(layer.sealed_at)}"),
        Fact(_("Por"), layer.sealed_by),
        Fact(_("Documento"), layer.paper),
        Fact(_("Reglas"), standing(layer.rules)),
    ]
    if layer.read_id:
        facts.append(Fact(_("Responden a"), titles[layer.read_id]))
    if layer.previous_id:
        facts += [Fact(_("Corrigen"), titles[layer.previous_id]), Fact(_("Motivo"), layer.reason)]
    return facts


def told(found: Accreditation, today: date) -> Told | None:
    """The result by the rules that the last layer used, else by those in use; None without any. No query of rows."""
    last = found.validated or found.declared
    rules = last.layer.rules if last else queries.rules_in_use(today)
    if rules is None:
        return None
    return Told(
        found=found,
        rules=rules,
        rows=_rows(found, queries.award_of(rules)),
        declared=queries.verdict_of(found.declared, found.services),
        validated=queries.verdict_of(found.validated, found.services),
    )


def _rows(found: Accreditation, award: Award) -> list[Row]:
    declared, validated = found.declared, found.validated
    totals = [Row(one.label, one.maximum, _total(declared, one.id), _total(validated, one.id)) for one in award.totals]
    services = [
        Row(_named(one), award.service_maximum, _service(declared, one.pk), _service(validated, one.pk))
        for one in [*found.services, *found.dropped]
    ]
    return [*totals, _sum(totals), *services]


def _named(service: Service) -> str:
    """Its name; of one that dropped out, since when."""
    return _since(service.name, service.withdrawn_on) if service.withdrawn_on is not None else service.name


def _since(label: str, day: date) -> str:
    return _("%(service)s (retirado el %(day)s)") % {"service": label, "day": spanish.short_date(day)}


def dropped_words(found: Accreditation) -> list[str]:
    """What the standing points still count of services that dropped out, and what to do."""
    told = _("Los puntos vigentes todavía cuentan un servicio retirado, «%s». Séllelos de nuevo sin él.")
    return [told % one for one in found.dropped]


def _total(stated: Stated | None, name: str) -> Decimal | None:
    return stated.totals.get(name) if stated else None


def _service(stated: Stated | None, pk: int) -> Decimal | None:
    return stated.services.get(pk) if stated else None


def _sum(rows: list[Row]) -> Row:
    """The whole; unknown while a part of it is."""
    maximum = sum(row.maximum or 0 for row in rows)
    return Row(_("Total"), maximum, _added([row.declared for row in rows]), _added([row.validated for row in rows]))


def _added(values: list[Decimal | None]) -> Decimal | None:
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))


def level_words(verdict: Verdict | None) -> str:
    """«Intermedio»; «sin dato» while points are missing, which is not «sin nivel»."""
    return verdict.label if verdict else spanish.NO_DATA


def total_words(verdict: Verdict | None) -> str:
    """«260 de 500 puntos»."""
    if verdict is None:
        return _("faltan puntos")
    words = {"points": wording.number(verdict.total), "maximum": spanish.number(verdict.maximum)}
    return _("%(points)s de %(maximum)s puntos") % words


def reasons(verdict: Verdict | None) -> list[str]:
    """The rules that keep from the next level, with their figures; and the hole of the bands when the sum is in one."""
    if verdict is None:
        return []
    hole = [wording.of_hole(verdict.in_a_hole)] if verdict.in_a_hole else []
    return [*(wording.of_rule(one) for one in verdict.broken), *hole]


def doubts(award: Award) -> list[str]:
    """What the bands leave undecided, in plain words: a level of one exact sum, sums between two levels."""
    found = []
    for level in award.levels:
        if level.low == level.high:
            words = {"level": level.label, "points": level.low}
            found.append(_("Leído a la letra, el nivel %(level)s existe sólo con %(points)s puntos exactos.") % words)
    for below, above in zip(award.levels, award.levels[1:], strict=False):
        found += _between(below, above)
    return found


def _between(below: Level, above: Level) -> list[str]:
    if below.high >= above.low:
        return []
    words = {"high": below.high, "low": above.low, "level": below.label, "next": above.label, "to": above.high}
    told_of = _(
        "El nivel %(next)s va de %(low)s a %(to)s puntos. Entre %(high)s y %(low)s las reglas no dicen nada: vale el"
        " nivel menor, %(level)s."
    )
    return [told_of % words]


def board(shown: Told) -> Board:
    """Both sides apart, never mixed: the levels, and the points of each total and service."""
    return Board(
        title=_("Resultado de la acreditación"),
        scope=f"{shown.found.cycle} · {shown.standing}",
        groups=[Group(_("Nivel"), figures(shown))],
        panels=[panel(shown)],
        sources=[
            *reasons(shown.validated or shown.declared),
            *dropped_words(shown.found),
            *doubts(queries.award_of(shown.rules)),
            *method(),
        ],
    )


def figures(shown: Told) -> list[Figure]:
    return [
        Figure(_("Nivel según lo validado"), level_words(shown.validated), total_words(shown.validated)),
        Figure(_("Nivel que saldría de lo declarado"), level_words(shown.declared), total_words(shown.declared)),
    ]


def method() -> list[str]:
    """What each column is, and what nobody decided."""
    return [
        _("Declarado: lo que dice el comité de la municipalidad. Validado: lo que anotaron los validadores."),
        _("El total de los servicios es el que dice el documento: las reglas no dicen cómo se resumen varios."),
    ]


def panel(shown: Told) -> Panel:
    """The points of both sides, as a table and as bars."""
    title = _("Puntos declarados y validados")
    bars = tuple(bar for row in shown.rows for bar in _bars(row))
    axis = _("Porcentaje de los puntos posibles de cada uno")
    drawing = drawings.bars(title, shown.standing, bars, axis, top=100) if shown.found.layers else ""
    return Panel(title, table(shown), shown.standing, drawing)


def _bars(row: Row) -> Iterator[tuple[str, Decimal | None]]:
    """The part of its own maximum, beside the points: a total and a service are not of the same size."""
    for words, value in ((_("Declarado"), row.declared), (_("Validado"), row.validated)):
        portion = None if value is None or row.maximum is None else share(value, row.maximum)
        yield f"{words}: {row.label}{_of_maximum(value, row.maximum)}", portion


def _of_maximum(value: Decimal | None, maximum: int | None) -> str:
    """«, 249 de 500 puntos»; nothing of what nobody said."""
    if value is None:
        return ""
    points = spanish.number(plain(value))
    if maximum is None:
        return _(", %s puntos") % points
    return _(", %(points)s de %(maximum)s puntos") % {"points": points, "maximum": spanish.number(maximum)}


def table(shown: Told) -> Table:
    columns = [
        Column("what", _("Qué")),
        Column("maximum", _("Posibles"), numeric=True),
        Column("declared", _("Declarados"), numeric=True),
        Column("validated", _("Validados"), numeric=True),
        Column("difference", _("Cambio"), numeric=True),
    ]
    rows = [
        [row.label, row.maximum, *(plain(one) for one in (row.declared, row.validated, row.difference))]
        for row in shown.rows
    ]
    return Table(_("Puntos de gestión global y de cada servicio"), columns, rows)


def plain(value: Decimal | None) -> int | Decimal | None:
    """Without decimals that say nothing: 130, 95.5."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else value.normalize()
