"""The dates of a plan, drawn: the whole of it, or one of its first branches."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.indicators import schedules
from cabildo.indicators.responses import as_file
from cabildo.indicators.schedules import Choice
from cabildo.plans.choices import PlansPermission
from cabildo.plans.models import Plan
from cabildo.plans.queries.record import find_plan
from cabildo.plans.queries.tree import Branch, Tree, tree
from cabildo.plans.timetable import timetable
from cabildo.plans.views.writing import plan_crumbs
from cabildo.ui.parts import Crumb


@requires(PlansPermission.VIEW, on=find_plan)
def schedule(request: StaffRequest, shown: Plan) -> HttpResponse:
    """Approved against planned now, with what is late, as a chart and as a table; as PDF and workbook too."""
    today, grown = timezone.localdate(), tree(shown)
    chosen = next((one for one in grown.branches if str(one.node.pk) == request.GET.get("parte")), None)
    drawn, heading = timetable(grown, chosen, today), _("Fechas de «%s»") % shown.title
    board = schedules.board(heading, str(chosen.node) if chosen else "", drawn)
    if file := as_file(request, board, f"fechas-plan-{shown.pk}"):
        return file
    context = {
        "heading": heading,
        "choices": _choices(grown, chosen),
        "chart": drawn.chart,
        "crumbs": [*plan_crumbs(shown), Crumb(_("Fechas"))],
    }
    return render(request, "indicators/schedule.html", context)


def _choices(grown: Tree, chosen: Branch | None) -> list[Choice]:
    every = Choice(_("Todo el plan"), "?", is_on=chosen is None)
    return [every, *(Choice(str(one.node), f"?parte={one.node.pk}", is_on=one == chosen) for one in grown.branches)]
