"""Inside a municipality: who accompanies it, each visit with its agenda and report; and the consultant's own page."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.accounts.links import absolute
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import in_municipalities, in_municipality
from cabildo.documents.queries import kept_documents_of
from cabildo.quality.actions import consultancy as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.consultancy import AgendaForm, VisitReportForm
from cabildo.quality.models import ConsultancyPlace, Cycle, Visit
from cabildo.quality.queries import consultancy as asked
from cabildo.quality.queries import trainings
from cabildo.quality.queries.consultancy import PlannedVisit
from cabildo.quality.views.diagnosis import crumbs, find_cycle
from cabildo.quality.views.writing import may_write
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb, Fact
from cabildo.ui.spanish import long_date


@dataclass(frozen=True)
class Visited:
    """A visit of a cycle, as its process asks for it."""

    cycle: Cycle
    planned: PlannedVisit
    municipality_id: int


def find_visit(user: Any, number: int, visit: int) -> Visited:
    cycle = find_cycle(user, number)
    found = next((one for one in asked.visits_of(cycle) if one.number == visit), None)
    if found is None:
        raise Http404
    return Visited(cycle, found, cycle.municipality_id)


def find_planned(user: Any, number: int, visit: int) -> Visited:
    """One that has its agenda: only then is it reported."""
    found = find_visit(user, number, visit)
    if found.planned.visit is None:
        raise Http404
    return found


def _here(cycle: Cycle) -> str:
    return reverse("quality:consultancy", args=[cycle.number])


@requires(QualityPermission.VIEW, on=find_cycle)
def consultancy(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The contract, the visits of the cycle, and what was asked for in them."""
    place = asked.place_of(cycle)
    levelled = trainings.levelling_requests(cycle)
    context = {
        "cycle": cycle,
        "place": place,
        "facts": _facts(place) if place else [],
        "papers": _papers(place),
        "visits": [(one, levelled.get(one.number)) for one in asked.visits_of(cycle)],
        "may_write": may_write(request, cycle, QualityPermission.REVIEW_AS_CONSULTANT),
        "crumbs": crumbs(cycle, Crumb(_("Consultoría"))),
    }
    return render(request, "quality/consultancy.html", context)


def _facts(place: ConsultancyPlace) -> list[Fact]:
    found = place.consultancy
    visitors = asked.people_in_force(found) or [one.user for one in asked.members_of(found)]
    people = ", ".join(str(one) for one in visitors)
    return [
        Fact(_("Consultoría"), found.firm),
        Fact(_("Quiénes visitan"), people or _("todavía nadie")),
        Fact(_("Contratada por"), found.agency),
        Fact(_("Contrato"), found.contract_number),
        Fact(_("Último día del contrato"), long_date(found.ends_on)),
        Fact(_("Acompaña desde"), long_date(place.starts_on)),
    ]


def _papers(place: ConsultancyPlace | None) -> list[Any]:
    return list(kept_documents_of(place)) if place else []


@requires(QualityPermission.REVIEW_AS_CONSULTANT, on=find_visit)
def agenda(request: StaffRequest, shown: Visited) -> HttpResponse:
    """What a visit will treat."""
    visit = shown.planned.visit
    form_page = Page(
        heading=_("Tabla de la visita %s") % shown.planned.number,
        lead=shown.planned.task.label,
        submit=_("Guardar"),
        act=lambda data: actions.plan_visit(shown.cycle, number=shown.planned.number, by=request.user, **data),
        done=_("Tabla guardada."),
        back=_here(shown.cycle),
        crumbs=_crumbs(shown.cycle),
        draft_key=f"calidad-visita-{shown.cycle.pk}-{shown.planned.number}",
        fresh=lambda: _fresh(shown),
    )
    return answer(request, AgendaForm(sent(request), instance=_fresh(shown) if visit else None), form_page)


def _fresh(shown: Visited) -> Visit | None:
    return Visit.objects.filter(cycle=shown.cycle, number=shown.planned.number).first()


def _crumbs(cycle: Cycle) -> list[Crumb]:
    return crumbs(cycle, Crumb(_("Consultoría"), _here(cycle)))


@requires(QualityPermission.REVIEW_AS_CONSULTANT, on=find_planned)
def report(request: StaffRequest, shown: Visited) -> HttpResponse:
    """When it was made, what it took, what came of it."""
    visit: Any = shown.planned.visit
    form_page = Page(
        heading=_("Informe de la visita %s") % shown.planned.number,
        lead=shown.planned.task.label,
        submit=_("Guardar"),
        act=lambda data: actions.report_visit(visit, today=timezone.localdate(), by=request.user, **data),
        done=_("Informe guardado."),
        back=_here(shown.cycle),
        crumbs=_crumbs(shown.cycle),
        draft_key=f"calidad-visita-informe-{visit.pk}",
        fresh=lambda: _fresh(shown),
    )
    return answer(request, VisitReportForm(sent(request), request.FILES or None, instance=_fresh(shown)), form_page)


@dataclass(frozen=True)
class Mine:
    """A municipality that a consultant accompanies, with its open cycle."""

    municipality: Municipality
    firm: str
    cycle: Cycle | None
    held: int
    url: str


@requires(QualityPermission.REVIEW_AS_CONSULTANT)
def my_municipalities(request: StaffRequest) -> HttpResponse:
    """The municipalities of the contracts of whoever asks, and no other."""
    places = asked.municipalities_of(request.user)
    ids = [one.municipality_id for one in places]
    with in_municipalities(ids):
        open_cycles = {one.municipality_id: one for one in Cycle.objects.filter(closed_on=None)}
        held = asked.visit_counts(ids)
    rows = [_mine(one, open_cycles.get(one.municipality_id), held.get(one.municipality_id, 0)) for one in places]
    context = {
        "rows": rows,
        "crumbs": [Crumb(_("Calidad"), reverse("quality:cycles")), Crumb(_("Mis municipalidades"))],
    }
    return render(request, "quality/my_municipalities.html", context)


def _mine(place: ConsultancyPlace, cycle: Cycle | None, held: int) -> Mine:
    with in_municipality(place.municipality):
        url = absolute("quality:consultancy", cycle.number) if cycle else absolute("quality:cycles")
    return Mine(place.municipality, place.consultancy.firm, cycle, held, url)
