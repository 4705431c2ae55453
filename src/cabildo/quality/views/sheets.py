"""Stage 3: the sheet of an element, kept as it is written, and its figures of several years."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.instruments.actions import evidence, sheets
from cabildo.instruments.models import Sheet, YearFigure
from cabildo.instruments.queries.items import items_of
from cabildo.kit.errors import DomainError
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.evidence import YEARS, SeriesForm
from cabildo.quality.forms.self_assessment import SheetForm
from cabildo.quality.permissions import may_write
from cabildo.quality.queries import goes_on
from cabildo.quality.queries.self_assessment import Place, owed_sheets
from cabildo.quality.shown import self_assessment as shown
from cabildo.quality.shown import sheets as sheet_shown
from cabildo.quality.views.self_assessment import find_begun, stage_crumbs
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb


def find_sheet(user: Any, number: int, element: str) -> Place:
    cycle = find_begun(user, number).cycle
    found = Sheet.objects.filter(assessment=cycle.self_assessment_id).prefetch_related("helpers")
    return Place(cycle, get_object_or_404(found.select_related("department", "written_by"), element=element))


@dataclass(frozen=True)
class FigurePlace(Place):
    """A series of an element, named by any of its figures."""

    indicator: str = ""


def find_figure(user: Any, number: int, element: str, pk: int) -> FigurePlace:
    place = find_sheet(user, number, element)
    figure = get_object_or_404(YearFigure, assessment=place.cycle.self_assessment_id, element=element, pk=pk)
    return FigurePlace(place.cycle, place.sheet, indicator=figure.indicator)


def sheet_url(place: Place, element: str = "", part: str = "") -> str:
    name = element or _sheet(place).element
    return reverse("quality:sheet", args=[place.number, name]) + (f"#{part}" if part else "")


def sheet_crumbs(user: Any, place: Place) -> list[Crumb]:
    return crumbs_for(user, place, Crumb(place.item.label, sheet_url(place)))


def crumbs_for(user: Any, place: Place, label: Crumb) -> list[Crumb]:
    """Whoever sees only some sheets goes back to them."""
    if can(user, QualityPermission.VIEW):
        return stage_crumbs(place.cycle, label)
    return [Crumb(_("Fichas de mi dirección"), reverse("quality:my_sheets")), label]


@requires(QualityPermission.READ_SHEETS, on=find_sheet)
def sheet(request: StaffRequest, place: Place) -> HttpResponse:
    """The question, what is done, the levels as a list; evidence, figures and proposals beside it."""
    return _page(request, place, SheetForm(instance=_sheet(place), item=place.item))


@require_POST
@requires(QualityPermission.WRITE_SHEETS, on=find_sheet)
def write(request: StaffRequest, place: Place) -> HttpResponse:
    """Keep what was typed: to the script, the line below the form; without it, this sheet again or the next."""
    form = SheetForm(request.POST, instance=Sheet.objects.get(pk=_sheet(place).pk), item=place.item)
    refusal = "" if form.is_valid() else _("Revise los campos marcados.")
    if form.is_valid():
        refusal = _kept(request, place, form)
    now = find_sheet(request.user, place.number, _sheet(place).element)
    if request.headers.get("HX-Request"):
        context = {"sheet": now.sheet, "levels": sheet_shown.levels_line(now), "refusal": refusal}
        context |= {"panel": sheet_shown.panel_line(now.item, _sheet(now)), "seen": _seen(request)}
        return render(request, "quality/self_assessment/_saved.html", context)
    if refusal:
        return _page(request, now, form, status=422)
    messages.success(request, _("Ficha guardada."))
    _before, after = shown.neighbours(_names(request.user, place), _sheet(place).element)
    return redirect(sheet_url(place, after if "next" in request.POST else ""))


def _kept(request: StaffRequest, place: Place, form: SheetForm) -> str:
    """Write it; or why not, in words."""
    seen = request.POST.get("over", "")
    given = form.written | ({"revision": int(seen)} if seen.isdigit() else {})
    try:
        sheets.write_sheet(_sheet(place), by=request.user, **given)
    except DomainError as refusal:
        if refusal.code == "stale":
            form.show_conflict(refusal.facts["names"], Sheet.objects.get(pk=_sheet(place).pk))
        else:
            form.add_error(None, refusal.sentence)
        return refusal.sentence
    return ""


def _seen(request: StaffRequest) -> str:
    return request.POST.get("revision", "0")


def _page(request: StaffRequest, place: Place, form: SheetForm, status: int = 200) -> HttpResponse:
    user = request.user
    before, after = shown.neighbours(_names(user, place), _sheet(place).element)
    context = {
        **sheet_shown.context(place, user, timezone.localdate()),
        "form": form,
        "may_write": goes_on(place.cycle) and place.assessment.is_open and may_write(user, place),
        "may_answer": goes_on(place.cycle) and can(user, QualityPermission.ANSWER),
        "before": before,
        "after": after,
        "crumbs": [*sheet_crumbs(user, place)[:-1], Crumb(place.item.label)],
    }
    return render(request, "quality/self_assessment/sheet.html", context, status=status)


def _names(user: Any, place: Place) -> Sequence[str]:
    """The elements that this person goes through, in order: all, or those of their departments."""
    if can(user, QualityPermission.VIEW):
        return [item.id for item in items_of(place.assessment)]
    return [one.item.id for one in owed_sheets(user)]


@requires(QualityPermission.WRITE_SHEETS, on=find_sheet)
def series(request: StaffRequest, place: Place) -> HttpResponse:
    """An indicator year by year; the address names one that exists (`indicador`)."""
    form = _series_form(request, place, _series(place, request.GET.get("indicador", "")))
    page = Page(
        heading=_("Cifras de varios años"),
        lead=_("Una misma fórmula y una misma fuente todos los años. En blanco lo que no se sabe: no es cero."),
        submit=_("Guardar las cifras"),
        act=lambda data: _write_series(request, place, form, data),
        done=_("Cifras guardadas."),
        back=sheet_url(place, part="cifras"),
        crumbs=sheet_crumbs(request.user, place),
    )
    return answer(request, form, page)


def _series(place: Place, indicator: str) -> list[YearFigure]:
    if not indicator:
        return []
    found = place.assessment.figures.filter(element=_sheet(place).element, indicator=indicator).order_by("year")
    if not found:
        raise Http404
    return list(found)


def _series_form(request: StaffRequest, place: Place, found: Sequence[YearFigure]) -> SeriesForm:
    this_year = timezone.localdate().year
    years = sorted({*(one.year for one in found), *range(this_year - YEARS + 1, this_year + 1)}, reverse=True)
    initial: dict[str, Any] = {f"valor_{one.year}": one.value.normalize() for one in found}
    if found:
        last = found[-1]
        initial |= {"indicator": last.indicator, "unit": last.unit, "source": last.source, "evidence": last.evidence_id}
    return SeriesForm(
        sent(request), years=years, papers=place.assessment.evidence.all(), is_new=not found, initial=initial
    )


def _write_series(request: StaffRequest, place: Place, form: SeriesForm, data: dict[str, Any]) -> int:
    told = {name: data[name] for name in ("indicator", "unit", "source", "evidence")}
    element = _sheet(place).element
    return evidence.write_series(place.assessment, element=element, values=form.values, by=request.user, **told)


@requires(QualityPermission.WRITE_SHEETS, on=find_figure)
def series_remove(request: StaffRequest, place: FigurePlace) -> HttpResponse:
    element, indicator = _sheet(place).element, place.indicator
    asked = Question(
        heading=_("¿Quitar las cifras?"),
        consequence=_("Se quitan todos los años de «%s». Hágalo sólo si se anotaron por error.") % indicator,
        confirm=_("Quitar"),
        act=lambda: evidence.remove_series(place.assessment, element=element, indicator=indicator, by=request.user),
        done=_("Cifras quitadas."),
        back=sheet_url(place, part="cifras"),
    )
    return confirm(request, asked)


def _sheet(place: Place) -> Sheet:
    if place.sheet is None:
        raise Http404
    return place.sheet
