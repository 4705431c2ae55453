"""Both programmes of the improvement plan on paper and as a workbook: lines, expected scores, every part, what is
done at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cabildo.plans.exports import headings, plan_rows
from cabildo.plans.models import Plan
from cabildo.plans.paper import node_title
from cabildo.plans.queries.tree import Tree, tree
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Cycle, ImmediateAction
from cabildo.quality.queries.improvement import Baseline, baseline_of
from cabildo.quality.queries.plan_lines import plan_lines
from cabildo.quality.rules.programme import ANNUAL_MONTHS, last_day
from cabildo.quality.shown import improvement as shown
from cabildo.quality.shown.improvement import LineShown
from cabildo.quality.shown.report_tables import Rows
from cabildo.quality.shown.stage_papers import Part, Printed, StagePaper, each
from cabildo.ui.spanish import number, short_date


@dataclass(frozen=True)
class Told:
    """The plan of a cycle, read once for its paper."""

    cycle: Cycle
    today: date
    grown: Tree
    baseline: Baseline | None
    lines: Sequence[LineShown]
    immediate: Sequence[ImmediateAction]

    @property
    def plan(self) -> Plan:
        return self.grown.plan

    @property
    def standing(self) -> str:
        """What the model says of itself: the lines come from its methodologies. Empty without a self-assessment."""
        made = self.baseline.layer.assessment if self.baseline else self.cycle.self_assessment
        return standing(made.version) if made else ""


def told(cycle: Cycle, plan: Plan, today: date) -> Told:
    """As many queries however much the plan holds."""
    grown, baseline = tree(plan), baseline_of(cycle)
    return Told(
        cycle=cycle,
        today=today,
        grown=grown,
        baseline=baseline,
        lines=shown.lines_shown(plan_lines(plan, grown), baseline),
        immediate=list(cycle.immediate_actions.select_related("responsible")),
    )


def paper(found: Told) -> StagePaper:
    """Lines by programme first, then all that is kept of each part. Seven queries."""
    annual = [one for one in found.lines if one.line.is_annual]
    later = [one for one in found.lines if not one.line.is_annual]
    end = short_date(last_day(found.plan.starts_on, ANNUAL_MONTHS))
    return StagePaper(
        title=_("Programa anual y programa general"),
        name=f"programa-ciclo-{found.cycle.number}",
        cycle=found.cycle,
        parts=[
            lines_part(_("Programa anual"), annual, _("Ninguna línea comienza en los primeros doce meses.")),
            lines_part(_("Después del primer año"), later, _("Todo el programa general está en el anual.")),
            targets_part(found),
            immediate_part(found.immediate),
            _parts(found),
        ],
        cover=[
            (_("Plan"), found.plan.title),
            (_("Período"), f"{short_date(found.plan.starts_on)} – {short_date(found.plan.ends_on)}"),
            (_("Programa anual"), _("lo que comienza hasta el %s") % end),
            (_("Programa general"), _("todo el plan")),
            (_("Líneas completas"), _complete(found.lines)),
        ],
        standing=found.standing,
    )


def _complete(lines: Sequence[LineShown]) -> str:
    words = {"ready": number(sum(not one.missing for one in lines)), "all": number(len(lines))}
    return _("%(ready)s de %(all)s") % words


def lines_part(title: str, lines: Sequence[LineShown], nothing: str) -> Part:
    columns = [
        _("Código"),
        _("Línea de acción"),
        _("Comienza"),
        _("Termina"),
        _("Responde"),
        _("Puntos que espera ganar"),
        _("Qué falta"),
    ]
    return Part(
        Rows(title, columns, [_line(one) for one in lines]),
        printed=[
            Printed(_("Línea de acción"), [1, 0], 5),
            Printed(_("Comienza"), [2, 3], 3),
            Printed(_("Responde"), [4], 4),
            Printed(_("Puntos"), [5], 2, is_number=True),
            Printed(_("Qué falta"), [6], 4),
        ],
        nothing=nothing,
    )


def _line(one: LineShown) -> list[Any]:
    node, line = one.line.node, one.line
    missing = "; ".join(str(lack.what) for lack in one.missing) or _("completa")
    return [node.code, node.label, line.starts_on, line.ends_on, one.who, one.gain, missing]


def targets_part(found: Told) -> Part:
    words = words_of(found.baseline.layer.assessment) if found.baseline else None
    start = _("Partida validada") if found.baseline and found.baseline.is_validated else _("Partida declarada")
    columns = [_("Línea de acción"), words.full_head if words else _("Qué se puntúa"), start, _("Puntaje esperado")]
    labels = found.baseline.element_labels() if found.baseline else {}
    starts = {one.id: shown.start_of(one) for one in found.baseline.result.elements()} if found.baseline else {}
    rows = [
        [str(one.line.node), labels.get(element, element), starts.get(element), target]
        for one in found.lines
        for element, target in one.targets.items()
    ]
    return Part(
        Rows(_("Puntajes esperados"), columns, rows),
        printed=each(columns, [5, 6, 3, 3], {2, 3}),
        nothing=_("Ninguna línea dice todavía qué puntaje espera."),
        note=shown.source_of(found.baseline) if found.baseline and rows else "",
    )


def immediate_part(found: Sequence[ImmediateAction]) -> Part:
    columns = [
        _("Qué se hará"),
        _("Persona responsable"),
        _("Comienza"),
        _("A más tardar"),
        _("Se hizo el"),
        _("Qué resultó"),
    ]
    rows: list[list[Any]] = [
        [one.what, str(one.responsible), one.begins_on, one.due_on, one.done_on or _("pendiente"), one.note]
        for one in found
    ]
    return Part(
        Rows(_("Acciones inmediatas"), columns, rows),
        printed=[
            Printed(_("Qué se hará"), [0], 6),
            Printed(_("Persona responsable"), [1], 4),
            Printed(_("Comienza"), [2, 3], 4),
            Printed(_("Se hizo el"), [4, 5], 4),
        ],
        nothing=_("No se ha anotado ninguna."),
    )


def _parts(found: Told) -> Part:
    """A row for each part of the plan, with everything that the plan keeps of it and its programme."""
    annual, lines = _("anual"), {one.line.node.pk: one.line for one in found.lines}
    programme: dict[int, str] = {}
    for line in lines.values():
        programme |= dict.fromkeys((node.pk for node in line.nodes), annual if line.is_annual else _("general"))
    walked = zip(found.grown.walk(), plan_rows(found.grown, found.today), strict=True)
    rows = [
        [node_title(branch, row), programme.get(branch.node.pk, ""), *("" if cell is None else cell for cell in row)]
        for branch, row in walked
    ]
    columns = [_("Parte del plan"), _("Programa"), *headings()]
    nothing = _("El plan todavía no tiene partes.")
    told = Rows(_("Partes del plan"), columns, rows)
    return Part(told, printed=_facts(columns), names=0, nothing=nothing, heading=_("Parte por parte"))


def _facts(columns: Sequence[str]) -> list[Printed]:
    """What is read together stands together; level, code and name are told by the heading."""
    alone = (_("Problema o brecha"), _("Objetivo"), _("Cómo se hará"))
    together = (
        (_("Responde"), _("Dirección responsable"), _("Persona responsable"), _("Participan")),
        (_("Fechas"), _("Comienza"), _("Termina"), _("Comienzo aprobado"), _("Término aprobado")),
        (_("Avance (%)"), _("Avance (%)"), _("Programado (%)"), _("Índice"), _("Situación")),
        (_("Peso"), _("Peso"), _("Cómo se cuenta el avance"), _("Por qué a mano")),
        (_("Cerrada el"), _("Cerrada el"), _("Cerrada por")),
        (_("Medio de verificación"), _("Medio de verificación"), _("Documentos adjuntos")),
    )
    lists = (_("Hitos"), _("Presupuesto"), _("Indicadores"), _("Riesgos"), _("Informes de avance"))
    groups = [
        *zip(alone, alone, strict=True),
        *together,
        *((name, name) for name in (*lists, _("Medidas correctivas"))),
    ]
    return [
        Printed(head, [columns.index(name) for name in names], 1)
        for head, *names in [(_("Programa"), _("Programa")), *groups]
    ]
