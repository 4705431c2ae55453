"""A cycle leaves the programme, comes back, or ends without being finished."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.quality import queries
from cabildo.quality.actions import leaving as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.errors import QualityError
from cabildo.quality.forms.diagnosis import ReopenForm
from cabildo.quality.models import Cycle
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.hub import cycle_crumbs
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent


def _page_of(cycle: Cycle) -> str:
    return reverse("quality:cycle", args=[cycle.number])


def _not_now(request: StaffRequest, cycle: Cycle, *, is_left: bool) -> HttpResponse | None:
    """The page of the cycle with the reason, when it stands otherwise than who comes here thinks."""
    if cycle.closed_on is not None:
        code = "cycle_closed"
    elif queries.has_left(cycle) == is_left:
        return None
    else:
        code = "cycle_not_left" if is_left else "cycle_left"
    messages.error(request, QualityError(code, number=cycle.number).sentence)
    return redirect(_page_of(cycle))


@requires(QualityPermission.LEAD, on=find_cycle)
def leave(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The municipality does not go on for now, and why."""

    def act(given: dict[str, Any]) -> None:
        actions.leave(cycle, reason=given["reason"], by=request.user)

    page = Page(
        heading=_("Retirar el ciclo del programa"),
        lead=_(
            "Por ejemplo, porque terminó el convenio. Mientras siga retirado no se cierra ninguna etapa, no se envía"
            " nada y no se puede comenzar el ciclo siguiente. Lo escrito se conserva y el ciclo se puede retomar. Sólo"
            " se siguen anotando las transferencias y las rendiciones del apoyo."
        ),
        submit=_("Retirar el ciclo"),
        act=act,
        done=_("El ciclo quedó retirado. Retómelo cuando la municipalidad siga en el programa."),
        back=_page_of(cycle),
        crumbs=cycle_crumbs(cycle),
    )
    return _not_now(request, cycle, is_left=False) or answer(request, ReopenForm(sent(request)), page)


@requires(QualityPermission.LEAD, on=find_cycle)
def come_back(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The cycle goes on where it was left."""

    def act(given: dict[str, Any]) -> None:
        actions.come_back(cycle, reason=given["reason"], by=request.user)

    page = Page(
        heading=_("Retomar el ciclo"),
        lead=_(
            "El ciclo sigue en la etapa en que quedó. Las fechas no se corren solas: muestran el atraso, y se cambian"
            " en la página del proceso."
        ),
        submit=_("Retomar el ciclo"),
        act=act,
        done=_("El ciclo sigue donde quedó. Revise sus fechas."),
        back=_page_of(cycle),
        crumbs=cycle_crumbs(cycle),
    )
    return _not_now(request, cycle, is_left=True) or answer(request, ReopenForm(sent(request)), page)


@requires(QualityPermission.LEAD, on=find_cycle)
def end_unfinished(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """A cycle that will not be taken up again makes room for another."""
    asked = Question(
        heading=_("¿Dejar el ciclo %s sin terminar?") % cycle.number,
        consequence=_(
            "Queda como está, con sus etapas abiertas, y ya no se puede retomar. Termina la tarea de quienes lo"
            " validan. Después se puede comenzar otro ciclo, desde su diagnóstico."
        ),
        confirm=_("Dejarlo sin terminar"),
        act=lambda: actions.end_unfinished(cycle, today=timezone.localdate(), by=request.user),
        done=_("El ciclo quedó sin terminar. Cuando corresponda, comience otro."),
        back=reverse("quality:cycles"),
    )
    return _not_now(request, cycle, is_left=True) or confirm(request, asked)
