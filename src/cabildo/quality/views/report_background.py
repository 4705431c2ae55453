"""The background of the report: two texts, and figures each with its year and source."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.quality.actions import report as actions
from cabildo.quality.choices import BackgroundKind, QualityPermission
from cabildo.quality.forms.report import BackgroundForm, FigureForm
from cabildo.quality.models import Background, BackgroundFigure, Cycle
from cabildo.quality.queries import report as queries
from cabildo.quality.shown import report
from cabildo.quality.views.report import find_report, report_crumbs
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb


def find_figure(_user: Any, number: int, pk: int) -> BackgroundFigure:
    figures = BackgroundFigure.objects.select_related("background__cycle")
    return get_object_or_404(figures, background__cycle__number=number, pk=pk)


@dataclass(frozen=True)
class Asked:
    """A figure of a cycle, known or not yet."""

    cycle: Cycle
    kind: BackgroundKind
    year: int | None

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.cycle.municipality_id


def find_asked(user: Any, number: int, slug: str = "presupuesto", year: int | None = None) -> Asked:
    asked = Asked(find_report(user, number), report.SLUGS.get(slug, BackgroundKind.BUDGET), year)
    if (asked.kind, asked.year) not in queries.asked_for(asked.cycle):
        raise Http404
    return asked


def background_url(cycle: Cycle) -> str:
    return reverse("quality:report_background", args=[cycle.number])


def background_crumbs(cycle: Cycle) -> list[Crumb]:
    return [*report_crumbs(cycle), Crumb(_("Antecedentes"), background_url(cycle))]


@requires(QualityPermission.VIEW, on=find_report)
def overview(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """What is known of comuna and municipality, and what is not."""
    told = queries.told(cycle, timezone.localdate())
    context = {
        "cycle": cycle,
        "told": told,
        "lines": report.figures(told),
        "may_lead": may_lead(request, cycle),
        "crumbs": [*report_crumbs(cycle), Crumb(_("Antecedentes"))],
    }
    return render(request, "quality/report_background.html", context)


@requires(QualityPermission.LEAD, on=find_report)
def words(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """How it is organised, and its challenges."""
    form = BackgroundForm(sent(request), instance=Background.objects.filter(cycle=cycle).first())
    page = Page(
        heading=_("Organización y desafíos"),
        lead=_("Quien valida no conoce la comuna: cuente lo que necesita para entender los puntajes."),
        submit=_("Guardar"),
        act=lambda data: actions.save_background(cycle, by=request.user, **data),
        done=_("Antecedentes guardados."),
        back=background_url(cycle),
        crumbs=background_crumbs(cycle),
        draft_key=f"calidad-antecedentes-{cycle.pk}",
        fresh=lambda: Background.objects.get(cycle=cycle),
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_asked)
def figure(request: StaffRequest, asked: Asked) -> HttpResponse:
    """A figure with its year and source; the budget, of one of the last three years."""
    cycle, kind, year, today = asked.cycle, asked.kind, asked.year, timezone.localdate()
    form = FigureForm(sent(request), instance=queries.known_figure(cycle, kind, year), kind=kind, asked_year=year)
    given: dict[str, Any] = {"kind": kind, "asked_year": year, "today": today, "by": request.user} | (
        {"year": year} if year else {}
    )
    page = Page(
        heading=f"{kind.label} {year}" if year else str(kind.label),
        lead=_("Si no se conoce, deje la página sin guardar: en el informe saldrá «sin dato»."),
        submit=_("Guardar"),
        act=lambda data: actions.save_figure(cycle, **given, **data),
        done=_("Dato guardado."),
        back=background_url(cycle),
        crumbs=background_crumbs(cycle),
        draft_key=f"calidad-antecedente-{cycle.pk}-{kind}-{year or ''}",
        fresh=lambda: queries.known_figure(cycle, kind, year),
    )
    return answer(request, form, page)


@requires(QualityPermission.LEAD, on=find_figure)
def forget(request: StaffRequest, shown: BackgroundFigure) -> HttpResponse:
    asked = Question(
        heading=_("¿Quitar el dato?"),
        consequence=_("En el informe saldrá «sin dato» en lugar de «%s».") % shown,
        confirm=_("Quitar"),
        act=lambda: actions.forget_figure(shown, by=request.user),
        done=_("Dato quitado."),
        back=background_url(shown.background.cycle),
    )
    return confirm(request, asked)
