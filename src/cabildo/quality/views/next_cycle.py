"""The end of a cycle and the beginning of the next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.kit.errors import DomainError
from cabildo.quality.actions.next_cycle import next_cycle
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Cycle
from cabildo.quality.queries import run_of
from cabildo.quality.queries.between_cycles import next_model
from cabildo.quality.shown.comparisons import mapping_words
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.implementation import stage_crumbs, stage_url
from cabildo.ui.parts import Crumb
from cabildo.workflow.processes.choices import RunState


@requires(QualityPermission.LEAD, on=find_cycle)
def begin_next(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """What is copied and what is not, said before it is done."""
    if request.method == "POST":
        try:
            following = next_cycle(cycle, today=timezone.localdate(), by=request.user)
        except DomainError as refusal:
            messages.error(request, refusal.sentence)
            return redirect("quality:next_cycle", number=cycle.number)
        messages.success(
            request,
            _("Terminó el ciclo %(old)s y comenzó el %(new)s.")
            % {
                "old": cycle.number,
                "new": following.number,
            },
        )
        return redirect("quality:diagnosis", number=following.number)
    run, assessment = run_of(cycle), cycle.self_assessment
    coming = next_model(assessment) if assessment is not None and cycle.closed_on is None else None
    context = {
        "cycle": cycle,
        "number": cycle.number + 1,
        "coming": coming,
        "mapping_words": mapping_words(coming.before, coming.after, coming.mapping) if coming else "",
        "run": run,
        "may_begin": cycle.closed_on is None and run is not None and run.state == RunState.ENDED,
        "has_left": run is not None and run.state == RunState.WITHDRAWN,
        "run_url": reverse("processes:run", args=[run.pk]) if run else "",
        "back": stage_url(cycle),
        "crumbs": stage_crumbs(cycle, Crumb(_("Nuevo ciclo"))),
    }
    return render(request, "quality/next_cycle.html", context)
