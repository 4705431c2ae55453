"""Stage 2, the training: what the municipality was called to, its materials, how much of its committee is trained."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.quality.actions import trainings as actions
from cabildo.quality.choices import QualityPermission
from cabildo.quality.models import Cycle, LevellingRequest
from cabildo.quality.queries import trainings as asked
from cabildo.quality.queries.trainings import Trained
from cabildo.quality.views.diagnosis import crumbs, find_cycle
from cabildo.quality.views.writing import may_lead
from cabildo.ui.form_pages import Question, confirm
from cabildo.ui.parts import Crumb
from cabildo.ui.spanish import share


@dataclass(frozen=True)
class Need:
    """What a visit builds on: how much of the committee is trained for it, and whether levelling was asked for."""

    visit: int
    found: Trained
    request: LevellingRequest | None

    @property
    def share(self) -> str:
        return share(self.found.trained, self.found.members) if self.found.members else ""

    @property
    def may_ask(self) -> bool:
        return self.request is None and self.found.members > 0 and not self.found.is_enough


def _needs(cycle: Cycle) -> list[Need]:
    requests, today = asked.levelling_requests(cycle), timezone.localdate()
    return [Need(visit, asked.trained_of(cycle, today, visit=visit), requests.get(visit)) for visit in asked.TRAINS_FOR]


@requires(QualityPermission.VIEW, on=find_cycle)
def training(request: StaffRequest, cycle: Cycle) -> HttpResponse:
    """The trainings of the municipality with its own people, and the share of the committee that is trained."""
    context = {
        "cycle": cycle,
        "needs": _needs(cycle),
        "called": asked.of_cycle(cycle),
        "may_lead": may_lead(request, cycle),
        "crumbs": crumbs(cycle, Crumb(_("Capacitación"))),
    }
    return render(request, "quality/committee_training.html", context)


def find_levelled(user: object, number: int, visit: int) -> "Levelled":
    if visit not in asked.TRAINS_FOR:
        raise Http404
    cycle = find_cycle(user, number)
    return Levelled(cycle, visit, cycle.municipality_id)


@dataclass(frozen=True)
class Levelled:
    """A visit of a cycle in which its committee may be levelled."""

    cycle: Cycle
    visit: int
    municipality_id: int


@requires(QualityPermission.LEAD, on=find_levelled)
def level(request: StaffRequest, shown: Levelled) -> HttpResponse:
    """Ask for it; the consultancy and the programme read that it was asked for, and with which share."""
    cycle = shown.cycle
    question = Question(
        heading=_("¿Pedir la nivelación del comité?"),
        consequence=_("Queda pedida para la visita %s de la consultoría, con cuántas personas están capacitadas hoy.")
        % shown.visit,
        confirm=_("Pedir la nivelación"),
        act=lambda: actions.ask_levelling(cycle, visit=shown.visit, today=timezone.localdate(), by=request.user),
        done=_("Nivelación pedida."),
        back=reverse("quality:training", args=[cycle.number]),
    )
    return confirm(request, question)
