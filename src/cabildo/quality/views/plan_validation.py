"""Stage 6: the same validators read the plan and recommend; the municipality reads their report and decides."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.plans.models import PlanNode
from cabildo.plans.queries.tree import tree
from cabildo.quality.actions import plan_validation as actions
from cabildo.quality.choices import QualityPermission, Subject
from cabildo.quality.forms.plan_validation import TAKEN, ConclusionForm, DecideForm, RecommendationForm
from cabildo.quality.models import Cycle, PlanValidation, Recommendation
from cabildo.quality.queries import goes_on, validators
from cabildo.quality.queries import plan_validation as queries
from cabildo.quality.queries.validation import reports_of
from cabildo.quality.shown import validation as shown
from cabildo.quality.shown.since_validated import since_validated
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.hub import cycle_crumbs
from cabildo.quality.views.validation import Desk, find_acting
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb

INDENTS = ("", "ms-3", "ms-4", "ms-5")
VIEW, LEAD, VALIDATE = QualityPermission.VIEW, QualityPermission.LEAD, QualityPermission.VALIDATE


@dataclass(frozen=True)
class PlanDesk:
    """A validator before the plan: their cycle and the reading, once it began; a recommendation of it."""

    desk: Desk
    begun: PlanValidation | None = None
    recommendation: Recommendation | None = None

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.desk.municipality_id

    @property
    def cycle(self) -> Cycle:
        return self.desk.cycle

    @property
    def reading(self) -> PlanValidation:
        """Only of one that `find_begun` let through."""
        if self.begun is None:
            raise LookupError(self.desk.number)
        return self.begun


def find_plan_desk(user: Any, number: int) -> PlanDesk:
    desk = find_acting(user, number)
    return PlanDesk(desk, queries.plan_validation_of(desk.cycle))


def find_begun(user: Any, number: int) -> PlanDesk:
    place = find_plan_desk(user, number)
    if place.begun is None:
        raise Http404
    return place


def find_recommendation(user: Any, number: int, pk: int) -> PlanDesk:
    place = find_begun(user, number)
    mine = Recommendation.objects.filter(validation=place.reading).select_related("validation__cycle", "node")
    return PlanDesk(place.desk, place.begun, get_object_or_404(mine, pk=pk))


def find_issued(user: Any, number: int, pk: int) -> Recommendation:
    """One that the municipality may decide on: of a report that went out."""
    mine = Recommendation.objects.filter(
        validation__cycle=find_cycle(user, number), validation__issued_on__isnull=False
    )
    return get_object_or_404(mine.select_related("validation__cycle"), pk=pk)


def find_plan_out(user: Any, number: int) -> PlanValidation:
    """The reading of the plan, once its report went out."""
    validation = queries.plan_validation_of(find_cycle(user, number))
    if validation is None or validation.issued_on is None:
        raise Http404
    return validation


def plan_url(cycle: Cycle) -> str:
    return reverse("quality:plan_validation", args=[cycle.number])


def plan_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return cycle_crumbs(cycle, Crumb(_("Validación del plan"), plan_url(cycle) if more else ""), *more)


@requires(VALIDATE, on=find_plan_desk)
def overview(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    """The plan as a tree with what is recommended of each part; the conclusion; who read it."""
    context: dict[str, Any] = {
        "cycle": place.cycle,
        "assignment": place.desk.assignment,
        "validation": place.begun,
        "is_sent": place.begun is not None or queries.sent_plan(place.cycle) is not None,
        "crumbs": plan_crumbs(place.cycle),
    }
    if place.begun is not None:
        reading = queries.reading_of(place.begun)
        context |= {
            "reading": reading,
            "lines": _lines(reading),
            "general": reading.by_node.get(None, ()),
            "since": since_validated(place.begun),
            "may_write": goes_on(place.cycle) and place.begun.issued_on is None,
            "may_issue": goes_on(place.cycle) and _may_issue(reading),
        }
    return render(request, "quality/validation/plan.html", context)


@dataclass(frozen=True)
class Line:
    """A part of the plan with the name of its level, how far it is set off, and what is recommended of it."""

    node: PlanNode
    level: str
    indent: str
    found: Sequence[Recommendation]


def _lines(reading: queries.PlanReading) -> list[Line]:
    names, by_node = reading.plan.levels, reading.by_node
    nodes = (branch.node for branch in reading.tree.walk())
    return [
        Line(node, names[node.level], INDENTS[min(node.level, len(INDENTS) - 1)], by_node.get(node.pk, ()))
        for node in nodes
    ]


def _may_issue(reading: queries.PlanReading) -> bool:
    whole = bool(reading.recommendations) and bool(reading.validation.conclusion.strip()) and not reading.is_changed
    return whole and not reading.lost and not reading.unread and reading.validation.issued_on is None


@requires(VALIDATE, on=find_plan_desk)
def begin(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    asked = Question(
        heading=_("¿Comenzar a leer el plan?"),
        consequence=_("Se lee el Plan de Mejoras que la municipalidad envió."),
        confirm=_("Comenzar"),
        act=lambda: actions.begin_plan_review(place.cycle, by=request.user),
        done=_("La lectura del plan comenzó."),
        back=plan_url(place.cycle),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_begun)
def recommend(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    """A part of the plan may be named in the address (`parte`)."""
    form = RecommendationForm(sent(request), nodes=_nodes(place), initial={"node": request.GET.get("parte", "")})
    page = Page(
        heading=_("Escribir una recomendación"),
        submit=_("Agregar"),
        act=lambda data: actions.recommend(place.reading, text=data["text"], node=data["node"], by=request.user),
        done=_("Recomendación agregada."),
        back=plan_url(place.cycle),
        crumbs=plan_crumbs(place.cycle, Crumb(_("Recomendar"))),
        draft_key=f"calidad-recomendacion-nueva-{place.reading.pk}",
    )
    return answer(request, form, page)


def _nodes(place: PlanDesk) -> list[PlanNode]:
    return [branch.node for branch in tree(place.reading.plan).walk()]


@requires(VALIDATE, on=find_recommendation)
def recommendation(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    made: Any = place.recommendation
    form = RecommendationForm(sent(request), instance=Recommendation.objects.get(pk=made.pk), nodes=_nodes(place))
    page = Page(
        heading=_("Cambiar la recomendación"),
        submit=_("Guardar"),
        act=lambda data: actions.change_recommendation(made, by=request.user, **data),
        done=_("Recomendación guardada."),
        back=plan_url(place.cycle),
        crumbs=plan_crumbs(place.cycle, Crumb(_("Recomendar"))),
        draft_key=f"calidad-recomendacion-{made.pk}",
    )
    return answer(request, form, page)


@requires(VALIDATE, on=find_recommendation)
def recommendation_remove(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    made: Any = place.recommendation
    asked = Question(
        heading=_("¿Quitar la recomendación?"),
        consequence=_("No irá en el informe: «%s».") % made.text,
        confirm=_("Quitar"),
        act=lambda: actions.remove_recommendation(made, by=request.user),
        done=_("Recomendación quitada."),
        back=plan_url(place.cycle),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_begun)
def conclusion(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    form = ConclusionForm(sent(request), instance=PlanValidation.objects.get(pk=place.reading.pk))
    page = Page(
        heading=_("Conclusión del informe"),
        submit=_("Guardar"),
        act=lambda data: actions.write_conclusion(place.reading, by=request.user, **data),
        done=_("Conclusión guardada."),
        back=plan_url(place.cycle),
        crumbs=plan_crumbs(place.cycle, Crumb(_("Conclusión"))),
        draft_key=f"calidad-conclusion-{place.reading.pk}",
    )
    return answer(request, form, page)


@requires(VALIDATE, on=find_begun)
def note_read(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    asked = Question(
        heading=_("¿Terminó de leer el plan?"),
        consequence=_("Queda escrito, con la fecha, que usted leyó el plan completo."),
        confirm=_("Terminé de leerlo"),
        act=lambda: actions.note_read(place.reading, by=request.user),
        done=_("Quedó registrado."),
        back=plan_url(place.cycle),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_begun)
def issue(request: StaffRequest, place: PlanDesk) -> HttpResponse:
    asked = Question(
        heading=_("¿Emitir el Informe de Validación del Plan?"),
        consequence=_("La municipalidad lo leerá hoy mismo. Después ya no cambia."),
        confirm=_("Emitir"),
        act=lambda: actions.issue_plan_report(place.reading, today=timezone.localdate(), by=request.user),
        done=_("El informe fue emitido."),
        back=plan_url(place.cycle),
    )
    return confirm(request, asked)


@requires(VIEW, on=find_cycle)
def feedback(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """For the municipality: who reads the plan, and the report with its recommendations once it went out."""
    validation = queries.plan_validation_of(cycle)
    is_out = validation is not None and validation.issued_on is not None
    context = {
        "cycle": cycle,
        "validation": validation,
        "is_out": is_out,
        "since": since_validated(validation),
        "recommendations": list(queries.recommendations_of(validation)) if validation and is_out else [],
        "reports": reports_of(cycle, Subject.PLAN),
        "validators": shown.validators_facts(validators.assignments_of(cycle)),
        "may_validate": can(request.user, VALIDATE) and validators.assignment_for(request.user, cycle) is not None,
        "may_decide": may_lead(request, cycle),
        "crumbs": cycle_crumbs(cycle, Crumb(_("Validación del plan"))),
    }
    return render(request, "quality/validation/plan_feedback.html", context)


@requires(LEAD, on=find_issued)
def decide(request: StaffRequest, made: Recommendation) -> HttpResponse:
    """Whether a recommendation is taken up: who does it and until when, or why not."""
    cycle = made.validation.cycle
    here = reverse("quality:plan_feedback", args=[cycle.number])
    form = DecideForm(sent(request), instance=Recommendation.objects.get(pk=made.pk))
    page = Page(
        heading=_("Decidir sobre la recomendación"),
        lead=made.text,
        submit=_("Guardar"),
        act=lambda data: actions.answer_recommendation(
            made,
            is_taken=data["is_taken"] == TAKEN,
            answer=data["answer"],
            revision=data["revision"],
            today=timezone.localdate(),
            by=request.user,
        ),
        done=_("Decisión guardada."),
        back=here,
        crumbs=cycle_crumbs(cycle, Crumb(_("Validación del plan"), here), Crumb(_("Decidir"))),
        draft_key=f"calidad-decidir-{made.pk}",
    )
    return answer(request, form, page)
