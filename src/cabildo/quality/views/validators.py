"""The desk of the validating body: its register of validators, whom it sends where, and what waits for them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts import actions as accounts
from cabildo.accounts.access import AgencyRequest, requires_agency
from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import in_municipalities, in_municipality
from cabildo.quality import queries
from cabildo.quality.actions import validators as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.validators import (
    AssignValidatorForm,
    EndAssignmentForm,
    NewValidatorForm,
    ReplaceValidatorForm,
    ValidatorForm,
)
from cabildo.quality.models import Cycle, Enrolment, Validator, ValidatorAssignment
from cabildo.quality.queries import programme
from cabildo.quality.queries import validation as stage
from cabildo.quality.queries import validators as asked
from cabildo.quality.shown import validators as shown
from cabildo.quality.views.invitations import send_again
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb

COORDINATE = QualityPermission.COORDINATE_VALIDATION


@dataclass(frozen=True)
class Validated:
    """A municipality that the agency validates, with its open cycle; an assignment to it."""

    enrolment: Enrolment
    cycle: Cycle
    assignment: ValidatorAssignment | None = None

    @property
    def slug(self) -> str:
        slug: str = self.enrolment.municipality.slug
        return slug


def find_validator(agency: Agency, pk: int) -> Validator:
    return get_object_or_404(asked.register_of(agency), pk=pk)


def find_validated(agency: Agency, slug: str) -> Validated:
    """One that accepted, whose validating body is this agency, and that has a cycle."""
    mine = programme.enrolments_of(agency).filter(validating_agency=agency).exclude(accepted_on=None)
    enrolment = get_object_or_404(mine, municipality__slug=slug)
    with in_municipality(enrolment.municipality):
        cycle = queries.open_cycle()
    if cycle is None:
        raise Http404
    return Validated(enrolment, cycle)


def find_assignment(agency: Agency, slug: str, pk: int) -> Validated:
    place = find_validated(agency, slug)
    with in_municipality(place.enrolment.municipality):
        found = ValidatorAssignment.objects.filter(cycle=place.cycle, ended_on=None)
        assignment = get_object_or_404(found.select_related("validator__user", "cycle"), pk=pk)
    return Validated(place.enrolment, place.cycle, assignment)


def _register_crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Validadores"), reverse("programme:validators") if more else ""), *more]


@requires_agency(COORDINATE)
def register(request: AgencyRequest) -> HttpResponse:
    """Who is trained, until when, where they work, and how many cycles they have before them."""
    with in_municipalities(programme.accepted_ids(request.agency)):
        load = shown.load(asked.queue(request.agency))
    rows = shown.register_rows(asked.register_of(request.agency), load, timezone.localdate())
    context = {"rows": rows, "crumbs": _register_crumbs()}
    return render(request, "quality/agency/validators.html", context)


@requires_agency(COORDINATE)
def add(request: AgencyRequest) -> HttpResponse:
    """Enter somebody in the register; whoever has no account gets one, and the mail that opens it."""
    page = Page(
        heading=_("Inscribir a un validador"),
        lead=_("El registro dice quién se formó para validar y hasta cuándo."),
        submit=_("Inscribir"),
        act=lambda data: _entered(request, data),
        done=_("Validador inscrito."),
        back=reverse("programme:validators"),
        crumbs=_register_crumbs(Crumb(_("Inscribir"))),
        draft_key=f"calidad-validador-nuevo-{request.agency.pk}",
    )
    return answer(request, NewValidatorForm(sent(request)), page)


def _entered(request: AgencyRequest, data: dict[str, Any]) -> Validator:
    given = {name: value for name, value in data.items() if name not in {"full_name", "email", "revision"}}
    user, is_new = accounts.save_official(email=data["email"], full_name=data["full_name"], by=request.user)
    validator = actions.register_validator(
        request.agency, user=user, today=timezone.localdate(), by=request.user, **given
    )
    if is_new:
        accounts.invite_user(user, by=request.user, agency=request.agency)
    return validator


@require_POST
@requires_agency(COORDINATE, on=find_validator)
def invite_again(request: AgencyRequest, validator: Validator) -> HttpResponse:
    return send_again(request, validator.user, reverse("programme:validators"))


@requires_agency(COORDINATE, on=find_validator)
def edit(request: AgencyRequest, validator: Validator) -> HttpResponse:
    form = ValidatorForm(sent(request), instance=Validator.objects.get(pk=validator.pk))
    page = Page(
        heading=str(validator),
        submit=_("Guardar"),
        act=lambda data: actions.change_validator(validator, today=timezone.localdate(), by=request.user, **data),
        done=_("Validador guardado."),
        back=reverse("programme:validators"),
        crumbs=_register_crumbs(Crumb(str(validator))),
        draft_key=f"calidad-validador-{validator.pk}",
    )
    return answer(request, form, page)


@requires_agency(COORDINATE)
def queue(request: AgencyRequest) -> HttpResponse:
    """Every municipality that the agency validates, with its validators and where each validation stands."""
    with in_municipalities(programme.accepted_ids(request.agency)):
        rows = shown.queue_rows(request.agency)
    return render(request, "quality/agency/validation_queue.html", {"rows": rows, "crumbs": [Crumb(_("Validación"))]})


def _place_crumbs(place: Validated, *more: Crumb) -> list[Crumb]:
    start = Crumb(_("Validación"), reverse("programme:validation_queue"))
    here = reverse("programme:municipality_validators", args=[place.slug]) if more else ""
    return [start, Crumb(str(place.enrolment.municipality), here), *more]


def _place_url(place: Validated) -> str:
    return reverse("programme:municipality_validators", args=[place.slug])


@requires_agency(COORDINATE, on=find_validated)
def municipality(request: AgencyRequest, place: Validated) -> HttpResponse:
    """Who validates it, what they declared, who took over from whom; how far it is, without any mark."""
    with in_municipality(place.enrolment.municipality):
        validation = stage.validation_of(place.cycle)
        context = {
            "enrolment": place.enrolment,
            "cycle": place.cycle,
            "validation": validation,
            "assignments": asked.assignments_of(place.cycle),
            "goes_on": (goes_on := queries.goes_on(place.cycle)),
            "takes_another": goes_on and asked.takes_another(place.cycle),
            "steps": shown.steps(validation),
            "crumbs": _place_crumbs(place),
        }
        return render(request, "quality/agency/municipality_validators.html", context)


@requires_agency(COORDINATE, on=find_validated)
def assign(request: AgencyRequest, place: Validated) -> HttpResponse:
    form = AssignValidatorForm(sent(request), register=asked.register_of(request.agency))
    page = Page(
        heading=_("Asignar un validador"),
        lead=_("Validará la autoevaluación y, después, el Plan de Mejoras de %s.") % place.enrolment.municipality,
        submit=_("Asignar"),
        act=lambda data: _assigned(request, place, data["validator"]),
        done=_("Validador asignado."),
        back=_place_url(place),
        crumbs=_place_crumbs(place, Crumb(_("Asignar"))),
    )
    return answer(request, form, page)


def _assigned(request: AgencyRequest, place: Validated, validator: Validator) -> None:
    with in_municipality(place.enrolment.municipality):
        actions.assign(place.cycle, validator=validator, today=timezone.localdate(), by=request.user)


@requires_agency(COORDINATE, on=find_assignment)
def replace(request: AgencyRequest, place: Validated) -> HttpResponse:
    """By force majeure alone; the report says who, whom and why."""
    form = ReplaceValidatorForm(sent(request), register=asked.register_of(request.agency))
    page = Page(
        heading=_("Reemplazar a %s") % place.assignment,
        lead=_("El plan lo leen los mismos validadores. Sólo se reemplaza por fuerza mayor."),
        submit=_("Reemplazar"),
        act=lambda data: _replaced(request, place, data),
        done=_("Reemplazo registrado."),
        back=_place_url(place),
        crumbs=_place_crumbs(place, Crumb(_("Reemplazar"))),
    )
    return answer(request, form, page)


def _replaced(request: AgencyRequest, place: Validated, data: dict[str, Any]) -> None:
    assignment: Any = place.assignment
    with in_municipality(place.enrolment.municipality):
        actions.replace(assignment, today=timezone.localdate(), by=request.user, **data)


@requires_agency(COORDINATE, on=find_assignment)
def end(request: AgencyRequest, place: Validated) -> HttpResponse:
    page = Page(
        heading=_("Terminar la asignación de %s") % place.assignment,
        lead=_("Si ya validó la autoevaluación, alguien debe reemplazarle para leer el plan."),
        submit=_("Terminar"),
        act=lambda data: _ended(request, place, data),
        done=_("Asignación terminada."),
        back=_place_url(place),
        crumbs=_place_crumbs(place, Crumb(_("Terminar"))),
    )
    return answer(request, EndAssignmentForm(sent(request), initial={"on": timezone.localdate()}), page)


def _ended(request: AgencyRequest, place: Validated, data: dict[str, Any]) -> None:
    assignment: Any = place.assignment
    with in_municipality(place.enrolment.municipality):
        actions.end_assignment(assignment, today=timezone.localdate(), by=request.user, **data)
