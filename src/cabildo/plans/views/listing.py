"""The list of plans: search, filters, paging, export."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.kit.rounding import half_up
from cabildo.plans.choices import PlansPermission
from cabildo.plans.kinds import kind_of
from cabildo.plans.models import Plan
from cabildo.plans.queries import lists
from cabildo.plans.queries.tree import Standing, standing, thresholds, trees
from cabildo.plans.wording import worded
from cabildo.ui.engine_xlsx import workbook
from cabildo.ui.lists import FORMAT
from cabildo.ui.spanish import number

PAGE_SIZE = 20
MOST_EXPORTED = 2_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@requires(PlansPermission.VIEW)
def plans(request: StaffRequest) -> HttpResponse:
    listing = lists.spec().read(request.GET)
    found = lists.listed(listing.values)
    if request.GET.get(FORMAT) == "xlsx":
        return _as_workbook(found.order_by(*listing.sort.order)[:MOST_EXPORTED])
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("plans:list")
    context = {
        "heading": _("Planes"),
        "listing": listing,
        "page": shown,
        "rows": [(plan, kind_of(plan).label, worded(stands)) for plan, stands in _standings(shown.items)],
        "count_words": _count(capped_count(found)),
        "may_write": can(request.user, PlansPermission.EDIT),
    }
    return render(request, "plans/list.html", context)


def _standings(shown: list[Plan]) -> Iterable[tuple[Plan, Standing]]:
    """Each plan with how it stands today. Three queries for all of them."""
    today, grown = timezone.localdate(), trees(shown)
    return [(plan, standing(grown[plan.pk].part, thresholds(plan), today)) for plan in shown]


def _count(count: Any) -> str:
    if not count.exact:
        return _("más de %s planes") % number(count.number)
    return ngettext("%s plan", "%s planes", count.number) % number(count.number)


def _as_workbook(found: Iterable[Plan]) -> HttpResponse:
    headings = [
        _("Plan"), _("Tipo"), _("Dirección"), _("Estado"), _("Desde"), _("Hasta"), _("Avance (%)"),
        _("Programado (%)"), _("Índice"), _("Situación"),
    ]  # fmt: skip
    rows = [_row(plan, stands) for plan, stands in _standings(list(found))]
    name = f"planes-{timezone.localdate():%Y-%m-%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(workbook(_("Planes"), headings, rows), content_type=XLSX, headers=headers)


def _row(plan: Plan, stands: Standing) -> list[Any]:
    figures = [None if value is None else half_up(value, 1) for value in (stands.actual, stands.planned)]
    return [
        plan.title,
        kind_of(plan).label,
        str(plan.department or _("Toda la municipalidad")),
        plan.get_state_display(),
        plan.starts_on,
        plan.ends_on,
        *figures,
        None if stands.index is None else half_up(stands.index, 3),
        worded(stands).word,
    ]
