"""Stage 4, its end at the desk of the validators: the agreed marks, the findings, the report, the replies."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, requires
from cabildo.instruments.queries.items import items_of
from cabildo.quality.actions import feedback as actions
from cabildo.quality.actions import validation as marking
from cabildo.quality.choices import QualityPermission, Subject
from cabildo.quality.forms.validation import FeedbackSummaryForm, FindingForm, ReplyForm
from cabildo.quality.model_words import words_of
from cabildo.quality.models import Finding, Observation, Validation
from cabildo.quality.queries import goes_on
from cabildo.quality.queries import validation as queries
from cabildo.quality.rules.validation import AGREEING, WRITING
from cabildo.quality.shown import validation as shown
from cabildo.quality.views.validation import Desk, desk_crumbs, desk_url, find_begun, seal_page
from cabildo.ui.form_pages import Page, Question, answer, confirm, sent
from cabildo.ui.parts import Crumb

VALIDATE = QualityPermission.VALIDATE


@dataclass(frozen=True)
class Place:
    """A part of the model, a finding or an observation at the desk of a validator."""

    desk: Desk
    part: str = ""
    finding: Finding | None = None
    observation: Observation | None = None

    @property
    def municipality_id(self) -> int:
        """Whose it is: the door asks."""
        return self.desk.municipality_id

    @property
    def validation(self) -> Validation:
        return self.desk.validation


def find_part(user: Any, number: int, part: str) -> Place:
    desk = find_begun(user, number)
    if all(item.part["id"] != part for item in items_of(desk.validation.declared.assessment)):
        raise Http404
    return Place(desk, part)


def find_finding(user: Any, number: int, pk: int) -> Place:
    desk = find_begun(user, number)
    found = get_object_or_404(Finding, cycle=desk.cycle, phase=Subject.REPORT, pk=pk)
    return Place(desk, found.subcriterion, finding=found)


def find_observation(user: Any, number: int, pk: int) -> Place:
    desk = find_begun(user, number)
    mine = Observation.objects.filter(validation=desk.validation).select_related("validation__cycle", "made_by")
    return Place(desk, observation=get_object_or_404(mine, pk=pk))


def findings_url(desk: Desk, part: str = "") -> str:
    return reverse("quality:findings", args=[desk.number]) + (f"#{part}" if part else "")


def findings_crumbs(desk: Desk, *more: Crumb) -> list[Crumb]:
    return desk_crumbs(desk.cycle, Crumb(_("Hallazgos e informe"), findings_url(desk) if more else ""), *more)


@requires(VALIDATE, on=find_begun)
def agreed_marks(request: StaffRequest, desk: Desk) -> HttpResponse:
    """What each validator sealed, side by side, and what all of them would seal."""
    whole = queries.whole_of(desk.validation)
    if whole.unsealed and queries.acts_on(request.user, desk.cycle) in whole.unsealed:
        raise PermissionDenied
    proposed = queries.agreed_marks(whole)
    sealed = [(one, whole.by_party[one.party]) for one in whole.took_part if one.party in whole.by_party]
    found = shown.rows(whole, proposed, sealed)
    agrees = goes_on(desk.cycle) and desk.validation.state in AGREEING
    context = {
        "cycle": desk.cycle,
        "validation": desk.validation,
        "words": words_of(whole.assessment),
        "parts": shown.by_part(found),
        "sealed": sealed,
        "unsealed": whole.unsealed,
        "consensus": whole.consensus,
        "agreement": [
            (one, shown.agreement(whole, marked), queries.needs_review(whole, marked)) for one, marked in sealed
        ],
        "agreed_figures": shown.agreement(whole, whole.consensus) if whole.consensus else [],
        "missing": len(proposed.missing),
        "unexplained": len(proposed.unexplained),
        "may_write": agrees,
        "may_seal": agrees and proposed.is_whole and not whole.unsealed,
        "crumbs": desk_crumbs(desk.cycle, Crumb(_("Acuerdo"))),
    }
    return render(request, "quality/validation/agreed.html", context)


@requires(VALIDATE, on=find_begun)
def seal_agreed(request: StaffRequest, desk: Desk) -> HttpResponse:
    is_again = queries.whole_of(desk.validation).consensus is not None
    return seal_page(
        request,
        desk,
        heading=_("¿Sellar los puntajes acordados?"),
        consequence=_("Son los puntajes validados. Quedan fijos, con la razón de cada cambio."),
        act=lambda reason: marking.seal_consensus(desk.validation, by=request.user, reason=reason),
        back=findings_url(desk),
        is_again=is_again,
    )


@requires(VALIDATE, on=find_begun)
def findings(request: StaffRequest, desk: Desk) -> HttpResponse:
    """Every subcriterion with its findings and what they lack; the summary; the observations with their replies."""
    whole, found = queries.whole_of(desk.validation), queries.findings_of(desk.cycle)
    lacks = queries.lacks(whole, found)
    observations = list(desk.validation.observations.select_related("made_by", "replied_by"))
    state, goes = desk.validation.state, goes_on(desk.cycle)
    parts = shown.findings_by_part(whole, found, lacks)
    context = {
        "cycle": desk.cycle,
        "validation": desk.validation,
        "words": words_of(whole.assessment),
        "parts": parts,
        "whole_parts": sum(not part.lacks for part in parts),
        "observations": observations,
        "open_observations": sum(one.replied_at is None for one in observations),
        "reports": queries.reports_of(desk.cycle),
        "may_write": goes and state in WRITING,
        "may_issue": goes and state == "consensus" and not lacks and bool(desk.validation.summary.strip()),
        "may_reply": goes and state == "observed",
        "consensus": whole.consensus,
        "crumbs": findings_crumbs(desk),
    }
    return render(request, "quality/validation/findings.html", context)


@requires(VALIDATE, on=find_part)
def finding_add(request: StaffRequest, place: Place) -> HttpResponse:
    """A gate of the list names in the address which kind is missing (`tipo`)."""
    items = _items(place)
    form = FindingForm(sent(request), items=items, initial={"kind": request.GET.get("tipo", "")})
    page = Page(
        heading=_("Agregar un hallazgo"),
        lead=items[0].part["label"],
        submit=_("Agregar"),
        act=lambda data: actions.add_finding(
            place.validation, subcriterion=place.part, by=request.user, **_without_revision(data)
        ),
        done=_("Hallazgo agregado."),
        back=findings_url(place.desk, place.part),
        crumbs=findings_crumbs(place.desk, Crumb(_("Agregar un hallazgo"))),
        draft_key=f"calidad-hallazgo-nuevo-{place.validation.pk}-{place.part}",
    )
    return answer(request, form, page)


@requires(VALIDATE, on=find_finding)
def finding(request: StaffRequest, place: Place) -> HttpResponse:
    shown_one: Any = place.finding
    form = FindingForm(sent(request), instance=Finding.objects.get(pk=shown_one.pk), items=_items(place))
    page = Page(
        heading=_("Cambiar el hallazgo"),
        submit=_("Guardar"),
        act=lambda data: actions.change_finding(shown_one, by=request.user, **data),
        done=_("Hallazgo guardado."),
        back=findings_url(place.desk, place.part),
        crumbs=findings_crumbs(place.desk, Crumb(_("Cambiar el hallazgo"))),
        draft_key=f"calidad-hallazgo-{shown_one.pk}",
    )
    return answer(request, form, page)


@requires(VALIDATE, on=find_finding)
def finding_remove(request: StaffRequest, place: Place) -> HttpResponse:
    shown_one: Any = place.finding
    asked = Question(
        heading=_("¿Quitar el hallazgo?"),
        consequence=_("No irá en el informe: «%s».") % shown_one.text,
        confirm=_("Quitar"),
        act=lambda: actions.remove_finding(shown_one, by=request.user),
        done=_("Hallazgo quitado."),
        back=findings_url(place.desk, place.part),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_begun)
def summary(request: StaffRequest, desk: Desk) -> HttpResponse:
    validation = desk.validation
    form = FeedbackSummaryForm(sent(request), instance=Validation.objects.get(pk=validation.pk))
    page = Page(
        heading=_("Síntesis del informe"),
        submit=_("Guardar"),
        act=lambda data: actions.write_summary(validation, by=request.user, **data),
        done=_("Síntesis guardada."),
        back=findings_url(desk),
        crumbs=findings_crumbs(desk, Crumb(_("Síntesis"))),
        draft_key=f"calidad-sintesis-{validation.pk}",
    )
    return answer(request, form, page)


@requires(VALIDATE, on=find_begun)
def issue(request: StaffRequest, desk: Desk) -> HttpResponse:
    asked = Question(
        heading=_("¿Emitir el Informe de Retroalimentación?"),
        consequence=_("La municipalidad lo leerá hoy mismo, con su huella. Después sólo cambia si ella lo observa."),
        confirm=_("Emitir"),
        act=lambda: actions.issue(desk.validation, by=request.user),
        done=_("El informe fue emitido."),
        back=findings_url(desk),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_observation)
def reply(request: StaffRequest, place: Place) -> HttpResponse:
    observation: Any = place.observation
    page = Page(
        heading=_("Responder la observación"),
        lead=observation.text,
        submit=_("Responder"),
        act=lambda data: actions.reply(observation, text=data["text"], by=request.user),
        done=_("Respuesta guardada."),
        back=findings_url(place.desk, "observaciones"),
        crumbs=findings_crumbs(place.desk, Crumb(_("Responder"))),
        draft_key=f"calidad-respuesta-{observation.pk}",
    )
    return answer(request, ReplyForm(sent(request)), page)


@requires(VALIDATE, on=find_begun)
def finish_replies(request: StaffRequest, desk: Desk) -> HttpResponse:
    asked = Question(
        heading=_("¿Enviar las respuestas?"),
        consequence=_("El informe sale otra vez, como nueva versión, con las observaciones y sus respuestas."),
        confirm=_("Enviar las respuestas"),
        act=lambda: actions.finish_replies(desk.validation, by=request.user),
        done=_("Las respuestas fueron enviadas."),
        back=findings_url(desk),
    )
    return confirm(request, asked)


@requires(VALIDATE, on=find_begun)
def settle(request: StaffRequest, desk: Desk) -> HttpResponse:
    asked = Question(
        heading=_("¿Dejar firme el informe?"),
        consequence=_("La municipalidad ya no podrá observarlo. Hágalo cuando venció el plazo para observar."),
        confirm=_("Dejar firme"),
        act=lambda: actions.settle(desk.validation, by=request.user),
        done=_("El informe quedó firme."),
        back=desk_url(desk.cycle),
    )
    return confirm(request, asked)


def _items(place: Place) -> list[Any]:
    found = items_of(place.validation.declared.assessment)
    return [item for item in found if item.part["id"] == place.part]


def _without_revision(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "revision"}
