"""Stage 7 on paper and as a workbook: diffusion, follow-up, progress, what was proved, mended and changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cabildo.documents.reports import Drawing
from cabildo.kit.rounding import half_up
from cabildo.plans.curve import progress_chart
from cabildo.plans.models import CorrectiveMeasure, Plan, PlanVersion, Rebaseline
from cabildo.plans.queries.curves import Moment, moments
from cabildo.plans.queries.record import measures_by_node, proofs_by_node, rebaselines_of, versions_of
from cabildo.plans.queries.tree import Branch, Tree, standing, thresholds, tree
from cabildo.plans.wording import VERBS, change_words, worded
from cabildo.quality.choices import Scope
from cabildo.quality.model_words import standing as standing_of
from cabildo.quality.models import Cycle, DiffusionReach, FollowUp
from cabildo.quality.queries import committee
from cabildo.quality.queries import implementation as queries
from cabildo.quality.queries.improvement import Baseline, baseline_of, plan_of
from cabildo.quality.shown import implementation as shown
from cabildo.quality.shown.committee_paper import follow_ups
from cabildo.quality.shown.report_tables import Rows
from cabildo.quality.shown.stage_papers import Part, Printed, StagePaper, each, of_figures
from cabildo.ui.spanish import share, short_date


@dataclass(frozen=True)
class Told:
    """Stage 7 of a cycle, read once for its paper; what hangs from the plan is empty while there is none."""

    cycle: Cycle
    today: date
    reach: Sequence[shown.ReachShown]
    follow_ups: Sequence[FollowUp]
    baseline: Baseline | None
    grown: Tree | None = None
    points: Sequence[Moment] = ()
    proofs: Mapping[int, Sequence[str]] | None = None
    measures: Sequence[CorrectiveMeasure] = ()
    rebaselines: Sequence[Rebaseline] = ()
    versions: Sequence[PlanVersion] = ()


def told(cycle: Cycle, today: date) -> Told:
    """As many queries however much the plan holds."""
    plan = plan_of(cycle)
    return Told(
        cycle=cycle,
        today=today,
        reach=[shown.ReachShown(*found) for found in queries.reach_by_department(cycle)],
        follow_ups=committee.follow_ups_of(cycle, Scope.PLAN),
        baseline=baseline_of(cycle),
        **(_of_plan(plan, today) if plan else {}),
    )


def _of_plan(plan: Plan, today: date) -> dict[str, Any]:
    grown = tree(plan)
    proofs: dict[int, list[str]] = defaultdict(list)
    for one in proofs_by_node(plan):
        proofs[one.node_id].append(f"{one.proves} ({one.document.original_name})")
    return {
        "grown": grown,
        "points": moments(grown, today),
        "proofs": proofs,
        "measures": list(measures_by_node(plan)),
        "rebaselines": list(rebaselines_of(plan)),
        "versions": list(versions_of(plan)),
    }


def paper(found: Told) -> StagePaper:
    """Everything that the stage holds; before and after has its own paper."""
    return StagePaper(
        title=_("Implementación del Plan de Mejoras"),
        name=f"implementacion-ciclo-{found.cycle.number}",
        cycle=found.cycle,
        parts=[
            _diffusion(found),
            follow_ups(found.follow_ups, found.today, is_open=found.cycle.closed_on is None),
            *_progress(found),
            _activities(found),
            _measures(found),
            _versions(found),
            _changes(found),
        ],
        cover=_cover(found),
        standing=standing_of(found.baseline.layer.assessment.version) if found.baseline else "",
    )


def _cover(found: Told) -> list[tuple[str, str]]:
    plan = found.grown.plan if found.grown else None
    if plan is None:
        return [(_("Plan de Mejoras"), _("todavía no hay; se crea en la etapa 5"))]
    period = f"{short_date(plan.starts_on)} – {short_date(plan.ends_on)}"
    return [
        (_("Plan"), plan.title),
        (_("Período"), period),
        (_("Estado"), plan.get_state_display()),
        (_("Al"), short_date(found.today)),
    ]


def _diffusion(found: Told) -> Part:
    columns = [_("Dirección"), _("Personas de la dirección"), _("Personas alcanzadas"), _("Cómo se hizo"), _("Fecha")]
    noted = [row.reach for row in found.reach if row.reach is not None]
    people = share(sum(one.reached for one in noted), sum(one.staff for one in noted)) if noted else ""
    told_to = sum(not row.is_left_out for row in found.reach)
    words = _("Con difusión: %(told)s de %(all)s direcciones.") % {"told": told_to, "all": len(found.reach)}
    return Part(
        Rows(_("Difusión"), columns, [_reach(str(row.department), row.reach) for row in found.reach]),
        printed=each(columns, [5, 3, 3, 5, 3], {1, 2}),
        note=f"{words} {_('Personas alcanzadas en las anotadas: %s.') % people}" if people else words,
        heading=_("Difusión del informe de validación, por dirección"),
    )


def _reach(department: str, one: DiffusionReach | None) -> list[Any]:
    """Of a department that nobody noted, nothing is known."""
    if one is None:
        return [department, None, None, _("por difundir"), ""]
    return [department, one.staff, one.reached, one.how, one.on]


def _progress(found: Told) -> list[Part]:
    grown = found.grown
    if grown is None:
        return []
    figures = shown.progress_figures(grown, shown.late_activities(grown, found.today), found.today)
    chart = progress_chart(grown, found.today)
    table = chart.table
    said = "; ".join(f"{row[0]}: {row[1]}, {row[2]}" for row in table.rows)
    drawing = Drawing(str(chart.title), str(chart.drawing), said, str(chart.source)) if chart.drawing else None
    curve = [[one.point.day, *(_share(value) for value in _values(one))] for one in found.points]
    columns = [_("Al"), _("Programado (%)"), _("Real (%)"), _("Aprobado (%)")]
    return [
        Part(of_figures(_("Avance"), figures), printed=each([_("Dato"), _("Valor"), _("Detalle")], [5, 3, 5])),
        Part(
            Rows(_("Curva"), columns, curve),
            printed=each(columns, [4, 3, 3, 3], {1, 2, 3}),
            heading=_("Avance programado y real, mes a mes"),
            note=_("Aprobado es lo que decía la primera versión que aprobó un acto."),
            drawing=drawing,
        ),
    ]


def _values(one: Moment) -> tuple[Any, Any, Any]:
    return one.point.planned, one.point.actual, one.approved


def _share(value: Any) -> Any:
    return None if value is None else half_up(value, 1)


def _activities(found: Told) -> Part:
    columns = [
        _("Código"),
        _("Actividad"),
        _("Dirección responsable"),
        _("Persona responsable"),
        _("Comienza"),
        _("Termina"),
        _("Comienzo aprobado"),
        _("Término aprobado"),
        _("Avance"),
        _("Situación"),
        _("Medio de verificación"),
        _("Documentos que lo prueban"),
        _("Cerrada el"),
        _("Cerrada por"),
    ]
    rows = [_activity(found, branch) for branch in found.grown.activities] if found.grown else []
    return Part(
        Rows(_("Actividades"), columns, rows),
        printed=[
            Printed(_("Actividad"), [1, 0, 2, 3], 5),
            Printed(_("Fechas"), [4, 5, 6, 7], 4),
            Printed(_("Avance"), [8, 9, 12, 13], 4),
            Printed(_("Medio de verificación"), [10, 11], 5),
        ],
        nothing=_("El plan todavía no tiene actividades."),
        heading=_("Actividades y su medio de verificación"),
    )


def _activity(found: Told, branch: Branch) -> list[Any]:
    node, plan = branch.node, found.grown.plan if found.grown else branch.node.plan
    stands = worded(standing(branch.part, thresholds(plan), found.today))
    return [
        node.code,
        node.label,
        str(node.department or ""),
        str(node.responsible or ""),
        node.starts_on,
        node.ends_on,
        node.approved_starts_on or "",
        node.approved_ends_on or "",
        stands.actual,
        str(stands.word),
        node.verification or None,
        "; ".join((found.proofs or {}).get(node.pk, ())),
        node.closed_on or _("abierta"),
        str(node.closed_by or ""),
    ]


def _measures(found: Told) -> Part:
    columns = [
        _("Actividad"),
        _("Medida"),
        _("Persona responsable"),
        _("A más tardar"),
        _("Cumplida el"),
        _("Qué resultó"),
        _("La anotó"),
        _("Se anotó el"),
    ]
    rows: list[list[Any]] = [
        [
            str(one.node),
            one.what,
            str(one.responsible),
            one.due_on,
            one.done_on or _("pendiente"),
            one.outcome,
            str(one.created_by),
            one.created_at,
        ]
        for one in found.measures
    ]
    return Part(
        Rows(_("Medidas correctivas"), columns, rows),
        printed=[
            Printed(_("Actividad"), [0], 4),
            Printed(_("Medida"), [1, 5], 6),
            Printed(_("Persona responsable"), [2, 3, 4], 5),
            Printed(_("La anotó"), [6, 7], 4, is_named=False),
        ],
        nothing=_("No se ha decidido ninguna."),
    )


def _versions(found: Told) -> Part:
    columns = [_("Versión"), _("Acto"), _("Número"), _("Fecha"), _("La aprobó"), _("Quedó aprobada"), _("Huella")]
    rows: list[list[Any]] = [
        [
            _("Versión %s") % one.number,
            one.get_act_kind_display(),
            one.act_number,
            one.act_on,
            str(one.approved_by or ""),
            one.approved_at,
            one.sha256,
        ]
        for one in found.versions
    ]
    return Part(
        Rows(_("Versiones aprobadas"), columns, rows),
        names=0,
        nothing=_("Ningún acto ha aprobado el plan."),
        heading=_("Qué se aprobó del plan"),
    )


def _changes(found: Told) -> Part:
    columns = [_("Parte del plan"), _("Qué se hizo"), _("Qué cambió"), _("Por qué"), _("Quién"), _("Cuándo")]
    names = found.baseline.element_labels() if found.baseline else {}
    rows: list[list[Any]] = [
        [
            str(one.node),
            str(VERBS.get(one.verb, one.verb)),
            change_words(one.changes, names),
            one.reason,
            str(one.by),
            one.at,
        ]
        for one in found.rebaselines
    ]
    return Part(
        Rows(_("Cambios"), columns, rows),
        printed=[
            Printed(_("Parte del plan"), [0], 4),
            Printed(_("Qué cambió"), [1, 2], 5, is_named=False),
            Printed(_("Por qué"), [3], 5),
            Printed(_("Quién y cuándo"), [4, 5], 4, is_named=False),
        ],
        nothing=_("El plan no ha cambiado desde que se aprobó."),
        heading=_("Cambios a lo aprobado"),
    )
