"""The turns of this municipality through the programme."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.quality import actions, queries
from cabildo.quality.choices import QualityPermission
from cabildo.quality.errors import QualityError
from cabildo.quality.shown.programme import line_words


@requires(QualityPermission.VIEW)
def cycles(request: StaffRequest) -> HttpResponse:
    found = list(queries.cycles())
    decided = queries.standing_decisions(found)
    context = {
        "cycles": [(cycle, line_words(cycle, decided[cycle.pk])) for cycle in found],
        "open_cycle": queries.open_cycle(),
        "questionnaire": queries.questionnaire_in_use(),
        "may_begin": can(request.user, QualityPermission.LEAD),
    }
    return render(request, "quality/cycles.html", context)


@require_POST
@requires(QualityPermission.LEAD)
def begin(request: StaffRequest) -> HttpResponse:
    """A new cycle, whose first stage is the diagnosis."""
    try:
        cycle = actions.begin(today=timezone.localdate(), by=request.user)
    except QualityError as refusal:
        messages.error(request, refusal.sentence)
        return redirect("quality:cycles")
    messages.success(
        request, _("Comenzó el ciclo %s. Reúna a quienes conocen la gestión y respondan por consenso.") % cycle.number
    )
    return redirect("quality:diagnosis", number=cycle.number)
