"""Stage 4, as the municipality sees it: who validates, where it stands, the report once issued, its observations."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.instruments.queries.items import items_of
from cabildo.quality.actions import feedback as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.validation import ObservationForm
from cabildo.quality.models import Cycle, Validation
from cabildo.quality.queries import validation as queries
from cabildo.quality.queries import validators
from cabildo.quality.rules.validation import OPEN_TO_OBSERVE, OUT, SETTLED_FROM
from cabildo.quality.shown import validation as shown
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.hub import cycle_crumbs
from cabildo.quality.views.writing import may_lead, may_write
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb

VIEW, ANSWER, LEAD, VALIDATE = (
    QualityPermission.VIEW,
    QualityPermission.ANSWER,
    QualityPermission.LEAD,
    QualityPermission.VALIDATE,
)


def find_out(user: Any, number: int) -> Validation:
    """The validation, once its report went out."""
    validation = queries.validation_of(find_cycle(user, number))
    if validation is None or validation.state not in OUT:
        raise Http404
    return validation


def feedback_url(cycle: Cycle, part: str = "") -> str:
    return reverse("quality:feedback", args=[cycle.number]) + (f"#{part}" if part else "")


def feedback_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return cycle_crumbs(cycle, Crumb(_("Retroalimentación"), feedback_url(cycle) if more else ""), *more)


@requires(VIEW, on=find_cycle)
def feedback(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Until the report goes out, only who validates and where it stands: no mark of theirs."""
    validation = queries.validation_of(cycle)
    context: dict[str, Any] = {
        "cycle": cycle,
        "validation": validation,
        "steps": shown.steps(validation),
        "validators": shown.validators_facts(validators.assignments_of(cycle)),
        "agency": validators.validating_agency(),
        "may_validate": can(request.user, VALIDATE) and validators.assignment_for(request.user, cycle) is not None,
        "crumbs": feedback_crumbs(cycle),
    }
    if validation is not None and validation.state in OUT:
        told = _told(request, validation)
        context |= {**told, "board": replace(told["board"], panels=told["board"].panels[:1])}
    return render(request, "quality/validation/feedback.html", context)


def _told(request: StaffRequest, validation: Validation) -> dict[str, Any]:
    whole, reports = queries.whole_of(validation), queries.reports_of(validation.cycle)
    told = queries.told(reports[0])
    parts = shown.findings_by_part(whole, told.findings)
    criteria = dict.fromkeys(part.criterion for part in parts)
    observations = validation.observations.select_related("made_by", "replied_by")
    sent_on = told.report.issued_at
    return {
        "board": shown.board(whole, told.consensus, told.findings),
        "told": told,
        "moved": shown.moved(whole, told.consensus),
        "parts": parts,
        "jumps": [(label, f"criterio-{place}") for place, label in enumerate(criteria, start=1)],
        "agreement": shown.agreement(whole, told.consensus),
        "reports": reports,
        "observations": [(one, one.replied_at is not None and one.replied_at <= sent_on) for one in observations],
        "may_observe": validation.state in OPEN_TO_OBSERVE and may_write(request, validation.cycle, ANSWER),
        "may_settle": validation.state in SETTLED_FROM and may_lead(request, validation.cycle),
        "history": shown.history(validation),
    }


@requires(ANSWER, on=find_out)
def observe(request: StaffRequest, validation: Validation) -> HttpResponse:
    items = items_of(validation.declared.assessment)
    parts = list({item.part["id"]: item.part["label"] for item in items}.items())
    form = ObservationForm(sent(request), parts=parts, initial={"subcriterion": request.GET.get("parte", "")})
    page = Page(
        heading=_("Observar el informe"),
        lead=_("Si hay un error de hecho, diga cuál y qué documento lo muestra. Los validadores responderán."),
        submit=_("Enviar la observación"),
        act=lambda data: actions.observe(validation, by=request.user, **data),
        done=_("Observación enviada."),
        back=feedback_url(validation.cycle, "observaciones"),
        crumbs=feedback_crumbs(validation.cycle, Crumb(_("Observar"))),
        draft_key=f"calidad-observacion-{validation.pk}",
    )
    return answer(request, form, page)


@requires(LEAD, on=find_out)
def settle(request: StaffRequest, validation: Validation) -> HttpResponse:
    """The municipality has nothing more to observe."""
    asked = Question(
        heading=_("¿Aceptar el informe como firme?"),
        consequence=_("Ya no se podrá observar. Con él se diseña el Plan de Mejoras."),
        confirm=_("Aceptar el informe"),
        act=lambda: actions.settle(validation, by=request.user),
        done=_("El informe quedó firme."),
        back=feedback_url(validation.cycle),
    )
    return confirm(request, asked)
