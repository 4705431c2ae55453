"""One node: what it is, how it goes, and the pages that change it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.plans import forms
from cabildo.plans.actions import tree as actions
from cabildo.plans.choices import PlansPermission
from cabildo.plans.kinds import kind_of
from cabildo.plans.models import Plan, PlanNode, ProgressReport
from cabildo.plans.queries.record import NodeRecord, find_node, find_plan, node_record
from cabildo.plans.queries.tree import standing, thresholds, tree
from cabildo.plans.rules.progress import Rule
from cabildo.plans.rules.states import REBASELINED, State
from cabildo.plans.views.writing import chosen, node_crumbs, node_url, plan_crumbs, plan_url
from cabildo.plans.wording import TARGETS, VERBS, Worded, worded
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb, Fact, TimelineEntry
from cabildo.ui.spanish import NO_DATA, number, percentage, short_date


@requires(PlansPermission.VIEW, on=find_node)
def node(request: StaffRequest, shown: PlanNode) -> HttpResponse:
    today = timezone.localdate()
    record = node_record(shown, today)
    plan, is_open = shown.plan, shown.closed_on is None and shown.removed_on is None
    runs = plan.state == State.IN_EXECUTION
    edits = can(request.user, PlansPermission.EDIT, on=plan) and (
        plan.state == State.DRAFT or plan.state in REBASELINED
    )
    reports = runs and is_open and can(request.user, PlansPermission.REPORT, on=shown)
    context = {
        "node": shown,
        "plan": plan,
        "record": record,
        "level": plan.levels[shown.level],
        "standing": _standing(shown),
        "facts": _facts(record),
        "effects": kind_of(plan).effect(shown),
        "effect_url": kind_of(plan).effect_form(shown, request.user) if edits and is_open else "",
        "indicators": [_indicator(link, stands) for link, stands in record.indicators],
        "history": _history(record),
        "may_edit": edits and is_open,
        "may_add": edits and is_open and shown.level + 1 < len(plan.levels),
        "may_report": reports and _is_reported(record),
        "may_work": reports,
        "may_close": reports and not record.parts,
        "crumbs": [*plan_crumbs(plan), Crumb(str(shown))],
    }
    return render(request, "plans/node.html", context)


def _is_reported(record: NodeRecord) -> bool:
    """Is its progress told, rather than counted from parts or milestones?"""
    return record.node.rule == Rule.MANUAL or (record.node.rule == Rule.WEIGHTED and not record.parts)


def _standing(shown: PlanNode) -> Worded | None:
    branch = next((one for one in tree(shown.plan).walk() if one.node.pk == shown.pk), None)
    today = timezone.localdate()
    return worded(standing(branch.part, thresholds(shown.plan), today)) if branch else None


def _facts(record: NodeRecord) -> list[Fact]:
    shown = record.node
    given = [
        (_("Problema o brecha"), shown.problem),
        (_("Objetivo"), shown.objective),
        (_("Cómo se hará"), shown.methodology),
        (_("Dirección responsable"), str(shown.department or "")),
        (_("Persona responsable"), str(shown.responsible or "")),
        (_("Participan"), ", ".join(record.participants)),
        (_("Fechas"), _between(shown.starts_on, shown.ends_on)),
        (_("Fechas aprobadas"), _between(shown.approved_starts_on, shown.approved_ends_on)),
        (_("Medio de verificación"), shown.verification),
        (_("Peso"), number(shown.weight.normalize())),
        (_("Cómo se cuenta el avance"), _rule(shown)),
        (_("Riesgos"), shown.risks),
    ]
    return [Fact(label, value) for label, value in given if value]


def _rule(shown: PlanNode) -> str:
    words = str(shown.get_rule_display())
    return f"{words}: {shown.manual_reason}" if shown.rule == Rule.MANUAL else words


def _between(starts_on: Any, ends_on: Any) -> str:
    return f"{short_date(starts_on)} – {short_date(ends_on)}" if starts_on and ends_on else ""


def _indicator(link: Any, stands: Any) -> dict[str, Any]:
    """An indicator in words: its last value, its target, its light."""
    state, word = TARGETS[stands.light]
    unit, target = stands.indicator.unit, stands.target
    return {
        "link": link,
        "indicator": stands.indicator,
        "value": f"{number(stands.value)} {unit}" if stands.value is not None else NO_DATA,
        "cut_off": stands.measurement.cut_off if stands.measurement else None,
        "target": _("%(value)s al %(day)s")
        % {"value": number(target.value.normalize()), "day": short_date(target.due_on)}
        if target
        else NO_DATA,
        "baseline": number(stands.indicator.baseline.normalize()) if stands.indicator.baseline is not None else NO_DATA,
        "state": state,
        "word": word,
    }


def _history(record: NodeRecord) -> list[TimelineEntry]:
    """Reports and new baselines, the latest first."""
    told = [TimelineEntry(one.at, _told(one), str(one.by), one.text, "bar-chart") for one in record.reports]
    changed = [
        TimelineEntry(one.at, VERBS.get(one.verb, one.verb), str(one.by), one.reason, "pencil")
        for one in record.rebaselines
    ]
    return sorted([*told, *changed], key=lambda entry: entry.at, reverse=True)


def _told(report: ProgressReport) -> str:
    words = {"day": short_date(report.on), "percent": percentage(report.percent)}
    return _("Avance al %(day)s: %(percent)s") % words


@requires(PlansPermission.EDIT, on=find_plan)
def add(request: StaffRequest, plan: Plan) -> HttpResponse:
    """A new node, below the one that `en` names or at the top."""
    above = request.GET.get("en", "")
    parent = get_object_or_404(PlanNode, plan=plan, pk=above) if above.isdecimal() else None
    level = plan.levels[min(parent.level + 1 if parent else 0, len(plan.levels) - 1)]
    form = forms.NodeForm(sent(request), plan=plan)
    page = Page(
        heading=_("Agregar: %s") % level,
        lead=_("Dentro de «%s».") % parent if parent else "",
        submit=_("Guardar"),
        act=lambda data: actions.add_node(plan, parent=parent, by=request.user, **_written(data)),
        done=_("Se agregó al plan."),
        back=plan_url(plan),
        crumbs=plan_crumbs(plan),
        draft_key=f"plan-{plan.pk}-nuevo-{above or 'arriba'}",
    )
    return answer(request, form, page)


def _written(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}


@requires(PlansPermission.EDIT, on=find_node)
def edit(request: StaffRequest, shown: PlanNode) -> HttpResponse:
    """Its words, dates, people and weight."""
    taking_part = list(shown.participations.values_list("department_id", flat=True))
    instance = PlanNode.objects.get(pk=shown.pk)
    form = forms.NodeForm(sent(request), instance=instance, plan=shown.plan, initial={"participants": taking_part})
    page = Page(
        heading=_("Cambiar «%s»") % shown.label,
        submit=_("Guardar"),
        act=lambda data: actions.change_node(shown, by=request.user, **{**data, "code": data["code"] or shown.code}),
        done=_("Cambios guardados."),
        back=node_url(shown),
        crumbs=node_crumbs(shown),
        draft_key=f"plan-nodo-{shown.pk}",
    )
    return answer(request, form, page)


@requires(PlansPermission.EDIT, on=find_node)
def move(request: StaffRequest, shown: PlanNode) -> HttpResponse:
    form = forms.MoveForm(sent(request), node=shown)
    page = Page(
        heading=_("Mover «%s»") % shown.label,
        submit=_("Mover"),
        act=lambda data: actions.move_node(shown, by=request.user, **data),
        done=_("Quedó en su nuevo lugar."),
        back=plan_url(shown.plan),
        crumbs=node_crumbs(shown),
    )
    return answer(request, form, page)


@requires(PlansPermission.EDIT, on=find_node)
def remove(request: StaffRequest, shown: PlanNode) -> HttpResponse:
    form = forms.RemoveForm(sent(request), node=shown)
    kept = shown.plan.state in REBASELINED
    page = Page(
        heading=_("¿Quitar «%s» del plan?") % shown.label,
        lead=_("Se quita con todo lo que tiene debajo. Lo aprobado se conserva en su versión.")
        if kept
        else _("Se borra con todo lo que tiene debajo."),
        submit=_("Quitar"),
        act=lambda data: actions.remove_node(
            shown, by=request.user, today=timezone.localdate(), **chosen(data, "reason")
        ),
        done=_("Se quitó del plan."),
        back=plan_url(shown.plan),
        crumbs=node_crumbs(shown),
    )
    return answer(request, form, page)
