"""Stage 3: how far it is, who writes what, what is missing, its result; begun, closed and opened again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.indicators.responses import as_file
from cabildo.instruments.actions import sheets
from cabildo.instruments.queries.items import items_of
from cabildo.instruments.rules.scoring import State
from cabildo.quality import queries
from cabildo.quality.actions import self_assessment as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.diagnosis import ReopenForm
from cabildo.quality.forms.self_assessment import AssignForm, BeginForm
from cabildo.quality.model_words import standing, words_of
from cabildo.quality.models import Cycle
from cabildo.quality.queries import self_assessment as asked
from cabildo.quality.queries.self_assessment import Place
from cabildo.quality.shown import self_assessment as shown
from cabildo.quality.shown.element_lines import ElementLines
from cabildo.quality.shown.review import review as reviewed
from cabildo.quality.views.diagnosis import crumbs
from cabildo.quality.views.writing import may_lead, may_write
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb


def find_place(_user: Any, number: int) -> Place:
    """The self-assessment of a cycle, begun or not."""
    return Place(get_object_or_404(asked.with_self_assessment(), number=number))


def find_begun(user: Any, number: int) -> Place:
    place = find_place(user, number)
    if place.cycle.self_assessment_id is None:
        raise Http404
    return place


def here(cycle: Cycle, part: str = "") -> str:
    """The page of the whole self-assessment, at one of its parts."""
    return reverse("quality:self_assessment", args=[cycle.number]) + (f"#{part}" if part else "")


def stage_crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return crumbs(cycle, Crumb(f"{cycle} · {_('Autoevaluación')}", here(cycle)), *more)


@requires(QualityPermission.READ_SHEETS, on=find_place)
def overview(request: StaffRequest, place: Place) -> HttpResponse:
    """Every element by criterion with what was written of it; before it begins, what it needs."""
    cycle = place.cycle
    leads = may_lead(request, cycle)
    context = {
        "cycle": cycle,
        "may_lead": leads,
        "may_answer": may_write(request, cycle, QualityPermission.ANSWER),
        "crumbs": crumbs(cycle, Crumb(f"{cycle} · {_('Autoevaluación')}")),
    }
    if cycle.self_assessment is None:
        return render(request, "quality/self_assessment/begin.html", {**context, "models": _models()})
    filled = asked.filled(cycle, timezone.localdate())
    found = shown.rows(filled)
    kept, filters = shown.filtered(filled, found, request.user, request.GET.get("ver", ""))
    words, may_see_consensus = words_of(cycle.self_assessment), can(request.user, QualityPermission.ANSWER)
    lines = ElementLines(cycle, words, may_see_consensus=may_see_consensus)
    criteria = shown.by_criterion(filled, found, kept, lines.drawn)
    context |= {
        "assessment": cycle.self_assessment,
        "standing": standing(cycle.self_assessment.version),
        "words": words,
        "figures": shown.figures(cycle, filled),
        "criteria": criteria,
        "jumps": [(one.label, f"c-{one.result.id}") for one in criteria],
        "may_see_consensus": may_see_consensus,
        "filters": filters,
        "is_filtered": any(one.is_on for one in filters),
        "total": len(found),
        "may_close": not filled.blocking,
        "blank": filled.result.count(State.BLANK),
        "run_pk": queries.run_pk_of(cycle),
        "settled": asked.declaring_refused(cycle) if leads and not cycle.self_assessment.is_open else None,
    }
    return render(request, "quality/self_assessment/overview.html", context)


def _models() -> list[asked.Startable]:
    """Each model in use once, whatever its ways of being marked."""
    return list({one.adopted.version_id: one for one in asked.startable()}.values())


@requires(QualityPermission.LEAD, on=find_place)
def begin(request: StaffRequest, place: Place) -> HttpResponse:
    """Choose the model, which stays pinned; without any to choose, the page of the stage says what is missing."""
    if not asked.models_in_use():
        return redirect(here(place.cycle))
    form = BeginForm(sent(request), startable=asked.startable())
    page = Page(
        heading=_("Comenzar la autoevaluación"),
        lead=_("El modelo y el modo de puntuar no cambian después, aunque se publique otra versión."),
        submit=_("Comenzar"),
        act=lambda _data: actions.begin(place.cycle, by=request.user, **form.chosen),
        done=_("Comenzó la autoevaluación. Asigne las fichas a quienes conocen cada tema."),
        back=here(place.cycle),
        crumbs=stage_crumbs(place.cycle),
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_begun)
def assign(request: StaffRequest, place: Place) -> HttpResponse:
    """Many elements at once to one department; what they had before is replaced."""
    wanted = request.GET.getlist("elemento")
    words = words_of(place.assessment)
    form = AssignForm(sent(request), items=items_of(place.assessment), words=words, initial={"elements": wanted})
    page = Page(
        heading=_("Asignar %s") % words.many,
        lead=_("Marque los %s de una misma dirección. Lo que tenían asignado antes se reemplaza.") % words.many,
        submit=_("Asignar"),
        act=lambda data: sheets.assign(place.assessment, by=request.user, **data),
        done=_("Fichas asignadas. Aparecen en «Mi trabajo» de quienes los escriben."),
        back=here(place.cycle),
        crumbs=stage_crumbs(place.cycle),
    )
    return answer(request, form, page)


@requires(QualityPermission.READ_SHEETS, on=find_begun)
def review(request: StaffRequest, place: Place) -> HttpResponse:
    """All that is missing or does not hold, each with the page where it is mended."""
    filled = asked.filled(place.cycle, timezone.localdate())
    found = reviewed(place.cycle, filled)
    context = {
        "cycle": place.cycle,
        "assessment": place.assessment,
        "reviewed": found,
        "words": words_of(place.assessment),
        "may_lead": may_lead(request, place.cycle),
        "crumbs": stage_crumbs(place.cycle, Crumb(_("Revisión"))),
    }
    return render(request, "quality/self_assessment/review.html", context)


@requires(QualityPermission.LEAD, on=find_begun)
def close(request: StaffRequest, place: Place) -> HttpResponse:
    left = shown.left_blank(asked.filled(place.cycle, timezone.localdate()))
    told = _("Las fichas dejan de cambiar. Nada se envía todavía, y se puede abrir de nuevo con un motivo.")
    asked_for = Question(
        heading=_("¿Cerrar la autoevaluación?"),
        consequence=f"{told} {left}".strip(),
        confirm=_("Cerrar la autoevaluación"),
        act=lambda: actions.close(place.cycle, today=timezone.localdate(), by=request.user),
        done=_("La autoevaluación quedó cerrada. Lo que sigue es reunir el informe."),
        back=here(place.cycle),
    )
    return confirm(request, asked_for)


@requires(QualityPermission.LEAD, on=find_begun)
def reopen(request: StaffRequest, place: Place) -> HttpResponse:
    page = Page(
        heading=_("Abrir de nuevo la autoevaluación"),
        lead=_("Las fichas vuelven a cambiar. El motivo queda en el registro."),
        submit=_("Abrir de nuevo"),
        act=lambda data: actions.reopen(place.cycle, reason=data["reason"], by=request.user),
        done=_("La autoevaluación está abierta otra vez."),
        back=here(place.cycle),
        crumbs=stage_crumbs(place.cycle),
    )
    return answer(request, ReopenForm(sent(request)), page)


@requires(QualityPermission.READ_SHEETS, on=find_begun)
def result(request: StaffRequest, place: Place) -> HttpResponse:
    """The share by criterion, subcriterion and element; as page, PDF or workbook."""
    board = shown.board(place.cycle, asked.filled(place.cycle, timezone.localdate()))
    file = as_file(request, board, "autoevaluacion")
    context = {"board": board, "crumbs": stage_crumbs(place.cycle, Crumb(_("Resultado")))}
    return file or render(request, "quality/result.html", context)


@requires(QualityPermission.WRITE_SHEETS)
def mine(request: StaffRequest) -> HttpResponse:
    """The sheets of one's departments, the first due first."""
    found = asked.owed_sheets(request.user)
    if not found and can(request.user, QualityPermission.VIEW):
        current = asked.with_self_assessment().filter(closed_on=None).exclude(self_assessment=None).first()
        if current is not None:
            return redirect(here(current))
    context = {"sheets": found, "today": timezone.localdate(), "crumbs": [Crumb(_("Fichas de mi dirección"))]}
    return render(request, "quality/self_assessment/mine.html", context)
