"""A municipality beside others of its programme: what it lets them see, and what it then sees of them."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import StaffRequest, can, requires
from cabildo.accounts.scoping import in_municipalities
from cabildo.content.models import PackVersion
from cabildo.indicators.boards import Board
from cabildo.indicators.responses import as_file
from cabildo.quality import queries
from cabildo.quality.actions.benchmarking import decide_sharing
from cabildo.quality.choices import EnrolmentState, QualityPermission, Sharing
from cabildo.quality.forms.benchmarking import SharingForm
from cabildo.quality.models import Enrolment
from cabildo.quality.queries import benchmarking as asked
from cabildo.quality.queries.results import own_enrolments
from cabildo.quality.shown import benchmarking as shown
from cabildo.ui.form_pages import Page, answer, sent
from cabildo.ui.parts import Crumb


def find_enrolment(_user: Any) -> Enrolment:
    """Its place in the programme, once it takes part."""
    found = queries.enrolment_here()
    if found is None or found.state != EnrolmentState.ACCEPTED:
        raise Http404
    return found


@requires(QualityPermission.COMPARE)
def comparison(request: StaffRequest) -> HttpResponse:
    """Its own results beside those of the others that agreed; without its own consent, how to give it."""
    enrolment = queries.enrolment_here()
    if enrolment is None or enrolment.state != EnrolmentState.ACCEPTED:
        return render(request, "quality/comparison.html", {"crumbs": _crumbs()})
    decisions, consents = asked.consent_history(), asked.consents_of(enrolment.agency)
    sharing, version = asked.in_force(decisions, enrolment.agency), asked.own_version()
    compares = sharing != Sharing.NOTHING and version is not None
    board = _board(enrolment, version, consents) if compares and version else None
    context = {
        "enrolment": enrolment,
        "sharing": sharing,
        "version": version,
        "board": board,
        "facts": shown.facts(sharing, shown.tally(consents)),
        "history": shown.history(decisions),
        "may_share": can(request.user, QualityPermission.SHARE_RESULTS),
        "crumbs": _crumbs(),
    }
    file = as_file(request, board, "comparacion") if board else None
    return file or render(request, "quality/comparison.html", context)


def _board(enrolment: Enrolment, version: PackVersion, consents: dict[int, str]) -> Board:
    """Reads only those that agreed; of the rest of the programme, how many have a result."""
    own = enrolment.municipality_id
    with in_municipalities({own, *consents}):
        found = asked.latest(version)
    with in_municipalities(own_enrolments(enrolment.agency).values_list("municipality_id", flat=True)):
        everybody = asked.with_result(version)
    others = asked.others_of(own, consents, found, everybody)
    names = asked.names_of(enrolment.agency, others.named)
    board: Board = shown.comparison(version, found[own], others, names, str(enrolment.agency))
    return board


@requires(QualityPermission.SHARE_RESULTS, on=find_enrolment)
def share(request: StaffRequest, enrolment: Enrolment) -> HttpResponse:
    """Agree to be compared, with or without name, or take it back."""
    now = asked.in_force(asked.consent_history(), enrolment.agency)
    page = Page(
        heading=_("Decidir qué se compara"),
        lead=_(
            "Se comparte el resultado por criterio de su ciclo más reciente, lo declarado y lo validado: nada más. Con"
            " nombre, lo ven las municipalidades que también dieron el suyo y %s. Sin nombre, sólo entra en la mediana"
            " y los cuartiles de todas, y nunca si son muy pocas. Usted ve de las demás lo mismo que ellas de usted."
        )
        % enrolment.agency,
        submit=_("Guardar"),
        act=lambda data: decide_sharing(enrolment, by=request.user, **data),
        done=_("Decisión guardada. Rige desde ahora."),
        back=reverse("quality:benchmark"),
        crumbs=[*_crumbs()[:-1], Crumb(_("Comparación"), reverse("quality:benchmark"))],
    )
    return answer(request, SharingForm(sent(request), initial={"sharing": now}), page)


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Calidad"), reverse("quality:cycles")), Crumb(_("Comparación"))]
