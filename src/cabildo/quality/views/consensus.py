"""Stage 3: individual proposals, the consensus of the committee."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.instruments.actions import consensus as actions
from cabildo.instruments.models import Sheet
from cabildo.instruments.queries import sheets as asked
from cabildo.instruments.queries.filled import agreed_mark
from cabildo.instruments.queries.items import items_of
from cabildo.instruments.queries.layers import model
from cabildo.instruments.rules.scoring import BLANK, Mark
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.consensus import AgreedForm, ProposalForm
from cabildo.quality.forms.diagnosis import ReopenForm
from cabildo.quality.model_words import words_of
from cabildo.quality.queries import goes_on
from cabildo.quality.queries import self_assessment as stage
from cabildo.quality.queries.self_assessment import Place
from cabildo.quality.shown import consensus as shown
from cabildo.quality.shown import sheets as sheet_shown
from cabildo.quality.views.self_assessment import find_begun, stage_crumbs
from cabildo.quality.views.sheets import find_sheet, sheet_crumbs, sheet_url
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb


def consensus_url(place: Place) -> str:
    return reverse("quality:consensus", args=[place.number, _sheet(place).element])


def list_crumbs(place: Place, *more: Crumb) -> list[Crumb]:
    page = reverse("quality:consensus_list", args=[place.number])
    return stage_crumbs(place.cycle, Crumb(_("Consenso"), page), *more)


def _sheet(place: Place) -> Sheet:
    if place.sheet is None:
        raise Http404
    return place.sheet


def _may_be_excluded(place: Place) -> bool:
    return model(place.assessment).allow_excluded and place.item.element.is_optional


@requires(QualityPermission.ANSWER, on=find_sheet)
def propose(request: StaffRequest, place: Place) -> HttpResponse:
    """What this person would give; nobody else sees it until the consensus is opened."""
    mine = next((one for one in asked.visible_proposals(_sheet(place), request.user) if one.user == request.user), None)
    mark = asked.proposed_mark(mine) if mine else BLANK
    form = ProposalForm(
        sent(request),
        item=place.item,
        mark=mark,
        may_be_excluded=_may_be_excluded(place),
        initial={"note": mine.note if mine else ""},
    )
    page = Page(
        heading=_("Mi propuesta"),
        lead=_("%s. Nadie más la ve hasta que el comité abra el consenso.") % place.item.label,
        submit=_("Guardar mi propuesta"),
        act=lambda data: actions.propose(_sheet(place), mark=form.mark, note=data["note"], by=request.user),
        done=_("Propuesta guardada. Sólo usted la ve por ahora."),
        back=sheet_url(place, part="propuestas"),
        crumbs=sheet_crumbs(request.user, place),
    )
    return answer(request, form, page)


@requires(QualityPermission.ANSWER, on=find_begun)
def consensus_list(request: StaffRequest, place: Place) -> HttpResponse:
    """What is still to agree, those that diverge most first."""
    filled = stage.whole(place.cycle, timezone.localdate())
    pending, agreed = shown.queue(filled)
    context = {
        "cycle": place.cycle,
        "assessment": place.assessment,
        "words": words_of(place.assessment),
        "granted_head": _granted_head(pending),
        "pending": pending,
        "agreed": agreed,
        "closed": sum(row.sheet.consensus_opened_at is None for row in pending),
        "may_lead": _may_change(place) and can(request.user, QualityPermission.LEAD),
        "crumbs": stage_crumbs(place.cycle, Crumb(_("Consenso"))),
    }
    return render(request, "quality/self_assessment/consensus_list.html", context)


def _granted_head(pending: Sequence[shown.Pending]) -> str:
    """A checklist grants a level; on a panel the writers propose a score."""
    levelled = not pending or pending[0].row.item.is_levelled
    return _("La lista otorga") if levelled else _("La ficha propone")


def _may_change(place: Place) -> bool:
    return goes_on(place.cycle) and place.assessment.is_open


@requires(QualityPermission.LEAD, on=find_begun)
def open_all(request: StaffRequest, place: Place) -> HttpResponse:
    asked_for = Question(
        heading=_("¿Abrir el consenso de todas las fichas?"),
        consequence=_("El comité ve todas las propuestas y ya nadie puede cambiar la suya."),
        confirm=_("Abrir el consenso"),
        act=lambda: actions.open_consensus(place.assessment, by=request.user),
        done=_("Consenso abierto. Partan por donde hay más diferencia."),
        back=reverse("quality:consensus_list", args=[place.number]),
    )
    return confirm(request, asked_for)


@requires(QualityPermission.ANSWER, on=find_sheet)
def open_one(request: StaffRequest, place: Place) -> HttpResponse:
    asked_for = Question(
        heading=_("¿Abrir el consenso de esta ficha?"),
        consequence=_("«%s»: el comité ve todas las propuestas y ya nadie puede cambiar la suya.") % place.item.label,
        confirm=_("Abrir el consenso"),
        act=lambda: actions.open_consensus(place.assessment, elements=[place.item.id], by=request.user),
        done=_("Consenso abierto."),
        back=consensus_url(place),
    )
    return confirm(request, asked_for)


@requires(QualityPermission.ANSWER, on=find_sheet)
def consensus(request: StaffRequest, place: Place) -> HttpResponse:
    """The proposals side by side, what the checklist grants and why, and the one mark that is agreed."""
    sheet = _sheet(place)
    form = _agreed_form(request, place)
    page = Page(
        heading=place.item.label,
        lead=_granted(place),
        submit=_("Acordar"),
        act=lambda data: _agree(request, place, form, data),
        done=_("Puntaje acordado."),
        back=_next_pending(place),
        crumbs=list_crumbs(place),
    )
    if request.method == "POST":
        return answer(request, form, page)
    proposals = asked.visible_proposals(sheet, request.user)
    marks = [asked.proposed_mark(one) for one in proposals]
    context = {
        **sheet_shown.context(place, request.user, timezone.localdate()),
        "form": form,
        "spread": sheet_shown.spread_words(place.item, marks) if sheet.consensus_opened_at else "",
        "may_agree": _may_change(place) and sheet.consensus_opened_at is not None,
        "may_change": _may_change(place),
        "may_lead": _may_change(place) and can(request.user, QualityPermission.LEAD),
        "crumbs": list_crumbs(place, Crumb(place.item.label)),
    }
    return render(request, "quality/self_assessment/consensus.html", context)


def _granted(place: Place) -> str:
    line = sheet_shown.levels_line(place)
    return _("La lista de la ficha otorga el nivel %s.") % line.granted if line else ""


def _agreed_form(request: StaffRequest, place: Place) -> AgreedForm:
    sheet = _sheet(place)
    mark = agreed_mark(sheet) if sheet.is_agreed else shown.suggested(place.item, sheet)
    initial = {"revision": sheet.revision, "note": sheet.agreement_note if sheet.is_agreed else ""}
    return AgreedForm(
        sent(request), item=place.item, mark=mark, may_be_excluded=_may_be_excluded(place), initial=initial
    )


def _agree(request: StaffRequest, place: Place, form: AgreedForm, data: dict[str, Any]) -> Sheet:
    mark: Mark = form.mark
    return actions.agree(_sheet(place), mark=mark, note=data["note"], revision=data["revision"], by=request.user)


def _next_pending(place: Place) -> str:
    """The next element in the order of the model that has no mark yet; the list when none is left."""
    names = [item.id for item in items_of(place.assessment)]
    marked = set(asked.marks(place.assessment)) | {place.item.id}
    start = names.index(place.item.id)
    found = next((name for name in [*names[start:], *names[:start]] if name not in marked), None)
    if found is None:
        return reverse("quality:consensus_list", args=[place.number])
    return reverse("quality:consensus", args=[place.number, found])


@requires(QualityPermission.LEAD, on=find_sheet)
def withdraw(request: StaffRequest, place: Place) -> HttpResponse:
    page = Page(
        heading=_("Retirar el puntaje acordado"),
        lead=place.item.label,
        submit=_("Retirar"),
        act=lambda data: actions.withdraw_agreement(_sheet(place), reason=data["reason"], by=request.user),
        done=_("Quedó sin puntaje acordado."),
        back=consensus_url(place),
        crumbs=list_crumbs(place, Crumb(place.item.label, consensus_url(place))),
    )
    return answer(request, ReopenForm(sent(request)), page)
