"""The accreditation line: how the cycle goes on in it, and the services that it presents."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.quality import queries
from cabildo.quality.actions import accreditation as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.accreditation import ServiceForm, WithdrawForm
from cabildo.quality.models import Cycle, Service
from cabildo.quality.queries import accreditation as asked
from cabildo.quality.queries.validators import assignment_for
from cabildo.quality.shown import accreditation as shown
from cabildo.quality.shown.programme import left_processes
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.hub import cycle_crumbs
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb

VIEW, LEAD, ANSWER, VALIDATE = (
    QualityPermission.VIEW,
    QualityPermission.LEAD,
    QualityPermission.ANSWER,
    QualityPermission.VALIDATE,
)


def find_service(_user: Any, number: int, pk: int) -> Service:
    return get_object_or_404(Service.objects.select_related("cycle"), cycle__number=number, pk=pk)


def line_url(cycle: Cycle, part: str = "") -> str:
    return reverse("quality:accreditation", args=[cycle.number]) + (f"#{part}" if part else "")


def line_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return cycle_crumbs(cycle, Crumb(_("Línea de acreditación"), line_url(cycle) if more else ""), *more)


def within(cycle: Cycle) -> list[Crumb]:
    """The way to a form of the line."""
    return cycle_crumbs(cycle, Crumb(_("Línea de acreditación"), line_url(cycle)))


@requires(VIEW, on=find_cycle)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The services presented, and the points of both sides as they were sealed."""
    found, run = asked.accreditation_of(cycle), queries.run_of(cycle)
    is_open = queries.goes_on(cycle) and asked.is_of_the_line(run)
    context = {
        "cycle": cycle,
        "found": found,
        "layers": shown.layers(found),
        "sealed": frozenset(pk for one in found.layers for pk in one.services),
        "dropped": shown.dropped_words(found),
        "left": left_processes(cycle),
        "run": run,
        "follows": asked.is_of_the_line(run),
        "may_lead": is_open and can(request.user, LEAD),
        "may_declare": is_open and bool(found.services) and can(request.user, ANSWER),
        "may_validate": is_open and found.declared is not None and _acts(request, cycle),
        "crumbs": line_crumbs(cycle),
    }
    return render(request, "quality/accreditation.html", context)


def _acts(request: StaffRequest, cycle: Cycle) -> bool:
    """Is this person sent to validate the cycle, without conflict?"""
    if not can(request.user, VALIDATE):
        return False
    assignment = assignment_for(request.user, cycle)
    return assignment is not None and assignment.may_act


@requires(LEAD, on=find_cycle)
def follow(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """What it changes, said before it is done."""
    goes_on = asked.left_run(cycle, of_the_line=True) is not None
    asked_for = Question(
        heading=_("¿Seguir en el proceso de la línea de acreditación?"),
        consequence=_(
            "El ciclo retoma la acreditación donde quedó, con sus servicios y puntos. El proceso que sigue hoy se"
            " retira y se puede leer."
        )
        if goes_on
        else _(
            "El ciclo sigue en los siete pasos de la acreditación. El diagnóstico queda cerrado y no se repite; el"
            " proceso anterior se retira. Sólo el organismo del programa puede corregir después la línea."
        ),
        confirm=_("Seguir en la acreditación"),
        act=lambda: actions.follow_line(cycle, today=timezone.localdate(), by=request.user),
        done=_("El ciclo sigue en la línea de acreditación. Elija los servicios que presenta."),
        back=reverse("quality:line", args=[cycle.number]),
    )
    return confirm(request, asked_for)


@requires(LEAD, on=find_cycle)
def service_add(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    page = Page(
        heading=_("Agregar un servicio"),
        lead=_("Un servicio que la municipalidad presenta para acreditar, con la dirección que responde por él."),
        submit=_("Agregar"),
        act=lambda data: actions.choose_service(cycle, by=request.user, **_without_revision(data)),
        done=_("Servicio agregado."),
        back=line_url(cycle, "servicios"),
        crumbs=within(cycle),
        draft_key=f"calidad-servicio-nuevo-{cycle.pk}",
    )
    return answer(request, ServiceForm(sent(request)), page)


def _without_revision(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}


@requires(LEAD, on=find_service)
def service(request: StaffRequest, held: Service) -> HttpResponse:
    """Its name, its department, what it delivers and why it was chosen."""
    form = ServiceForm(sent(request), instance=Service.objects.get(pk=held.pk))
    page = Page(
        heading=_("Cambiar el servicio"),
        submit=_("Guardar"),
        act=lambda data: actions.change_service(held, by=request.user, **data),
        done=_("Servicio guardado."),
        back=line_url(held.cycle, "servicios"),
        crumbs=within(held.cycle),
        draft_key=f"calidad-servicio-{held.pk}",
    )
    return answer(request, form, page)


@requires(LEAD, on=find_service)
def service_remove(request: StaffRequest, held: Service) -> HttpResponse:
    asked_for = Question(
        heading=_("¿Quitar el servicio?"),
        consequence=_("Deja de estar entre los que se presentan: «%s».") % held.name,
        confirm=_("Quitar"),
        act=lambda: actions.remove_service(held, by=request.user),
        done=_("Servicio quitado."),
        back=line_url(held.cycle, "servicios"),
    )
    return confirm(request, asked_for)


@requires(LEAD, on=find_service)
def service_withdraw(request: StaffRequest, held: Service) -> HttpResponse:
    """It drops out, on a day and for a reason; the page says first what stays."""
    page = Page(
        heading=_("Retirar el servicio «%s»") % held.name,
        lead=_(
            "Deja de presentarse desde ese día. Los puntos que ya se sellaron quedan como están y dicen que se retiró."
            " Para que el nivel no lo cuente, después se sellan los puntos de nuevo sin él. Esto no se deshace: si"
            " vuelve, se agrega otra vez."
        ),
        submit=_("Retirar el servicio"),
        act=lambda data: actions.withdraw_service(held, today=timezone.localdate(), by=request.user, **data),
        done=_("Servicio retirado."),
        back=line_url(held.cycle, "servicios"),
        crumbs=within(held.cycle),
        draft_key=f"calidad-servicio-retirar-{held.pk}",
    )
    return answer(request, WithdrawForm(sent(request), initial={"on": timezone.localdate()}), page)
