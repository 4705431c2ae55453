"""A plan as a workbook: one row per node, with everything that is kept of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cabildo.kit.rounding import half_up
from cabildo.plans.models import BudgetLine, CorrectiveMeasure, Evidence, Milestone, NodeIndicator, ProgressReport
from cabildo.plans.queries.record import participants_by_node
from cabildo.plans.queries.tree import Branch, Tree, standing, thresholds
from cabildo.plans.wording import worded
from cabildo.ui.engine_xlsx import workbook
from cabildo.ui.spanish import NO_DATA, number, percentage, short_date

type Lines = dict[int, list[str]]


def headings() -> list[str]:
    return [
        _("Nivel"), _("Código"), _("Nombre"), _("Problema o brecha"), _("Objetivo"), _("Cómo se hará"),
        _("Dirección responsable"), _("Persona responsable"), _("Participan"), _("Comienza"), _("Termina"),
        _("Comienzo aprobado"), _("Término aprobado"), _("Peso"), _("Cómo se cuenta el avance"), _("Por qué a mano"),
        _("Avance (%)"), _("Programado (%)"), _("Índice"), _("Situación"), _("Cerrada el"), _("Cerrada por"),
        _("Medio de verificación"), _("Documentos adjuntos"), _("Hitos"), _("Presupuesto"), _("Indicadores"),
        _("Riesgos"), _("Informes de avance"), _("Medidas correctivas"),
    ]  # fmt: skip


def plan_workbook(grown: Tree, today: date) -> bytes:
    """Numbers as numbers, dates as dates; lists as lines of one cell. Eight queries beside the tree's."""
    return workbook(grown.plan.title, headings(), plan_rows(grown, today))


def plan_rows(grown: Tree, today: date) -> list[list[Any]]:
    """A row per node in the order of the plan, a cell per heading; an area without days has those of what it holds.

    Eight queries beside the tree's.
    """
    hanging = _hanging(grown)
    return [_row(grown, branch, hanging, today) for branch in grown.walk()]


def _row(grown: Tree, branch: Branch, hanging: dict[str, Lines], today: date) -> list[Any]:
    node, days, stands = branch.node, branch.days, standing(branch.part, thresholds(grown.plan), today)
    lines = {name: "\n".join(found.get(node.pk, [])) for name, found in hanging.items()}
    figures = [None if value is None else half_up(value, 1) for value in (stands.actual, stands.planned)]
    return [
        grown.plan.levels[node.level], node.code, node.label, node.problem, node.objective, node.methodology,
        str(node.department or ""), str(node.responsible or ""), lines["participants"], days.first, days.last,
        node.approved_starts_on, node.approved_ends_on, node.weight.normalize(), node.get_rule_display(),
        node.manual_reason, *figures, None if stands.index is None else half_up(stands.index, 3), worded(stands).word,
        node.closed_on, str(node.closed_by or ""), node.verification, lines["evidence"], lines["milestones"],
        lines["budget"], lines["indicators"], node.risks, lines["reports"], lines["measures"],
    ]  # fmt: skip


def _hanging(grown: Tree) -> dict[str, Lines]:
    of_plan = {"node__plan": grown.plan}
    proofs = Evidence.objects.filter(document__erased_at__isnull=True, **of_plan).select_related("document")
    measures = CorrectiveMeasure.objects.filter(**of_plan).select_related("responsible")
    links = NodeIndicator.objects.filter(**of_plan).select_related("indicator").order_by("pk")
    links = links.prefetch_related("indicator__targets")
    return {
        "participants": _lines(participants_by_node(grown.plan), lambda one: str(one.department)),
        "evidence": _lines(proofs, lambda one: f"{one.proves} ({one.document.original_name})"),
        "milestones": _lines(Milestone.objects.filter(**of_plan), _milestone),
        "budget": _lines(BudgetLine.objects.filter(**of_plan), _money),
        "indicators": _lines(links, _indicator),
        "reports": _lines(ProgressReport.objects.filter(**of_plan).select_related("by"), _report),
        "measures": _lines(measures, _measure),
    }


def _lines(found: Iterable[Any], words: Callable[[Any], str]) -> Lines:
    lines: Lines = defaultdict(list)
    for one in found:
        lines[one.node_id].append(words(one))
    return lines


def _milestone(one: Milestone) -> str:
    done = _("cumplido el %s") % short_date(one.done_on) if one.done_on else _("pendiente")
    told = [short_date(one.due_on), done, _("peso %s") % number(one.weight.normalize())]
    if one.approved_due_on and one.approved_due_on != one.due_on:
        told.append(_("se aprobó para el %s") % short_date(one.approved_due_on))
    return f"{one.label}: {', '.join(told)}"


def _indicator(link: NodeIndicator) -> str:
    """How it is computed, where it starts and what it should reach; without baseline or target, «sin dato»."""
    one = link.indicator
    base = NO_DATA
    if one.baseline is not None and one.baseline_on is not None:
        base = f"{number(one.baseline.normalize())} ({short_date(one.baseline_on)})"
    targets = [f"{number(target.value.normalize())} ({short_date(target.due_on)})" for target in one.targets.all()]
    words = {"unit": one.unit, "base": base, "targets": ", ".join(targets) or NO_DATA}
    return f"{one.label}: {one.formula} {_('Unidad: %(unit)s; línea base: %(base)s; metas: %(targets)s.') % words}"


def _money(one: BudgetLine) -> str:
    return _("%(year)s, %(source)s, %(concept)s: $%(amount)s; comprometido $%(committed)s; gastado $%(spent)s") % {
        "year": one.year,
        "source": one.source,
        "concept": one.concept,
        "amount": number(one.amount_clp),
        "committed": number(one.committed_clp),
        "spent": number(one.spent_clp),
    }


def _report(one: ProgressReport) -> str:
    return f"{short_date(one.on)}, {percentage(one.percent)}: {one.text} ({one.by})"


def _measure(one: CorrectiveMeasure) -> str:
    done = _("cumplida el %s") % short_date(one.done_on) if one.done_on else _("pendiente")
    return f"{one.what} ({one.responsible}, {short_date(one.due_on)}): {done}. {one.outcome}".strip()
