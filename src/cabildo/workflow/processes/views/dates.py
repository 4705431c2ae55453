"""The dates of a process: its chart with its table, and its calendar for telephones and desks."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cabildo.accounts.access import StaffRequest, public, requires
from cabildo.accounts.links import absolute
from cabildo.indicators import schedules
from cabildo.indicators.responses import as_file
from cabildo.indicators.schedules import Choice
from cabildo.ui.parts import Crumb
from cabildo.workflow.processes import queries, run_feed
from cabildo.workflow.processes.choices import ProcessPermission
from cabildo.workflow.processes.models import ProcessRun, StageRun
from cabildo.workflow.processes.timetable import timetable
from cabildo.workflow.processes.views.found import run_at
from cabildo.workflow.processes.views.parts import crumbs
from cabildo.workflow.queries import calendar as municipal_calendar


@requires(ProcessPermission.VIEW, on=run_at)
def schedule(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """Planned against actual, as a chart and as a table: all stages, or the tasks of one."""
    today = timezone.localdate()
    days, stages = municipal_calendar(today), queries.stages_of(found)
    chosen = next((stage for stage in stages if stage.code == request.GET.get("etapa")), None)
    shown = timetable(found, stages, chosen, today, days)
    heading = _("Fechas de «%s»") % found.title
    if file := as_file(request, schedules.board(heading, chosen.label if chosen else "", shown), f"fechas-{found.pk}"):
        return file
    context = {
        "heading": heading,
        "run": found,
        "choices": _choices(stages, chosen),
        "chart": shown.chart,
        "crumbs": crumbs(found, Crumb(_("Fechas"))),
    }
    return render(request, "indicators/schedule.html", context)


def _choices(stages: list[StageRun], chosen: StageRun | None) -> list[Choice]:
    every = Choice(_("Todas las etapas"), "?", is_on=chosen is None)
    return [every, *(Choice(stage.label, f"?etapa={stage.code}", is_on=stage == chosen) for stage in stages)]


@requires(ProcessPermission.VIEW, on=run_at)
def calendar(request: StaffRequest, found: ProcessRun) -> HttpResponse:
    """The secret address of the dates of a process: made, shown once, taken back."""
    address = ""
    if request.method == "POST":
        if request.POST.get("action") == "revoke":
            run_feed.revoke(found, by=request.user)
            messages.success(request, _("La dirección anterior ya no funciona."))
            return redirect("processes:calendar", found.pk)
        address = absolute("processes:calendar_feed", run_feed.open_feed(found, by=request.user))
    context = {
        "heading": _("Fechas del proceso en el calendario"),
        "lead": _(
            "Agregue esta dirección al calendario de su teléfono o computador y verá ahí las etapas, tareas y visitas."
            " Si las fechas cambian, cambian también ahí."
        ),
        "feed": run_feed.feed_of(found, request.user),
        "address": address,
        "crumbs": crumbs(found, Crumb(_("Calendario"))),
    }
    return render(request, "ui/secret_address.html", context)


@public
@never_cache
@require_safe
def run_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The feed itself: whoever has the secret address reads stages, tasks and dates, nobody's name."""
    found = run_feed.run_of(token)
    if found is None:
        raise Http404
    host = request.get_host().partition(":")[0]
    content = run_feed.calendar_of(found, now=timezone.now(), place=f"{found.municipality.slug}.{host}")
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
