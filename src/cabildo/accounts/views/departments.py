"""The departments: what each does, how to reach it, on whom it depends."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts import actions, queries
from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.forms import DepartmentForm
from cabildo.accounts.models import Department
from cabildo.ui.parts import Crumb

MANAGE = AccountsPermission.MANAGE_PEOPLE


def find_department(user: Any, code: str) -> Department:
    return get_object_or_404(Department, code=code)


@requires(MANAGE)
def departments(request: StaffRequest) -> HttpResponse:
    return render(request, "accounts/departments.html", {"departments": list(queries.departments())})


@requires(MANAGE)
def add(request: StaffRequest) -> HttpResponse:
    return _edit(request, Department())


@requires(MANAGE, on=find_department)
def edit(request: StaffRequest, department: Department) -> HttpResponse:
    return _edit(request, department)


def _edit(request: StaffRequest, department: Department) -> HttpResponse:
    form = DepartmentForm(request.POST or None, instance=department)
    if form.is_valid():
        actions.save_department(by=request.user, **form.cleaned_data)
        messages.success(request, _("Los datos de la dirección quedaron guardados."))
        return redirect("accounts:departments")
    back = reverse("accounts:departments")
    heading = department.name if department.pk else _("Agregar una dirección o unidad")
    context = {
        "heading": heading,
        "form": form,
        "cancel_url": back,
        "crumbs": [Crumb(_("Direcciones y unidades"), back), Crumb(heading)],
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)
