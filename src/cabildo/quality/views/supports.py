"""Stage 1: what the programme gives, and where its money went."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.quality.actions import supports as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.supports import MovementForm, SupportForm
from cabildo.quality.models import Cycle, Support, SupportMovement
from cabildo.quality.shown import entry
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.entry import entry_crumbs, entry_url
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent


def find_support(_user: Any, number: int, pk: int) -> Support:
    return get_object_or_404(Support.objects.select_related("cycle"), cycle__number=number, pk=pk)


def find_movement(_user: Any, number: int, pk: int) -> SupportMovement:
    movements = SupportMovement.objects.select_related("support__cycle")
    return get_object_or_404(movements, support__cycle__number=number, pk=pk)


@requires(QualityPermission.SUPPORT, on=find_cycle)
def add(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    form = SupportForm(sent(request))
    page = Page(
        heading=_("Registrar un apoyo"),
        lead=_("Qué da el programa a la municipalidad, qué paga y por qué le corresponde."),
        submit=_("Registrar"),
        act=lambda data: actions.record_support(cycle, **_values(request, data)),
        done=_("Apoyo registrado."),
        back=entry_url(cycle, "apoyo"),
        crumbs=entry_crumbs(cycle),
        draft_key=f"calidad-apoyo-nuevo-{cycle.pk}",
    )
    return answer(request, form, page)


def _values(request: StaffRequest, data: dict[str, Any]) -> dict[str, Any]:
    written = {name: value for name, value in data.items() if name != "revision"}
    return {**written, "today": timezone.localdate(), "by": request.user}


@requires(QualityPermission.SUPPORT, on=find_support)
def edit(request: StaffRequest, shown: Support) -> HttpResponse:
    form = SupportForm(sent(request), instance=Support.objects.get(pk=shown.pk))
    page = Page(
        heading=_("Cambiar el apoyo"),
        submit=_("Guardar"),
        act=lambda data: actions.change_support(shown, today=timezone.localdate(), by=request.user, **data),
        done=_("Apoyo guardado."),
        back=entry_url(shown.cycle, "apoyo"),
        crumbs=entry_crumbs(shown.cycle),
        draft_key=f"calidad-apoyo-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.SUPPORT, on=find_support)
def remove(request: StaffRequest, shown: Support) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar el apoyo?"),
        consequence=_("Deja de estar en el registro: «%s». Hágalo sólo si se anotó por error.") % shown.pays,
        confirm=_("Quitar"),
        act=lambda: actions.remove_support(shown, by=request.user),
        done=_("Apoyo quitado."),
        back=entry_url(shown.cycle, "apoyo"),
    )
    return confirm(request, asked)


@requires(QualityPermission.SUPPORT, on=find_support)
def movement_add(request: StaffRequest, shown: Support) -> HttpResponse:
    """A transfer that came in, or accounts that were rendered."""
    form = MovementForm(sent(request), initial={"on": timezone.localdate()})
    page = Page(
        heading=_("Anotar un movimiento"),
        lead=shown.pays,
        submit=_("Anotar"),
        act=lambda data: actions.record_movement(shown, **_values(request, data)),
        done=_("Movimiento anotado."),
        back=entry_url(shown.cycle, "apoyo"),
        crumbs=entry_crumbs(shown.cycle),
        draft_key=f"calidad-movimiento-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.SUPPORT, on=find_movement)
def movement_remove(request: StaffRequest, shown: SupportMovement) -> HttpResponse:
    words = {"what": shown.get_kind_display(), "amount": entry.pesos(shown.amount_clp), "paper": shown.paper}
    asked = Question(
        heading=_("¿Quitar el movimiento?"),
        consequence=_("Se quita la %(what)s de %(amount)s, %(paper)s. Hágalo sólo si se anotó por error.") % words,
        confirm=_("Quitar"),
        act=lambda: actions.remove_movement(shown, by=request.user),
        done=_("Movimiento quitado."),
        back=entry_url(shown.support.cycle, "apoyo"),
    )
    return confirm(request, asked)
