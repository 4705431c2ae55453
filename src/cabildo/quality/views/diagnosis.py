"""Stage 0: one consensus answer a question, what it includes said aloud, then the level and the line it proposes."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.indicators.responses import as_file
from cabildo.instruments import actions as instruments
from cabildo.instruments import queries as answered
from cabildo.instruments.errors import InstrumentsError
from cabildo.quality import actions, queries
from cabildo.quality.choices import QualityPermission
from cabildo.quality.errors import QualityError
from cabildo.quality.forms.diagnosis import AnswerForm, MeetingForm, ReopenForm
from cabildo.quality.models import Cycle
from cabildo.quality.queries import goes_on
from cabildo.quality.queries.acta import acta_behind
from cabildo.quality.shown import diagnosis, timer
from cabildo.quality.views.questions import Question, form_for, questions_of
from cabildo.quality.views.writing import may_lead, may_write
from cabildo.ui.parts import Crumb


@dataclass(frozen=True)
class Place:
    """An area of the diagnosis of a cycle, and a question in it."""

    cycle: Cycle
    area: str
    question: str = ""

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id


def find_place(user: Any, number: int, code: str, question: str = "") -> Place:
    return Place(find_cycle(user, number), code, question)


def find_cycle(_user: Any, number: int) -> Cycle:
    return get_object_or_404(queries.cycles().exclude(diagnosis=None), number=number)


def crumbs(cycle: Cycle, *more: Crumb) -> list[Crumb]:
    return [Crumb(_("Calidad"), reverse("quality:cycles")), *more]


@requires(QualityPermission.VIEW, on=find_cycle)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Every area with what is missing, and the gate of the end."""
    found = diagnosis.areas(_of(cycle))
    behind = acta_behind(cycle) if goes_on(cycle) else None
    context = {
        "cycle": cycle,
        "assessment": cycle.diagnosis,
        "areas": found,
        "next": next((area for area in found if not area.is_done), None),
        "standing": diagnosis.standing(_of(cycle).version),
        "notice": answered.instrument(_of(cycle))["settings"].get("notice", ""),
        **_clock(cycle, found),
        "run": queries.run_of(cycle),
        "may_lead": may_lead(request, cycle),
        "settled": None if _of(cycle).is_open or not goes_on(cycle) else queries.reopening_refused(cycle),
        "behind": behind,
        "behind_words": diagnosis.behind_words(behind) if behind else "",
        "crumbs": crumbs(cycle, Crumb(str(cycle))),
    }
    return render(request, "quality/diagnosis.html", context)


def _clock(cycle: Cycle, found: list[diagnosis.AreaProgress]) -> dict[str, Any]:
    """The time of its meeting and how far the questions are. One query."""
    meeting = queries.diagnosis_meeting(cycle)
    return {"meeting": meeting, "clock": timer.clock(_of(cycle), found, meeting, timezone.now())}


@requires(QualityPermission.VIEW, on=find_cycle)
def clock(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The same as of now, for the pages that show it: they ask once a minute."""
    if not request.headers.get("HX-Request"):
        return redirect("quality:diagnosis", number=cycle.number)
    context = {"cycle": cycle, "assessment": cycle.diagnosis, **_clock(cycle, diagnosis.areas(_of(cycle)))}
    return render(request, "quality/_clock.html", context)


@requires(QualityPermission.VIEW, on=find_place)
def area(request: StaffRequest, asked: Place) -> HttpResponse:
    """The questions of an area: who answers keeps each by itself, everybody else reads them with their dissent."""
    cycle, code = asked.cycle, asked.area
    found = diagnosis.areas(_of(cycle))
    place = next((index for index, one in enumerate(found) if one.code == code), None)
    if place is None:
        raise Http404
    here = reverse("quality:diagnosis", args=[cycle.number])
    context = {
        "cycle": cycle,
        "area": found[place],
        "questions": questions_of(_of(cycle), code),
        "assessment": cycle.diagnosis,
        "is_open": _of(cycle).is_open,
        **_clock(cycle, found),
        "may_answer": _of(cycle).is_open and may_write(request, cycle, QualityPermission.ANSWER),
        "previous": found[place - 1] if place else None,
        "next": found[place + 1] if place + 1 < len(found) else None,
        "crumbs": crumbs(cycle, Crumb(str(cycle), here), Crumb(found[place].label)),
    }
    return render(request, "quality/area.html", context)


@require_POST
@requires(QualityPermission.ANSWER, on=find_place)
def answer(request: StaffRequest, asked: Place) -> HttpResponse:
    """Keep one answer: the question again for htmx, the page of its area without."""
    cycle, code, question = asked.cycle, asked.area, asked.question
    shown = next((one for one in questions_of(_of(cycle), code) if one.code == question), None)
    if shown is None:
        raise Http404
    form = form_for(_of(cycle), shown.body, data=request.POST)
    saved = form.is_valid() and _kept(cycle, shown, form, request)
    if not request.headers.get("HX-Request") and saved:
        return redirect(reverse("quality:diagnosis_area", args=[cycle.number, code]) + f"#{question}")
    again = next(one for one in questions_of(_of(cycle), code) if one.code == question)
    context = {
        "cycle": cycle,
        "area_code": code,
        "question": again if saved else again.with_form(form),
        "may_answer": True,
        "saved": saved,
    }
    page = "quality/_question.html" if request.headers.get("HX-Request") else "quality/question.html"
    drawn = render(request, page, context)
    if saved:
        drawn["HX-Trigger"] = "answered"
    return drawn


def _kept(cycle: Cycle, shown: Question, form: AnswerForm, request: StaffRequest) -> bool:
    given = form.cleaned_data
    try:
        instruments.answer(
            assessment=_of(cycle),
            question=shown.code,
            said=form.said,
            dissent=given["dissent"],
            confirms=given["confirms"],
            revision=given["revision"] or 0,
            by=request.user,
        )
    except InstrumentsError as refusal:
        form.add_error("confirms" if refusal.code == "confirmation_missing" else None, refusal.sentence)
        return False
    return True


@requires(QualityPermission.LEAD, on=find_cycle)
def meeting(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Plan the working meeting; the call, who comes, the time and the acta are pages of the meeting."""
    here = reverse("quality:diagnosis", args=[cycle.number])
    known = queries.diagnosis_meeting(cycle)
    if known is not None:
        return redirect("meetings:detail", meeting_id=known.pk)
    form = MeetingForm(request.POST or None)
    if cycle.closed_on is not None:
        messages.error(request, QualityError("cycle_closed", number=cycle.number).sentence)
        return redirect(here)
    if form.is_valid():
        given = {"starts_at": form.starts_at, "place": form.cleaned_data["place"]}
        try:
            planned = actions.plan_diagnosis_meeting(cycle, by=request.user, **given)
        except QualityError as refusal:
            form.add_error(refusal.field or None, refusal.sentence)
        else:
            messages.success(request, _("Reunión planificada. Agregue a quienes participarán y convóquelos."))
            return redirect("meetings:detail", meeting_id=planned.pk)
    context = {
        "heading": _("Reunión del diagnóstico"),
        "lead": _("Invite a quienes conocen cómo se trabaja en cada dirección. Preside la alcaldía."),
        "form": form,
        "submit_label": _("Planificar la reunión"),
        "cancel_url": here,
        "crumbs": crumbs(cycle, Crumb(str(cycle), here), Crumb(_("Reunión"))),
    }
    return render(request, "ui/form_page.html", context)


@requires(QualityPermission.LEAD, on=find_cycle)
def close(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """End the answers: afterwards they stand as they are."""
    here = reverse("quality:diagnosis", args=[cycle.number])
    if request.method == "POST":
        try:
            actions.close_diagnosis(cycle, by=request.user)
        except (InstrumentsError, QualityError) as refusal:
            messages.error(request, refusal.sentence)
            return redirect(here)
        messages.success(request, _("El diagnóstico quedó cerrado. Este es su resultado."))
        if (behind := acta_behind(find_cycle(request.user, cycle.number))) is not None:
            messages.warning(request, diagnosis.behind_words(behind))
        return redirect("quality:diagnosis_result", number=cycle.number)
    context = {
        "heading": _("¿Cerrar el diagnóstico?"),
        "consequence": _("Las respuestas ya no cambian y se calcula el nivel. Se puede abrir de nuevo, con motivo."),
        "confirm_label": _("Cerrar el diagnóstico"),
        "cancel_url": here,
    }
    return render(request, "ui/confirm.html", context)


@require_POST
@requires(QualityPermission.LEAD, on=find_cycle)
def write_acta(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Put what was answered into the acta that is open to be corrected."""
    try:
        written = actions.write_acta(cycle, by=request.user)
    except QualityError as refusal:
        messages.error(request, refusal.sentence)
    else:
        told = ngettext("El acta recibió un punto.", "El acta recibió %d puntos.", written)
        messages.success(request, told % written if written != 1 else told)
    return redirect("quality:diagnosis", number=cycle.number)


@requires(QualityPermission.LEAD, on=find_cycle)
def reopen(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """Correct what was closed, with its reason."""
    here = reverse("quality:diagnosis", args=[cycle.number])
    form = ReopenForm(request.POST or None)
    if form.is_valid():
        try:
            actions.reopen_diagnosis(cycle, reason=form.cleaned_data["reason"], by=request.user)
        except (InstrumentsError, QualityError) as refusal:
            messages.error(request, refusal.sentence)
        else:
            messages.success(request, _("El diagnóstico está abierto otra vez."))
        return redirect(here)
    context = {
        "heading": _("¿Abrir de nuevo el diagnóstico?"),
        "consequence": _("El nivel y la línea que propone dejan de valer hasta que se cierre otra vez."),
        "confirm_label": _("Abrir de nuevo"),
        "cancel_url": here,
        "form": form,
    }
    return render(request, "ui/confirm.html", context)


@requires(QualityPermission.VIEW, on=find_cycle)
def result(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The share, the level, the areas; as page, PDF or workbook."""
    if _of(cycle).is_open:
        messages.info(request, _("El resultado se calcula cuando el diagnóstico se cierra."))
        return redirect("quality:diagnosis", number=cycle.number)
    board = diagnosis.board(cycle)
    here = reverse("quality:diagnosis", args=[cycle.number])
    context = {"board": board, "cycle": cycle, "crumbs": crumbs(cycle, Crumb(str(cycle), here), Crumb(_("Resultado")))}
    return as_file(request, board, "diagnostico") or render(request, "quality/result.html", context)


def _of(cycle: Cycle) -> Any:
    return cycle.diagnosis
