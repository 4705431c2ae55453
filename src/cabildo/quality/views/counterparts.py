"""Stage 1: the two technical counterparts."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.quality.actions import counterparts as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.entry import CounterpartForm, EndCounterpartForm
from cabildo.quality.models import Counterpart, Cycle
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.entry import entry_crumbs, entry_url
from cabildo.ui.form_pages import Page, answer, sent


def find_counterpart(_user: Any, number: int, pk: int) -> Counterpart:
    return get_object_or_404(Counterpart.objects.select_related("cycle", "user"), cycle__number=number, pk=pk)


@requires(QualityPermission.LEAD, on=find_cycle)
def name(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Name one of the two, by an act."""
    form = CounterpartForm(sent(request), initial={"named_on": timezone.localdate()})
    page = Page(
        heading=_("Designar a una contraparte técnica"),
        lead=_("La alcaldía designa a dos. Coordinan con el organismo y después integran el Comité de Mejora."),
        submit=_("Designar"),
        act=lambda data: actions.name_counterpart(cycle, today=timezone.localdate(), by=request.user, **data),
        done=_("Designación anotada."),
        back=entry_url(cycle, "contrapartes"),
        crumbs=entry_crumbs(cycle),
        draft_key=f"calidad-contraparte-{cycle.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_counterpart)
def end(request: StaffRequest, shown: Counterpart) -> HttpResponse:
    """Somebody leaves the place, which is free for another."""
    form = EndCounterpartForm(sent(request), initial={"ended_on": timezone.localdate()})
    page = Page(
        heading=_("Terminar la designación de %s") % shown.user,
        lead=_("Queda en la historia del ciclo. Designe después a quien ocupe su lugar."),
        submit=_("Terminar la designación"),
        act=lambda data: actions.end_counterpart(shown, today=timezone.localdate(), by=request.user, **data),
        done=_("Designación terminada."),
        back=entry_url(shown.cycle, "contrapartes"),
        crumbs=entry_crumbs(shown.cycle),
    )
    return answer(request, form, page)
