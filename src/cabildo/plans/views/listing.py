"""The list of plans: search, filters, paging, export."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

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
from cabildo.ui.list_files import READ_AT_ONCE, list_file, wanted_format
from cabildo.ui.spanish import counted

PAGE_SIZE = 20


@requires(PlansPermission.VIEW)
def plans(request: StaffRequest) -> HttpResponse:
    listing = lists.spec().read(request.GET)
    found = lists.listed(listing.values)
    if wanted := wanted_format(request):
        return _file(found.order_by(*listing.sort.order), wanted)
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("plans:list")
    context = {
        "heading": _("Planes"),
        "listing": listing,
        "page": shown,
        "rows": [(plan, kind_of(plan).label, worded(stands)) for plan, stands in _standings(shown.items)],
        "count_words": counted(capped_count(found), _("plan"), _("planes")),
        "may_write": can(request.user, PlansPermission.EDIT),
    }
    return render(request, "plans/list.html", context)


def _standings(shown: Sequence[Plan]) -> Iterable[tuple[Plan, Standing]]:
    """Each plan with how it stands today. Three queries for all of them."""
    today, grown = timezone.localdate(), trees(shown)
    return [(plan, standing(grown[plan.pk].part, thresholds(plan), today)) for plan in shown]


def _file(found: QuerySet[Plan], wanted: str) -> HttpResponse:
    headings = [
        _("Plan"), _("Tipo"), _("Dirección"), _("Estado"), _("Desde"), _("Hasta"), _("Avance (%)"),
        _("Programado (%)"), _("Índice"), _("Situación"),
    ]  # fmt: skip
    return list_file(wanted, name="planes", title=_("Planes"), headings=headings, rows=_rows(found))


def _rows(found: QuerySet[Plan]) -> Iterator[list[Any]]:
    """All of them, with three queries for each of so many."""
    for some in batched(found.iterator(chunk_size=READ_AT_ONCE), READ_AT_ONCE):
        yield from (_row(plan, stands) for plan, stands in _standings(some))


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
