"""Stage 3: strengths and gaps of each subcriterion, in the words of the committee."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.instruments.actions import sheets
from cabildo.instruments.models import PartSummary
from cabildo.instruments.queries.items import items_of
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.self_assessment import SummaryForm
from cabildo.quality.model_words import words_of
from cabildo.quality.queries import goes_on
from cabildo.quality.queries import self_assessment as stage
from cabildo.quality.queries.self_assessment import Place
from cabildo.quality.shown import consensus as shown
from cabildo.quality.views.self_assessment import find_begun, stage_crumbs
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb


@dataclass(frozen=True)
class PartPlace(Place):
    """A subcriterion of the self-assessment."""

    part: str = ""
    label: str = ""


def find_part(user: Any, number: int, part: str) -> PartPlace:
    place = find_begun(user, number)
    found = next((item.part for item in items_of(place.assessment) if item.part["id"] == part), None)
    if found is None:
        raise Http404
    return PartPlace(place.cycle, part=part, label=found["label"])


@requires(QualityPermission.READ_SHEETS, on=find_begun)
def summaries(request: StaffRequest, place: Place) -> HttpResponse:
    """Every subcriterion with its score so far and its words."""
    filled = stage.whole(place.cycle, timezone.localdate())
    is_open = goes_on(place.cycle) and place.assessment.is_open
    context = {
        "cycle": place.cycle,
        "words": words_of(place.assessment),
        "parts": shown.parts(filled),
        "may_write": is_open and can(request.user, QualityPermission.ANSWER),
        "crumbs": stage_crumbs(place.cycle, Crumb(_("Fortalezas y brechas"))),
    }
    return render(request, "quality/self_assessment/summaries.html", context)


@requires(QualityPermission.ANSWER, on=find_part)
def summary(request: StaffRequest, place: PartPlace) -> HttpResponse:
    """What a subcriterion does well and what it lacks."""
    known = PartSummary.objects.filter(assessment=place.assessment, part=place.part).first()
    whole = reverse("quality:summaries", args=[place.number])
    page = Page(
        heading=_("Fortalezas y brechas"),
        lead=place.label,
        submit=_("Guardar"),
        act=lambda data: sheets.write_summary(place.assessment, part=place.part, by=request.user, **data),
        done=_("Fortalezas y brechas guardadas."),
        back=f"{whole}#{place.part}",
        crumbs=stage_crumbs(place.cycle, Crumb(_("Fortalezas y brechas"), whole)),
        draft_key=f"calidad-sintesis-{place.assessment.pk}-{place.part}",
        fresh=lambda: PartSummary.objects.get(assessment=place.assessment, part=place.part),
    )
    return answer(request, SummaryForm(sent(request), instance=known), page)
