"""One plan: its tree with progress, light, dates and who; its curves, its money, its workbook."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.documents import papers, word
from cabildo.documents.reports import Report
from cabildo.documents.rules import MediaType
from cabildo.kit.rounding import share
from cabildo.plans.choices import PlansPermission
from cabildo.plans.curve import progress_chart
from cabildo.plans.exports import plan_workbook
from cabildo.plans.kinds import kind_of
from cabildo.plans.models import Plan, PlanNode
from cabildo.plans.paper import plan_report
from cabildo.plans.queries.completeness import lacks
from cabildo.plans.queries.record import find_plan, money_by_source
from cabildo.plans.queries.snapshot import differs_from_approved
from cabildo.plans.queries.tree import Branch, Span, Tree, standing, thresholds, tree
from cabildo.plans.rules.states import REBASELINED, State
from cabildo.plans.views.steps import offered
from cabildo.plans.views.writing import plan_crumbs
from cabildo.plans.wording import Worded, worded
from cabildo.ui.list_files import MEDIA_TYPES, XLSX
from cabildo.ui.parts import Column, Crumb, Figure, Table
from cabildo.ui.spanish import NO_DATA, number, percentage, short_date

INDENTS = ("", "ms-3", "ms-4", "ms-5")
EDITABLE = (State.DRAFT, *REBASELINED)


@dataclass(frozen=True)
class Row:
    """A node as the tree shows it."""

    node: PlanNode
    level: str
    indent: str
    standing: Worded
    is_activity: bool
    days: Span
    was: str


@requires(PlansPermission.VIEW, on=find_plan)
def plan(request: StaffRequest, shown: Plan) -> HttpResponse:
    today, grown = timezone.localdate(), tree(shown)
    versions = list(shown.versions.select_related("approved_by"))
    edits = can(request.user, PlansPermission.EDIT, on=shown)
    context = {
        "plan": shown,
        "kind": kind_of(shown),
        "owner_url": kind_of(shown).address(shown),
        "rows": rows(grown, today),
        "figures": _figures(grown, today),
        "versions": versions,
        "differs": differs_from_approved(shown, versions[0] if versions else None),
        "lacks": lacks(grown) if shown.state == State.DRAFT else [],
        "may_edit": edits and shown.state in EDITABLE,
        "may_change": edits and shown.state == State.DRAFT,
        "steps": offered(request.user, shown),
        "crumbs": [Crumb(_("Planes"), reverse("plans:list")), Crumb(shown.title)],
    }
    return render(request, "plans/plan.html", context)


def rows(grown: Tree, today: date) -> list[Row]:
    return [_row(grown.plan, branch, today) for branch in grown.walk()]


def _row(shown: Plan, branch: Branch, today: date) -> Row:
    node = branch.node
    return Row(
        node=node,
        level=shown.levels[node.level],
        indent=INDENTS[min(node.level, len(INDENTS) - 1)],
        standing=worded(standing(branch.part, thresholds(shown), today)),
        is_activity=branch.is_activity,
        days=branch.days,
        was=_approved_dates(node),
    )


def _approved_dates(node: PlanNode) -> str:
    """What was approved, where it is no longer what is planned."""
    starts_on, ends_on = node.approved_starts_on, node.approved_ends_on
    if starts_on is None or ends_on is None or (starts_on, ends_on) == (node.starts_on, node.ends_on):
        return ""
    return f"{short_date(starts_on)} – {short_date(ends_on)}"


def _figures(grown: Tree, today: date) -> list[Figure]:
    stands = worded(standing(grown.part, thresholds(grown.plan), today))
    activities = grown.activities
    closed = sum(branch.node.closed_on is not None for branch in activities)
    return [
        Figure(_("Avance"), stands.actual, share=stands.word),
        Figure(_("Programado a hoy"), stands.planned),
        Figure(_("Índice"), stands.index, share=_("avance ÷ programado")),
        Figure(_("Actividades cerradas"), number(closed), share=_("de %s") % number(len(activities))),
    ]


@requires(PlansPermission.VIEW, on=find_plan)
def progress(request: StaffRequest, shown: Plan) -> HttpResponse:
    """Planned against actual, drawn and as a table."""
    today, grown = timezone.localdate(), tree(shown)
    context = {
        "heading": _("Avance de «%s»") % shown.title,
        "chart": progress_chart(grown, today),
        "figures": _figures(grown, today),
        "crumbs": [*plan_crumbs(shown), Crumb(_("Avance"))],
    }
    return render(request, "plans/progress.html", context)


@requires(PlansPermission.VIEW, on=find_plan)
def budget(request: StaffRequest, shown: Plan) -> HttpResponse:
    """The money by year and source."""
    lines = money_by_source(shown)
    columns = [
        Column("source", _("Fuente")),
        Column("year", _("Año")),
        Column("amount", _("Presupuesto ($)"), numeric=True),
        Column("committed", _("Comprometido ($)"), numeric=True),
        Column("spent", _("Gastado ($)"), numeric=True),
        Column("share", _("Gastado (%)"), numeric=True),
    ]
    body = [[line["source"], str(line["year"]), *_pesos(line)] for line in lines]
    total = {name: sum(line[name] for line in lines) for name in ("amount", "committed", "spent")}
    context = {
        "heading": _("Presupuesto de «%s»") % shown.title,
        "table": Table(_("Presupuesto por fuente y año"), columns, [*body, [_("Total"), "", *_pesos(total)]]),
        "has_money": bool(lines),
        "crumbs": [*plan_crumbs(shown), Crumb(_("Presupuesto"))],
    }
    return render(request, "plans/budget.html", context)


def _pesos(line: dict[str, Any]) -> list[str]:
    spent = share(line["spent"], line["amount"])
    amounts = [number(line[name]) for name in ("amount", "committed", "spent")]
    return [*amounts, NO_DATA if spent is None else percentage(spent)]


@requires(PlansPermission.VIEW, on=find_plan)
def export(request: StaffRequest, shown: Plan) -> HttpResponse:
    """The whole plan as a workbook."""
    content = plan_workbook(tree(shown), timezone.localdate())
    return _attached(content, shown, "xlsx", MEDIA_TYPES[XLSX])


@requires(PlansPermission.VIEW, on=find_plan)
def pdf(_request: StaffRequest, shown: Plan) -> HttpResponse:
    """The whole plan on paper."""
    return _attached(papers.pdf(_paper(shown)), shown, "pdf", MediaType.PDF.value)


@requires(PlansPermission.VIEW, on=find_plan)
def docx(_request: StaffRequest, shown: Plan) -> HttpResponse:
    """The whole plan, to be edited in Word."""
    return _attached(word.docx(_paper(shown)), shown, "docx", MediaType.DOCX.value)


def _paper(shown: Plan) -> Report:
    return plan_report(tree(shown), timezone.localdate(), at=timezone.now())


def _attached(content: bytes, shown: Plan, kind: str, media_type: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="plan-{shown.pk}.{kind}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)
