"""Stage 5: what is put right at once."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.quality.actions import immediate as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.improvement import FinishImmediateForm, ImmediateForm
from cabildo.quality.models import Cycle, ImmediateAction
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.improvement import stage_crumbs, stage_url
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent


def find_immediate(_user: Any, number: int, pk: int) -> ImmediateAction:
    return get_object_or_404(ImmediateAction.objects.select_related("cycle"), cycle__number=number, pk=pk)


@requires(QualityPermission.LEAD, on=find_cycle)
def add(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    form = ImmediateForm(sent(request), initial={"begins_on": timezone.localdate()})
    page = Page(
        heading=_("Anotar una acción inmediata"),
        lead=_("Lo que se corrige en menos de tres meses, sin matriz ni presupuesto."),
        submit=_("Anotar"),
        act=lambda data: actions.add_immediate(cycle, by=request.user, **_without_revision(data)),
        done=_("Acción anotada. Quien responde la verá en «Mi trabajo»."),
        back=stage_url(cycle, "inmediatas"),
        crumbs=stage_crumbs(cycle),
        draft_key=f"calidad-inmediata-nueva-{cycle.pk}",
    )
    return answer(request, form, page)


def _without_revision(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}


@requires(QualityPermission.LEAD, on=find_immediate)
def edit(request: StaffRequest, shown: ImmediateAction) -> HttpResponse:
    form = ImmediateForm(sent(request), instance=ImmediateAction.objects.get(pk=shown.pk))
    page = Page(
        heading=_("Cambiar la acción inmediata"),
        submit=_("Guardar"),
        act=lambda data: actions.change_immediate(shown, by=request.user, **data),
        done=_("Acción guardada."),
        back=stage_url(shown.cycle, "inmediatas"),
        crumbs=stage_crumbs(shown.cycle),
        draft_key=f"calidad-inmediata-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.FINISH_ACTION, on=find_immediate)
def finish(request: StaffRequest, shown: ImmediateAction) -> HttpResponse:
    """Whoever answers for it says what came of it; whoever leads the cycle may, too."""
    form = FinishImmediateForm(sent(request), initial={"done_on": timezone.localdate()})
    sees_cycle = can(request.user, QualityPermission.VIEW)
    page = Page(
        heading=_("Anotar que se hizo"),
        lead=shown.what,
        submit=_("Anotar"),
        act=lambda data: actions.finish_immediate(shown, today=timezone.localdate(), by=request.user, **data),
        done=_("Acción hecha."),
        back=stage_url(shown.cycle, "inmediatas") if sees_cycle else reverse("desk_home"),
        crumbs=stage_crumbs(shown.cycle) if sees_cycle else [],
        draft_key=f"calidad-inmediata-hecha-{shown.pk}",
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_immediate)
def remove(request: StaffRequest, shown: ImmediateAction) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar la acción inmediata?"),
        consequence=_("Deja de estar en el registro: «%s». Hágalo sólo si se anotó por error.") % shown.what,
        confirm=_("Quitar"),
        act=lambda: actions.remove_immediate(shown, by=request.user),
        done=_("Acción quitada."),
        back=stage_url(shown.cycle, "inmediatas"),
    )
    return confirm(request, asked)
