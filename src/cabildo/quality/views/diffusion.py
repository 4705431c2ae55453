"""Stage 7: the validated plan told to several departments in one meeting."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.models import Department
from cabildo.quality.actions import diffusion as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.diffusion import ReachesForm
from cabildo.quality.models import Cycle, DiffusionReach
from cabildo.quality.queries.implementation import reach_by_department
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.implementation import stage_crumbs, stage_url
from cabildo.ui.form_pages import Page, answer, sent


@requires(QualityPermission.LEAD, on=find_cycle)
def reach_many(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """How many people of each department still to be told heard of the plan in one meeting."""
    typed, today = sent(request), timezone.localdate()
    form = ReachesForm(typed, offered=_offered(cycle, typed), initial={"on": today})

    def act(data: dict[str, Any]) -> int:
        meeting = {"how": data["how"], "on": data["on"]}
        return actions.save_reaches(cycle, form.told(), **meeting, today=today, by=request.user)

    page = Page(
        heading=_("Difusión en varias direcciones"),
        lead=_("Para una misma reunión o un mismo aviso. Escriba los dos números de cada dirección a la que llegó."),
        submit=_("Guardar"),
        act=act,
        done=_("Difusión anotada."),
        back=stage_url(cycle, "difusion"),
        crumbs=stage_crumbs(cycle),
        draft_key=f"calidad-difusion-{cycle.pk}",
    )
    return answer(request, form, page)


def _offered(cycle: Cycle, typed: QueryDict | None) -> list[tuple[Department, DiffusionReach | None]]:
    """The departments nobody told yet, and those of which something was written that somebody else noted meanwhile."""
    written = {name.removeprefix("reached_") for name, value in (typed or {}).items() if value}
    return [
        (department, held)
        for department, held in reach_by_department(cycle)
        if held is None or not held.reached or department.code in written
    ]
