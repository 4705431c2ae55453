"""The page of a cycle: where it stands, what is missing now, who leads, what comes next."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.quality import queries
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Cycle
from cabildo.quality.queries.committee import formation_of
from cabildo.quality.shown import hub
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.ui.parts import Crumb
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.queries import calendar


def cycle_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    """The way to a page of a cycle, through the page of the cycle."""
    start = Crumb(_("Calidad"), reverse("quality:cycles"))
    return [start, Crumb(str(cycle), reverse("quality:cycle", args=[cycle.number])), *more]


@requires(QualityPermission.VIEW, on=find_cycle)
def cycle(request: StaffRequest, shown: Cycle) -> HttpResponse:
    """Its eight stages, each leading to its page."""
    today, run = timezone.localdate(), queries.run_of(shown)
    lines = hub.stage_lines(shown, run, today, calendar(today)) if run else []
    leaving = processes.withdrawal_of(run) if run else None
    context = {
        "cycle": shown,
        "run": run,
        "lines": lines,
        "closed": sum(line.mark == "done" for line in lines),
        "leaders": hub.leaders(shown, formation_of(shown, today), queries.standing_decision(shown)),
        "without_holder": hub.without_holder(run) if run and run.is_open else "",
        "next_dates": hub.next_dates(shown, run, today) if run and leaving is None else [],
        "leaving": leaving,
        "may_lead": shown.closed_on is None and can(request.user, QualityPermission.LEAD),
        "crumbs": [Crumb(_("Calidad"), reverse("quality:cycles")), Crumb(str(shown))],
    }
    return render(request, "quality/cycle.html", context)
