"""The historic backlog: what waits, by whom it is cleared, and how that goes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import can, requires
from cabildo.accounts.models import Department
from cabildo.indicators.responses import as_file
from cabildo.tickets import backlog_boards
from cabildo.tickets.actions.backlog import set_plan
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.figure_access import departments_in_sight, sees_everything
from cabildo.tickets.forms.backlog import PlanForm
from cabildo.tickets.queries import backlog
from cabildo.ui.parts import Crumb


@requires(TicketPermission.SEE_FIGURES)
def overview(request: HttpRequest) -> HttpResponse:
    departments = departments_in_sight(request.user)
    seen = None if sees_everything(request.user) else tuple(department.pk for department in departments)
    board = backlog_boards.overview(seen, timezone.localdate())
    return as_file(request, board, "rezago") or render(
        request, "tickets/desk/backlog.html", {"board": board, "departments": departments}
    )


def _department(_user: Any, code: str) -> Department:
    department = Department.objects.filter(code=code).first()
    if department is None:
        raise Http404
    return department


@requires(TicketPermission.SEE_FIGURES, on=_department)
def of_department(request: HttpRequest, department: Department) -> HttpResponse:
    today = timezone.localdate()
    plan = backlog.plans_in_force((department.pk,), today).get(department.pk)
    board = backlog_boards.of_department(department, plan, today)
    context = {
        "board": board,
        "department": department,
        "has_plan": plan is not None,
        "may_plan": can(request.user, TicketPermission.PLAN_BACKLOG, on=department),
        "crumbs": [Crumb(_("Rezago"), reverse("tickets:backlog")), Crumb(department.name)],
    }
    return as_file(request, board, "rezago") or render(request, "tickets/desk/backlog_department.html", context)


@requires(TicketPermission.PLAN_BACKLOG, on=_department)
def plan(request: HttpRequest, department: Department) -> HttpResponse:
    """How many a week, from when, and who sees to it."""
    here = reverse("tickets:backlog_department", args=[department.code])
    form = PlanForm(request.POST or None, department=department, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        official: Any = request.user
        set_plan(department, by=official, **form.cleaned_data)
        messages.success(request, _("Plan guardado. La curva se llena con lo que se cierre cada semana."))
        return redirect(here)
    context = {
        "heading": _("Plan de puesta al día"),
        "lead": department.name,
        "form": form,
        "submit_label": _("Guardar el plan"),
        "cancel_url": here,
        "crumbs": [Crumb(_("Rezago"), reverse("tickets:backlog")), Crumb(department.name, here), Crumb(_("Plan"))],
    }
    return render(request, "ui/form_page.html", context)
