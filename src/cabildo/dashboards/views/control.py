"""Management control: the municipality by department, a department by programme, and each list to its end."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.models import Department
from cabildo.dashboards import control
from cabildo.dashboards.choices import DashboardsPermission
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.indicators.responses import as_file
from cabildo.ui.lists import ChoiceFilter, ListSpec, SortOption
from cabildo.ui.parts import Column, Crumb
from cabildo.ui.spanish import counted
from cabildo.workflow.ledgers import Ledger, ledger, owed_by, standing_in

PAGE_SIZE = 20


@requires(DashboardsPermission.SEE_OWED)
def municipality(request: StaffRequest) -> HttpResponse:
    """Every department one may see; who sees a single one goes straight to it."""
    departments = control.departments_in_sight(request.user)
    if len(departments) == 1 and departments[0].pk:
        return redirect("dashboards:control_department", departments[0].code)
    today = timezone.localdate()
    found = control.lines(request.user, departments, today)
    board = control.municipal_board(found, today)
    file = as_file(request, board, "control-de-gestion")
    if file is not None:
        return file
    context = {
        "board": replace(board, groups=[]),
        "figures": board.groups[0].figures,
        "lines": [line for line in found if line.total.total],
        "free": [line for line in found if not line.total.total and line.department.pk],
    }
    return render(request, "dashboards/control.html", context)


def find_department(user: Any, code: str) -> Department:
    """One of those in sight; no other is said to exist."""
    for one in control.departments_in_sight(user):
        if one.code == code:
            return one
    raise Http404


@requires(DashboardsPermission.SEE_OWED, on=find_department)
def department(request: StaffRequest, shown: Department) -> HttpResponse:
    today = timezone.localdate()
    line = control.lines(request.user, [shown], today)[0]
    file = as_file(request, control.department_board(request.user, line, today), f"control-de-gestion-{shown.code}")
    if file is not None:
        return file
    context = {
        "shown": shown,
        "figures": control.figures(line.total, "").figures,
        "sections": control.sections(request.user, line),
        "sources": control.sources(),
        "today": today,
        "crumbs": _crumbs(request.user),
    }
    return render(request, "dashboards/control_department.html", context)


def _crumbs(user: Any, *more: Crumb) -> list[Crumb]:
    above = [Crumb(_("Control de gestión"), reverse("dashboards:control"))] if control.sees_all(user) else []
    return [*above, *more]


@dataclass(frozen=True)
class Place:
    """A department and one of its ledgers."""

    department: Department
    ledger: Ledger

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.department.municipality_id


def find_place(user: Any, code: str, what: str) -> Place:
    chosen = ledger(what)
    if chosen is None:
        raise Http404
    return Place(find_department(user, code), chosen)


@requires(DashboardsPermission.SEE_OWED, on=find_place)
def listing(request: StaffRequest, place: Place) -> HttpResponse:
    """Everything of one ledger, by date, to the last row."""
    shown, chosen = place.department, place.ledger
    today = timezone.localdate()
    state = _spec(chosen).read(request.GET)
    rows = owed_by(chosen, request.user, shown.pk)
    among = standing_in(chosen, state.values["situacion"], today, control.last_soon_day(today))
    rows = rows.filter(among)
    try:
        found = page(rows, state.sort.order, state.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("dashboards:control_list", shown.code, chosen.code)
    here = Crumb(shown.name, reverse("dashboards:control_department", args=[shown.code]))
    context = {
        "heading": chosen.label,
        "listing": state,
        "page": found,
        "rows": [chosen.tell(row) for row in found.items],
        "count_words": counted(capped_count(rows), _("pendiente"), _("pendientes")),
        "hidden": control.hidden_words(control.hidden(chosen, request.user, shown, among)),
        "today": today,
        "crumbs": _crumbs(request.user, here, Crumb(chosen.label)),
    }
    return render(request, "dashboards/control_list.html", context)


def _spec(chosen: Ledger) -> ListSpec:
    return ListSpec(
        filters=[ChoiceFilter("situacion", _("Situación"), list(control.STANDINGS.items()))],
        columns=[
            Column("what", _("Qué")),
            Column("due", _("Fecha"), sort="fecha"),
            Column("person", _("Quién")),
        ],
        sorts=[
            SortOption("fecha", _("Lo que vence primero"), (chosen.due, "pk")),
            SortOption("ultimas", _("Lo que vence al final"), (f"-{chosen.due}", "-pk")),
        ],
    )
