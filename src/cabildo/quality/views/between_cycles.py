"""A cycle beside the one before it."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.indicators.responses import as_file
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Cycle
from cabildo.quality.queries import between_cycles as queries
from cabildo.quality.queries.self_assessment import with_self_assessment
from cabildo.quality.shown import comparisons as shown
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.hub import cycle_crumbs
from cabildo.ui.parts import Crumb


@requires(QualityPermission.VIEW, on=find_cycle)
def previous_cycle(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """What came along and what did not, and both scores; as page, PDF, Word or workbook."""
    found = queries.between_cycles(with_self_assessment().get(pk=cycle.pk))
    if found is None:
        raise Http404
    board = shown.cycles_board(found)
    context = {
        "board": board,
        "cycle": cycle,
        "warning": "" if found.is_comparable else board.sources[0],
        "crumbs": cycle_crumbs(cycle, Crumb(_("Frente al ciclo anterior"))),
    }
    file = as_file(request, board, f"ciclo-{cycle.number}-frente-al-anterior")
    return file or render(request, "quality/previous_cycle.html", context)
