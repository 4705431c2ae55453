"""The days that the municipality adds to, or takes from, the national holidays."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.choices import AccountsPermission
from cabildo.kit.workdays import chile
from cabildo.site.setup import holidays
from cabildo.site.setup.forms import CalendarChoiceForm, CalendarForm, HolidayForm
from cabildo.site.setup.views.frame import crumbs, form_page
from cabildo.ui.spanish import long_date
from cabildo.workflow import actions
from cabildo.workflow.choices import HolidayEffect
from cabildo.workflow.models import HolidayChange

MANAGE = AccountsPermission.MANAGE_MUNICIPALITY
SESSION_KEY = "setup_calendar"


def find_change(user: Any, change_id: int) -> HolidayChange:
    return get_object_or_404(HolidayChange, pk=change_id)


@requires(MANAGE)
def changes(request: StaffRequest) -> HttpResponse:
    """The municipality's own changes, a form for one more, and the national days to compare with."""
    form = HolidayForm(request.POST or None)
    if form.is_valid():
        actions.change_holiday(by=request.user, **form.cleaned_data)
        messages.success(request, _("El cambio quedó guardado. Los plazos abiertos se cuentan otra vez."))
        return redirect("setup:holidays")
    year = timezone.localdate().year
    national = sorted(chile([year, year + 1]).holidays.items())
    context = {"form": form, "changes": list(HolidayChange.objects.all()), "national": national}
    return render(
        request,
        "site/setup/holidays.html",
        {**context, "crumbs": crumbs(_("Feriados"))},
        status=422 if form.is_bound else 200,
    )


@require_POST
@requires(MANAGE, on=find_change)
def forget(request: StaffRequest, change: HolidayChange) -> HttpResponse:
    actions.forget_holiday_change(change, by=request.user)
    messages.success(request, _("Ese día vuelve a ser lo que dice el calendario nacional."))
    return redirect("setup:holidays")


@requires(MANAGE)
def calendar(request: StaffRequest) -> HttpResponse:
    """A calendar file is read first; the days are chosen on the next page."""
    form = CalendarForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            found = holidays.days_in(form.cleaned_data["file"].read())
        except holidays.NotCalendarError:
            form.add_error(
                "file", _("El archivo no es un calendario, o no tiene días. Expórtelo como .ics y súbalo otra vez.")
            )
        else:
            request.session[SESSION_KEY] = [(one.day.isoformat(), one.name) for one in found]
            return redirect("setup:calendar_review")
    return form_page(request, form, _("Traer feriados de un calendario"), submit_label=_("Revisar el archivo"))


@requires(MANAGE)
def calendar_review(request: StaffRequest) -> HttpResponse:
    found = request.session.get(SESSION_KEY)
    if not found:
        return redirect("setup:calendar")
    names = dict(found)
    options = [(day, f"{long_date(date.fromisoformat(day))}: {name}") for day, name in found]
    form = CalendarChoiceForm(request.POST or None, options=options, initial={"days": _new_days(names)})
    if form.is_valid():
        del request.session[SESSION_KEY]
        for day in form.cleaned_data["days"]:
            actions.change_holiday(
                on=date.fromisoformat(day),
                effect=HolidayEffect.ADDED,
                name=names[day],
                act=form.cleaned_data["act"],
                by=request.user,
            )
        messages.success(request, _("Los feriados quedaron guardados. Los plazos abiertos se cuentan otra vez."))
        return redirect("setup:holidays")
    lead = _(
        "Están marcados los que hoy son día hábil. Los que ya son feriado o fin de semana no hace falta agregarlos."
    )
    return form_page(request, form, _("Elegir los días"), lead=lead, submit_label=_("Agregar los marcados"))


def _new_days(names: dict[str, str]) -> list[str]:
    days = {text: date.fromisoformat(text) for text in names}
    known = chile(range(min(days.values()).year, max(days.values()).year + 1))
    return [text for text, day in days.items() if known.is_business_day(day)]
