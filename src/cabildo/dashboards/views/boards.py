"""The boards: who may open which, and as a page, a PDF or a workbook."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import requires
from cabildo.accounts.models import Department
from cabildo.dashboards import boards, filters
from cabildo.dashboards.filters import Selection
from cabildo.indicators.boards import Board
from cabildo.indicators.responses import as_file
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.figure_access import departments_in_sight, sees_everything

NAMES = {"dashboards:mayor": "alcaldia", "dashboards:office": "oficina", "dashboards:department": "direccion"}


def _only_everywhere(user: Any) -> None:
    if not sees_everything(user):
        raise PermissionDenied


@requires(TicketPermission.SEE_FIGURES)
def home(request: HttpRequest) -> HttpResponse:
    """Each to their own board."""
    return redirect("dashboards:mayor" if sees_everything(request.user) else "dashboards:department")


@requires(TicketPermission.SEE_FIGURES)
def mayor(request: HttpRequest) -> HttpResponse:
    _only_everywhere(request.user)
    selection = _selection(request, departments_in_sight(request.user))
    return _answer(request, boards.mayor(selection, timezone.now()), selection, "dashboards:mayor")


@requires(TicketPermission.SEE_FIGURES)
def office(request: HttpRequest) -> HttpResponse:
    _only_everywhere(request.user)
    selection = _selection(request, departments_in_sight(request.user))
    return _answer(request, boards.office(selection, timezone.now()), selection, "dashboards:office")


@requires(TicketPermission.SEE_FIGURES)
def department(request: HttpRequest) -> HttpResponse:
    """One department: the one the address names, else the first of those one may see."""
    departments = departments_in_sight(request.user)
    asked = request.GET.get("direccion", "")
    chosen = next((d for d in departments if d.code == asked), departments[0] if departments else None)
    if chosen is None:
        return render(request, "dashboards/no_department.html", {"heading": _("Tablero de la dirección")})
    query = request.GET.copy()
    query["direccion"] = chosen.code
    selection = filters.read(query, departments, everywhere=False, today=timezone.localdate())
    board = boards.department(selection, timezone.now(), chosen.name)
    return _answer(request, board, selection, "dashboards:department")


def _selection(request: HttpRequest, departments: Sequence[Department]) -> Selection:
    return filters.read(request.GET, list(departments), everywhere=True, today=timezone.localdate())


def _answer(request: HttpRequest, board: Board, selection: Selection, here: str) -> HttpResponse:
    file = as_file(request, board, f"tablero-{NAMES[here]}")
    if file is not None:
        return file
    context = {
        "board": board,
        "listing": selection.listing,
        "boards": _tabs(request.user, here),
        "pdf_url": selection.listing.export_url("pdf"),
        "xlsx_url": selection.listing.export_url("xlsx"),
    }
    return render(request, "dashboards/board.html", context)


def _tabs(user: Any, here: str) -> list[dict[str, Any]]:
    """The boards this person may open."""
    every = [
        ("dashboards:mayor", _("Alcaldía")),
        ("dashboards:department", _("Por dirección")),
        ("dashboards:office", _("Oficina de solicitudes")),
    ]
    shown = every if sees_everything(user) else every[1:2]
    return [{"label": label, "url": reverse(name), "active": name == here} for name, label in shown]
