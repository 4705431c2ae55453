"""The accreditation line: the points of each side, sealed with their paper, and the level they give."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as say

from cabildo.accounts.access import StaffRequest, requires
from cabildo.documents import papers, word
from cabildo.indicators.responses import as_file
from cabildo.quality import accreditation_paper
from cabildo.quality.actions import accreditation as actions
from cabildo.quality.actions.accreditation import Given
from cabildo.quality.choices import PointsSide, QualityPermission
from cabildo.quality.errors import QualityError
from cabildo.quality.forms.accreditation import PointsForm
from cabildo.quality.models import Cycle, PointsLayer
from cabildo.quality.queries import accreditation as asked
from cabildo.quality.queries import run_of
from cabildo.quality.shown import accreditation as shown
from cabildo.quality.views.accreditation import line_crumbs, line_url, within
from cabildo.quality.views.diagnosis import find_cycle
from cabildo.quality.views.report import attached
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.lists import FORMAT
from cabildo.ui.parts import Crumb

PAPERS = {"pdf": papers.pdf, "docx": word.docx}
type Seal = Callable[[Given], PointsLayer]


@requires(QualityPermission.ANSWER, on=find_cycle)
def declare(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """For the committee's people."""

    def seal(given: Given) -> PointsLayer:
        return actions.declare_points(cycle, given, today=timezone.localdate(), by=request.user)

    return _points(request, cycle, PointsSide.DECLARED, seal)


@requires(QualityPermission.VALIDATE, on=find_cycle)
def validate(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """For the validators who were sent to the cycle, after their visit."""

    def seal(given: Given) -> PointsLayer:
        return actions.validate_points(cycle, given, today=timezone.localdate(), by=request.user)

    return _points(request, cycle, PointsSide.VALIDATED, seal)


HEADINGS = {
    PointsSide.DECLARED: (
        say("Declarar los puntos"),
        say("Los que dice el comité, con el documento que los respalda. El total de los servicios es el que él dice."),
    ),
    PointsSide.VALIDATED: (
        say("Anotar los puntos validados"),
        say("Los que resultan de la visita a los servicios. El total de los servicios es el que dice el informe."),
    ),
}


def _points(request: StaffRequest, cycle: Cycle, side: PointsSide, seal: Seal) -> HttpResponse:
    found, rules = asked.accreditation_of(cycle), asked.rules_in_use(timezone.localdate())
    refusal = _why_not(found, rules is not None)
    if rules is None or refusal:
        messages.info(request, QualityError(refusal).sentence)
        return redirect(line_url(cycle))
    form = PointsForm(
        sent(request),
        request.FILES or None,
        award=asked.award_of(rules),
        services=found.services,
        standing=found.last(side),
    )
    heading, lead = HEADINGS[side]
    page = Page(
        heading=str(heading),
        lead=str(lead),
        submit=_("Sellar los puntos"),
        act=lambda _data: seal(form.given),
        done=_("Puntos sellados."),
        back=line_url(cycle, "puntos"),
        crumbs=within(cycle),
    )
    return answer(request, form, page)


def _why_not(found: asked.Accreditation, has_rules: bool) -> str:
    if not has_rules:
        return "no_rules"
    return "" if found.services else "services_missing"


@requires(QualityPermission.VIEW, on=find_cycle)
def result(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The level of each side apart, what keeps from the next one, the points; as page, PDF, Word or workbook."""
    told = shown.told(asked.accreditation_of(cycle), timezone.localdate())
    if told is None:
        messages.info(request, QualityError("no_rules").sentence)
        return redirect(line_url(cycle))
    wanted, name = request.GET.get(FORMAT, ""), f"acreditacion-ciclo-{cycle.number}"
    if wanted in PAPERS:
        return attached(PAPERS[wanted](accreditation_paper.report(told)), name, wanted)
    board = shown.board(told)
    downloaded = as_file(request, board, name)
    if downloaded is not None:
        return downloaded
    run = run_of(cycle)
    context = {
        "cycle": cycle,
        "told": told,
        "board": board,
        "panel": board.panels[0],
        "figures": shown.figures(told),
        "reasons": shown.reasons(told.validated or told.declared),
        "dropped": shown.dropped_words(told.found),
        "doubts": [*shown.doubts(asked.award_of(told.rules)), *shown.method()],
        "layers": [one for one in shown.layers(told.found) if one.is_current],
        "may_begin_next": may_lead(request, cycle)
        and asked.is_of_the_line(run)
        and run is not None
        and not run.is_open,
        "crumbs": line_crumbs(cycle, Crumb(_("Resultado"))),
    }
    return render(request, "quality/accreditation_result.html", context)
