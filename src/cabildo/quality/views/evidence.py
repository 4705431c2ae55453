"""Stage 3: the papers that show an element, their files, and where else they are used."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.instruments.actions import evidence as actions
from cabildo.instruments.actions.evidence import Kept
from cabildo.instruments.models import Evidence
from cabildo.instruments.queries import sheets as asked
from cabildo.instruments.queries.items import items_of
from cabildo.quality.choices import QualityPermission
from cabildo.quality.forms.evidence import EvidenceForm, UseForm
from cabildo.quality.queries import goes_on
from cabildo.quality.queries.self_assessment import Place, sheets_of_person
from cabildo.quality.shown.sheets import Paper
from cabildo.quality.views.self_assessment import find_begun, stage_crumbs
from cabildo.quality.views.sheets import crumbs_for, find_sheet, sheet_crumbs, sheet_url
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb

TITLE_LENGTH = 200


@dataclass(frozen=True)
class FilePlace(Place):
    """A file of an evidence."""

    file: Document | None = None


def find_evidence(user: Any, number: int, pk: int) -> Place:
    """A paper of the self-assessment."""
    cycle = find_begun(user, number).cycle
    found = Evidence.objects.select_related("assessment__version__pack").defer("assessment__version__body")
    return Place(cycle, evidence=get_object_or_404(found, pk=pk, assessment=cycle.self_assessment_id))


def find_use(user: Any, number: int, element: str, pk: int) -> Place:
    """A paper as an element uses it."""
    place, paper = find_sheet(user, number, element), find_evidence(user, number, pk).evidence
    return Place(place.cycle, place.sheet, paper)


def find_file(user: Any, number: int, pk: int, file: UUID) -> FilePlace:
    paper = find_evidence(user, number, pk)
    found = get_object_or_404(kept_documents_of(_paper(paper)), public_id=file)
    return FilePlace(paper.cycle, evidence=paper.evidence, file=found)


def _paper(place: Place) -> Evidence:
    if place.evidence is None:
        raise LookupError(place.number)
    return place.evidence


@requires(QualityPermission.READ_SHEETS, on=find_begun)
def library(request: StaffRequest, place: Place) -> HttpResponse:
    """All the evidence, with the elements that use each."""
    found, today = asked.library(place.assessment), timezone.localdate()
    files = asked.files_of(found)
    labels = {item.id: item.label for item in items_of(place.assessment)}
    shown = [
        (
            Paper(one, files[one.pk], asked.is_expired(one, today)),
            [(u.element, labels[u.element]) for u in one.uses.all()],
        )
        for one in found
    ]
    context = {
        "cycle": place.cycle,
        "papers": shown,
        "may_write": _is_open(place) and can(request.user, QualityPermission.WRITE_SHEETS),
        "crumbs": stage_crumbs(place.cycle, Crumb(_("Evidencias"))),
    }
    return render(request, "quality/self_assessment/library.html", context)


def _is_open(place: Place) -> bool:
    return goes_on(place.cycle) and place.assessment.is_open


@requires(QualityPermission.WRITE_SHEETS, on=find_sheet)
def add(request: StaffRequest, place: Place) -> HttpResponse:
    """A paper with its files; the address may bring a title (`titulo`), as the model names it."""
    initial = {"title": request.GET.get("titulo", "")[:TITLE_LENGTH]}
    form = EvidenceForm(sent(request), request.FILES or None, initial=initial)
    page = Page(
        heading=_("Agregar evidencia"),
        lead=place.item.label,
        submit=_("Agregar"),
        act=lambda data: _tell_twins(
            request,
            actions.add_evidence(
                place.assessment, elements=[place.item.id], files=data["uploads"], by=request.user, **_told(data)
            ),
        ),
        done=_("Evidencia agregada."),
        back=sheet_url(place, part="evidencia"),
        crumbs=sheet_crumbs(request.user, place),
        draft_key=f"calidad-evidencia-{place.assessment.pk}-{place.item.id}",
    )
    return answer(request, form, page)


def _told(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in ("title", "kind", "issued_on", "valid_until", "note")}


def _tell_twins(request: StaffRequest, kept: Kept) -> None:
    """The same file is kept elsewhere: said, so that next time it is reused."""
    if kept.twins:
        names = "», «".join(one.title for one in kept.twins)
        words = _("Un archivo ya estaba en «%s». La próxima vez puede usar esa evidencia sin subirla otra vez.")
        messages.info(request, words % names)


@requires(QualityPermission.WRITE_SHEETS, on=find_sheet)
def use(request: StaffRequest, place: Place) -> HttpResponse:
    """Papers that are already there and show this element too."""
    name = place.item.id
    form = UseForm(sent(request), papers=place.assessment.evidence.exclude(uses__element=name))
    page = Page(
        heading=_("Usar evidencia ya subida"),
        lead=place.item.label,
        submit=_("Usar"),
        act=lambda data: [actions.use_evidence(one, elements=[name], by=request.user) for one in data["papers"]],
        done=_("Evidencia agregada a esta ficha."),
        back=sheet_url(place, part="evidencia"),
        crumbs=sheet_crumbs(request.user, place),
    )
    return answer(request, form, page)


@requires(QualityPermission.WRITE_SHEETS, on=find_use)
def stop(request: StaffRequest, place: Place) -> HttpResponse:
    asked_for = Question(
        heading=_("¿Quitar la evidencia de esta ficha?"),
        consequence=_("«%s» sigue en la lista de evidencias y en las otras fichas que la usan.") % _paper(place),
        confirm=_("Quitar"),
        act=lambda: actions.stop_using(_paper(place), element=place.item.id, by=request.user),
        done=_("Evidencia quitada de esta ficha."),
        back=sheet_url(place, part="evidencia"),
    )
    return confirm(request, asked_for)


@requires(QualityPermission.WRITE_SHEETS, on=find_evidence)
def edit(request: StaffRequest, place: Place) -> HttpResponse:
    """Its title, dates and note; more files."""
    paper = _paper(place)
    form = EvidenceForm(sent(request), request.FILES or None, instance=Evidence.objects.get(pk=paper.pk))
    page = Page(
        heading=_("Cambiar la evidencia"),
        lead=_("Cambia en todas las fichas que la usan."),
        submit=_("Guardar"),
        act=lambda data: _tell_twins(
            request,
            actions.change_evidence(
                paper, revision=data["revision"], files=data["uploads"], by=request.user, **_told(data)
            ),
        ),
        done=_("Evidencia guardada."),
        back=_back(request, place),
        crumbs=crumbs_for(request.user, place, Crumb(paper.title)),
    )
    return answer(request, form, page)


def _back(request: StaffRequest, place: Place) -> str:
    """The list of evidence for whoever sees it all; else the first of their own sheets that uses it."""
    if can(request.user, QualityPermission.VIEW):
        return reverse("quality:evidence", args=[place.number])
    used = _paper(place).uses.values("element")
    mine = sheets_of_person(request.user).filter(assessment=place.assessment, element__in=used).first()
    return sheet_url(place, mine.element, "evidencia") if mine else reverse("quality:my_sheets")


@requires(QualityPermission.WRITE_SHEETS, on=find_evidence)
def remove(request: StaffRequest, place: Place) -> HttpResponse:
    asked_for = Question(
        heading=_("¿Eliminar la evidencia?"),
        consequence=_("«%s» y sus archivos se borran y no se recuperan.") % _paper(place),
        confirm=_("Eliminar"),
        act=lambda: actions.remove_evidence(_paper(place), by=request.user),
        done=_("Evidencia eliminada."),
        back=_back(request, place),
    )
    return confirm(request, asked_for)


@requires(QualityPermission.WRITE_SHEETS, on=find_file)
def remove_file(request: StaffRequest, place: FilePlace) -> HttpResponse:
    paper, file = _paper(place), place.file
    if file is None:
        raise Http404
    asked_for = Question(
        heading=_("¿Borrar el archivo?"),
        consequence=_("«%s» se borra de esta evidencia y no se recupera.") % file,
        confirm=_("Borrar"),
        act=lambda: actions.remove_file(paper, document=file, by=request.user),
        done=_("Archivo borrado."),
        back=_back(request, place),
    )
    return confirm(request, asked_for)
