"""The directory of departments: for neighbours, and for the desk with its people."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, public, requires
from cabildo.accounts.actions import save_department
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.models import Department
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.forms.internal import DepartmentForm
from cabildo.tickets.queries.directory import directory
from cabildo.ui.parts import Crumb


@public
def public_directory(request: HttpRequest) -> HttpResponse:
    """What each department does, who heads it and how to reach it. Only heads are named."""
    return render(request, "tickets/portal/directory.html", {"entries": directory()})


@requires(TicketPermission.VIEW)
def desk_directory(request: StaffRequest) -> HttpResponse:
    """The same with everybody who works there."""
    may_edit = can(request.user, AccountsPermission.MANAGE_MUNICIPALITY)
    return render(request, "tickets/desk/directory.html", {"entries": directory(), "may_edit": may_edit})


def _department(user: Any, code: str) -> Department:
    return get_object_or_404(Department, code=code)


@requires(AccountsPermission.MANAGE_MUNICIPALITY, on=_department)
def edit(request: StaffRequest, department: Department) -> HttpResponse:
    """Change what the directory says of a department."""
    form = DepartmentForm(request.POST or None, instance=department)
    if form.is_valid():
        save_department(code=department.code, by=request.user, **form.cleaned_data)
        messages.success(request, _("Guardado: %s.") % department)
        return redirect("tickets:desk_directory")
    context = {
        "heading": department.name,
        "lead": _("Los vecinos lo leen en el directorio de direcciones."),
        "form": form,
        "crumbs": [Crumb(_("Direcciones"), ".."), Crumb(department.name)],
    }
    return render(request, "ui/form_page.html", context)
