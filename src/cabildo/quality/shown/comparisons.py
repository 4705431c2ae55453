"""Before and after as boards, the same on the page, on paper and in a workbook: of a plan, and of two cycles."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.models import PackVersion
from cabildo.documents.engine_charts import Won
from cabildo.indicators import drawings
from cabildo.indicators.boards import Board, Group, Panel
from cabildo.instruments.models import Assessment
from cabildo.instruments.queries.items import Item
from cabildo.instruments.queries.mappings import Came
from cabildo.instruments.rules.mappings import PairKind
from cabildo.instruments.rules.scoring import ElementResult, Result, State
from cabildo.kit.rounding import share
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Cycle
from cabildo.quality.queries.between_cycles import BetweenCycles, Sides
from cabildo.quality.queries.implementation import Before, Compared
from cabildo.quality.queries.improvement import Baseline
from cabildo.quality.shown.implementation import comparison_figures, expected_words, reached_head, start_head
from cabildo.quality.shown.improvement import notice_of, source_of
from cabildo.ui import spanish
from cabildo.ui.parts import Column, Figure, Table


def mapping_words(before: PackVersion, after: PackVersion, mapping: PackVersion | None) -> str:
    """Along what two versions compare; when along nothing, what somebody has to do."""
    if mapping is not None:
        return _("Se compara según: %s.") % standing_of_mapping(mapping)
    told = {"before": _version(before), "after": _version(after)}
    words = _(
        "No comparable: %(before)s y %(after)s son versiones distintas y no hay una correspondencia publicada entre "
        "sus elementos. Pídala a quien publica el modelo; cuando se publique, se comparan aquí."
    )
    return words % told


def standing_of_mapping(mapping: PackVersion) -> str:
    """Title and version, and whether it is official."""
    pack, label = mapping.pack, _("demostración, no oficial")
    told = _("%(title)s, versión %(version)s") % {"title": pack.title, "version": mapping.version}
    return told if pack.official or label in pack.title else f"{told} ({label})"


def _version(version: PackVersion) -> str:
    return _("%(title)s, versión %(version)s") % {"title": version.pack.title, "version": version.version}


def plan_board(cycle: Cycle, compared: Compared, baseline: Baseline) -> Board:
    """What the plan won: of each of its elements the start, what was expected and what was reached."""
    where, names = standing(baseline.layer.assessment.version), baseline.element_labels()
    sources = [
        versions_words(baseline, compared),
        source_of(baseline),
        _reached_words(compared),
        notice_of(baseline),
    ]
    return Board(
        title=_("Antes y después del plan"),
        scope=f"{cycle} · {where}",
        groups=[Group(_("%s del plan") % words_of(baseline.layer.assessment).heads, comparison_figures(compared))],
        panels=[_plan_panel(compared, names, baseline, where)],
        sources=[one for one in sources if one],
    )


def versions_words(baseline: Baseline, compared: Compared) -> str:
    """Along what the start and what was reached compare; empty within one version."""
    now = compared.layer.assessment if compared.layer else None
    return comparing_words(baseline.layer.assessment, now, compared.mapping) if now else ""


def comparing_words(was: Assessment, now: Assessment, mapping: PackVersion | None) -> str:
    """Along what two assessments compare, or why they do not; empty where they simply do."""
    if was.mark_mode != now.mark_mode:
        return _("No comparable: una vez se puntuó con una sola nota y la otra, por atributos.")
    return "" if was.version_id == now.version_id else mapping_words(was.version, now.version, mapping)


def _reached_words(compared: Compared) -> str:
    if compared.layer is None:
        return _("Todavía no se anota lo alcanzado.")
    told = {"who": compared.layer.label, "day": spanish.short_date(compared.layer.sealed_at)}
    return _("Lo alcanzado lo declara %(who)s, %(day)s. Nadie lo ha validado.") % told


def _plan_panel(compared: Compared, names: Mapping[str, str], baseline: Baseline, where: str) -> Panel:
    start = start_head(is_validated=baseline.is_validated)
    columns = [
        Column("element", words_of(baseline.layer.assessment).full_head),
        Column("start", start, numeric=True),
        Column("expected", _("Esperado"), numeric=True),
        Column("reached", reached_head(), numeric=True),
        Column("gain", _("Cambio"), numeric=True),
        Column("met", _("¿Llegó a lo esperado?")),
    ]
    rows = [_plan_row(row, names[row.element], compared) for row in compared.rows]
    told = _("De dónde partió cada %s, validado, y hasta dónde llegó, declarado")
    if not baseline.is_validated:
        told = _("De dónde partió cada %s y hasta dónde llegó, todo declarado")
    title = told % words_of(baseline.layer.assessment).one
    sides = (_("Partida"), _("Alcanzado"), _("Esperado"))
    won = tuple(_won(row, names[row.element]) for row in compared.rows)
    svg = drawings.before_and_after(title, where, won, sides, axis=_("Porcentaje de su escala"), top=100)
    return Panel(title, Table(_("Partida, esperado y alcanzado"), columns, rows), where, svg if rows else "")


def _plan_row(row: Before, name: str, compared: Compared) -> list[Any]:
    unknown = unknown_words(row, compared)
    met = {True: _("sí"), False: _("no"), None: unknown or spanish.NO_DATA}[row.is_reached]
    reached, gain = (unknown if value is None else _plain(value) for value in (row.reached, row.gain))
    return [name, _plain(row.start), expected_words(row) or row.expected, reached, gain, met]


def unknown_words(row: Before, compared: Compared) -> str | None:
    """Why nothing is known of what an element reached; None is «sin dato»."""
    if not compared.is_comparable:
        return _("no comparable")
    return _("terminó en la versión nueva") if row.ended else None


def _won(row: Before, name: str) -> Won:
    sides = (_share(value, row.maximum) for value in (row.start, Fraction(row.expected), row.reached))
    return Won(name, *sides)


def _share(value: Fraction | None, maximum: Fraction) -> Decimal | None:
    """Per cent, rounded once for the drawing."""
    return None if value is None else share(value, maximum)


def cycles_board(found: BetweenCycles) -> Board:
    """Two cycles: by criterion where both use one version, by element always, and what did not come along."""
    versions = [standing(found.brought.source.version)]
    if not found.brought.is_same_version:
        versions.append(standing(found.made.version))
    where = " → ".join(versions)
    return Board(
        title=_("%(now)s frente al %(was)s") % {"now": found.cycle, "was": str(found.cycle.previous).lower()},
        scope=where,
        groups=[
            Group(_("Declarado"), _totals(found, found.declared, (_("Declarado antes"), _("Declarado ahora")))),
            Group(_("Validado"), _totals(found, found.validated, (_("Validado antes"), _("Validado ahora")))),
            Group(words_of(found.made).heads, _counts(found)),
        ],
        panels=list(_cycle_panels(found, where)),
        sources=list(_cycle_sources(found)),
    )


def _totals(found: BetweenCycles, sides: Sides, labels: tuple[str, str]) -> list[Figure]:
    """Both totals with their points; their difference only within one version: points of two are not alike."""
    was, now = sides.was, sides.now
    figures = [Figure(labels[0], *_total(was)), Figure(labels[1], *_total(now, waits=_waits(found, sides)))]
    compared = sides.compared.found if sides.compared else None
    if compared is not None and compared.total is not None:
        change = spanish.number(100 * compared.total, 1)
        figures.append(Figure(_("Cambio"), _("%s puntos porcentuales") % signed(change)))
    elif not (found.brought.is_same_version and found.is_comparable):
        figures.append(Figure(_("Cambio"), _("no comparable"), _("sus puntos no son los mismos")))
    return figures


def _waits(found: BetweenCycles, sides: Sides) -> str:
    """Why the cycle of now has no scores of this kind yet."""
    if sides is found.declared:
        return _("Este ciclo todavía no envía su informe.")
    return _("Los validadores todavía no emiten el informe de este ciclo.")


def _total(result: Result | None, waits: str = "") -> tuple[str, str]:
    if result is None:
        return spanish.NO_DATA, waits
    given = {"points": spanish.number(result.points), "maximum": spanish.number(result.maximum)}
    return spanish.percentage(result.share()), _("%(points)s de %(maximum)s puntos") % given


def signed(shown: str) -> str:
    """«+2,5»; nothing and less stay as they are."""
    return shown if shown.startswith(spanish.MINUS) or not shown.strip("0,") else f"+{shown}"


def _counts(found: BetweenCycles) -> list[Figure]:
    brought = found.brought
    came = len(brought.came) - len(brought.begun)
    words = _("de %s de antes") % spanish.number(came + len(brought.stayed))
    return [
        Figure(_("Siguen"), spanish.number(came), share=words),
        Figure(_("Cambiaron de texto o de lugar"), spanish.number(len(brought.changed))),
        Figure(_("No vinieron"), spanish.number(len(brought.stayed))),
        Figure(_("Comienzan"), spanish.number(len(brought.begun))),
    ]


def _cycle_panels(found: BetweenCycles, where: str) -> Iterator[Panel]:
    """Declared and validated each in tables of their own; then what changed in the model and what stayed behind."""
    if found.brought.is_same_version and found.is_comparable:
        yield from _by_criterion(found, where)
    for title, sides in (
        (_("Puntajes declarados"), found.declared),
        (_("Puntajes validados"), found.validated),
    ):
        if sides.before or sides.after:
            yield _by_element(found, sides, title, where)
    if found.brought.changed or found.brought.begun:
        yield _changed(found, where)
    if found.brought.stayed:
        yield _stayed(found, where)


def _by_criterion(found: BetweenCycles, where: str) -> Iterator[Panel]:
    """A drawing of each kind of scores, of the cycles that have them: declared and validated are not put in one."""
    names = {item.criterion["id"]: item.criterion["label"] for item in (one.item for one in found.brought.came)}
    for title, sides in (
        (_("Logro declarado por criterio"), found.declared),
        (_("Logro validado por criterio"), found.validated),
    ):
        known = list(_known(sides))
        if not known:
            continue
        columns = [Column("criterion", _("Criterio"))]
        columns += [Column(code, _("%s (%%)") % label.capitalize(), numeric=True) for code, label, _result in known]
        shares = [[one.share() for one in result.criteria] for _code, _label, result in known]
        rows = [[names[one.id], *of] for one, *of in zip(known[0][2].criteria, *shares, strict=True)]
        bars = tuple(
            (f"{row[0]} · {label}", share)
            for row in rows
            for (_code, label, _result), share in zip(known, row[1:], strict=True)
        )
        yield Panel(
            title,
            Table(title, columns, rows),
            where,
            drawings.bars(title, where, bars, _("Porcentaje de logro"), top=100),
        )


def _known(sides: Sides) -> Iterator[tuple[str, str, Result]]:
    """The cycles of the two that have these scores, the one before first."""
    for code, label, result in (("before", _("antes"), sides.was), ("after", _("ahora"), sides.now)):
        if result is not None:
            yield code, label, result


def _by_element(found: BetweenCycles, sides: Sides, title: str, where: str) -> Panel:
    """Both scores and their change; while one cycle has none, those of the other alone."""
    columns = [Column("element", words_of(found.made).full_head)]
    columns += [Column(code, label.capitalize(), numeric=True) for code, label, _result in _known(sides)]
    scores, note = _Scores(found, sides), _("En la escala de ahora.")
    if sides.compared is not None:
        columns.append(Column("change", _("Cambio"), numeric=True))
    elif sides.after is None:
        note = f"{note} {_waits(found, sides)}"
    rows = [[one.item.label, *scores.cells(one)] for one in found.brought.came]
    return Panel(title, Table(title, columns, rows), f"{where}. {note}")


def _changed(found: BetweenCycles, where: str) -> Panel:
    title = _("Qué cambió en el modelo")
    columns = [
        Column("element", words_of(found.made).full_head),
        Column("before", _("Antes se llamaba")),
        Column("kind", _("Qué cambió")),
    ]
    rows = [
        [one.item.label, one.source.label if one.source else "—", kind_words(one)]
        for one in (*found.brought.changed, *found.brought.begun)
    ]
    return Panel(title, Table(title, columns, rows), where)


def kind_words(one: Came) -> str:
    """What became of the element, with its reason."""
    if one.source is None:
        words = _("comienza")
    else:
        words = {
            PairKind.SAME: _("igual"),
            PairKind.REWORDED: _("otro texto"),
            PairKind.MOVED: _("otro subcriterio"),
        }[one.kind]
    return f"{words}: {one.reason}" if one.reason else words


class _Scores:
    """The scores of one kind in both cycles, by element of the cycle of now and on its scale."""

    def __init__(self, found: BetweenCycles, sides: Sides) -> None:
        self.is_comparable, self.origin = found.is_comparable, found.before
        self.was, self.now = _by_id(sides.was), _by_id(sides.now)

    def cells(self, one: Came) -> list[Any]:
        """Before, now and the change, of the cycles that have these scores; None is «sin dato»."""
        before, after = self._before(one), _reached(self.now.get(one.item.id), one.item)
        cells = [before] if self.was else []
        cells += [after] if self.now else []
        if self.was and self.now:
            cells.append(_change(before, after))
        return [_plain(cell) if isinstance(cell, Fraction) else cell for cell in cells]

    def _before(self, one: Came) -> Fraction | str | None:
        """What stands for it before: a score, «sin dato», or why there is none."""
        if one.source is None:
            return "—"
        if not self.is_comparable:
            return _("no comparable")
        return _reached(self.was.get(self.origin.get(one.item.id, "")), one.item)


def _reached(scored: ElementResult | None, item: Item) -> Fraction | None:
    """A score on the scale of this element; None while nobody scored it."""
    if scored is None or scored.state is not State.ASSESSED or scored.ratio is None:
        return None
    return scored.ratio * item.element.method.maximum


def _change(before: Fraction | str | None, after: Fraction | None) -> Fraction | str | None:
    if isinstance(before, str):
        return before
    return None if before is None or after is None else after - before


def _plain(value: Fraction | None) -> Fraction | int | None:
    """A whole score without decimals."""
    return int(value) if value is not None and value.denominator == 1 else value


def _by_id(result: Result | None) -> dict[str, ElementResult]:
    return {one.id: one for one in result.elements()} if result else {}


def _stayed(found: BetweenCycles, where: str) -> Panel:
    columns = [
        Column("part", _("Subcriterio")),
        Column("element", words_of(found.brought.source).head),
        Column("text", _("¿Tenía texto?")),
        Column("reason", _("Por qué no vino")),
    ]
    unsaid = _("La versión nueva no tiene un elemento con ese identificador.")
    rows = [
        [one.item.part["label"], one.item.label, _("sí") if one.had_text else _("no"), one.reason or unsaid]
        for one in found.brought.stayed
    ]
    note = _("Su texto queda en el ciclo anterior. Sus documentos están en la biblioteca de evidencias, sin elemento.")
    return Panel(_("Lo que no vino del ciclo anterior"), Table(_("No vinieron"), columns, rows), f"{where}. {note}")


def _cycle_sources(found: BetweenCycles) -> Iterator[str]:
    brought = found.brought
    words = comparing_words(brought.source, found.made, found.mapping)
    if words:
        yield words
    if not brought.is_same_version:
        if brought.mapping is not None:
            yield _("El texto y las evidencias vinieron según: %s.") % standing_of_mapping(brought.mapping)
        else:
            yield _("El texto y las evidencias vinieron a los elementos que tienen el mismo identificador.")
    yield _("Declarado: lo que acordó el comité de la municipalidad. Validado: lo que acordaron los validadores.")
    yield _("Un puntaje que nadie ha sellado o que no aplica es «sin dato», no cero.")
