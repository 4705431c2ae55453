"""The results of the municipalities of an agency: by criterion for all, and with name for those that agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import AgencyRequest, can_in_agency, requires_agency
from cabildo.accounts.scoping import in_municipalities
from cabildo.content.models import PackVersion
from cabildo.indicators.responses import as_file
from cabildo.quality import queries
from cabildo.quality.actions import publications as actions
from cabildo.quality.choices import QualityPermission, Stage
from cabildo.quality.errors import QualityError
from cabildo.quality.queries import benchmarking, programme, publications
from cabildo.quality.queries import results as asked
from cabildo.quality.rules.results import Together, Wanted
from cabildo.quality.shown import benchmarking as compared
from cabildo.quality.shown import results as shown
from cabildo.quality.shown.diagnosis import standing
from cabildo.quality.shown.programme import region_names
from cabildo.ui.form_pages import Question, confirm
from cabildo.ui.list_files import list_file, wanted_format
from cabildo.ui.lists import FORMAT
from cabildo.ui.parts import Crumb

VIEW, MANAGE = QualityPermission.VIEW_PROGRAMME, QualityPermission.MANAGE_PROGRAMME


@dataclass(frozen=True)
class Select:
    """A choice of the page; `blank` is what it says when nothing is chosen, and empty when something always is."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str
    blank: str = ""

    @property
    def words(self) -> str:
        return dict(self.options).get(self.value, "")


def select(request: HttpRequest, name: str, label: str, options: Sequence[tuple[str, str]], blank: str = "") -> Select:
    """What the address asks for, if it is offered; else nothing, or the first where something always is chosen."""
    usual = "" if blank or not options else options[0][0]
    value = request.GET.get(name, "")
    return Select(name, label, options, value if value in dict(options) else usual, blank)


def version_select(request: HttpRequest, versions: Sequence[PackVersion]) -> Select:
    """One version at a time: they are never put together."""
    options = [(str(one.pk), standing(one)) for one in versions]
    return select(request, "version", _("Versión del modelo"), options)


@requires_agency(VIEW)
def results(request: AgencyRequest) -> HttpResponse:
    """By criterion, or by subcriteria of one, for those of a time, region, stage and line, as they were published."""
    publisher = publications.publisher_of(request.agency)
    made = publications.publications_of(publisher)
    told: dict[str, Any] = {
        "may_publish": publisher == request.agency and can_in_agency(request.user, MANAGE, request.agency),
        "facts": shown.published_facts(made, asked.smallest()),
        "crumbs": _crumbs(_("Resultados")),
    }
    if not made:
        return render(request, "quality/agency/results.html", told)
    with in_municipalities(asked.own_enrolments(publisher).values_list("municipality_id", flat=True)):
        versions = publications.versions_of(made[0])
        which = version_select(request, versions)
        version = next(one for one in versions if str(one.pk) == which.value)
        named = benchmarking.named_in(benchmarking.consents_of(publisher))
        together = publications.together_of(made[0], version, named=named, follows=len(made) > 1)
    return _answer(request, version, together, which, told)


@requires_agency(MANAGE)
def publish(request: AgencyRequest) -> HttpResponse:
    """How many enter and how many wait, said before it is done."""
    made = publications.publications_of(request.agency)
    with in_municipalities(asked.own_enrolments(request.agency).values_list("municipality_id", flat=True)):
        coming = publications.next_of(request.agency, made[0] if made else None)
    if not coming.entering:
        messages.info(request, QualityError("nothing_to_publish", smallest=asked.smallest()).sentence)
        return redirect("programme:results")
    question = Question(
        heading=_("¿Publicar las cifras de hoy?"),
        consequence=shown.coming_words(coming, asked.smallest()),
        confirm=_("Publicar las cifras"),
        act=lambda: _publish(request),
        done=_("Cifras publicadas."),
        back=reverse("programme:results"),
    )
    return confirm(request, question)


def _publish(request: AgencyRequest) -> None:
    with in_municipalities(asked.own_enrolments(request.agency).values_list("municipality_id", flat=True)):
        actions.publish(request.agency, by=request.user)


def _answer(
    request: AgencyRequest, version: PackVersion, together: Together, which: Select, told: dict[str, Any]
) -> HttpResponse:
    filters = _filters(request, together)
    criterion = _criterion(request, version)
    wanted = Wanted(*(one.value for one in filters))
    scope = " · ".join([str(request.agency), *(f"{one.label}: {one.words}" for one in filters if one.value)])
    if wanted_format(request):
        parts = shown.everything_of(version)
        rows = shown.rows(shown.tell(together, wanted, parts), parts)
        named: dict[str, Any] = {"name": "resultados", "title": _("Resultados"), "headings": shown.HEADINGS}
        return list_file(wanted_format(request), rows=rows, **named)
    chosen = next((one for one in shown.criteria_of(version) if one.part[0] == criterion.value), None)
    board = shown.board(version, together, wanted, scope=scope, criterion=chosen)
    context = {
        **told,
        "board": board,
        "is_all_kept_back": shown.is_all_kept_back(together, wanted),
        "selects": [which, *filters, criterion],
        "files": _files(request),
        "criterion": chosen,
    }
    file = as_file(request, board, "resultados", issuer=request.agency)
    return file or render(request, "quality/agency/results.html", context)


def _files(request: HttpRequest) -> dict[str, str]:
    query = request.GET.copy()
    addresses = {}
    for one in ("csv", "xlsx", "pdf"):
        query[FORMAT] = one
        addresses[one] = f"?{query.urlencode()}"
    return addresses


def _filters(request: HttpRequest, together: Together) -> list[Select]:
    """In the order of the fields of `Wanted`."""
    regions = region_names()
    here = sorted({place.region for place in together.places.values()} - {""})
    return [
        select(request, "ano", _("Año"), _options(turn.year for turn in together.turns), _("El más reciente")),
        select(request, "ciclo", _("Ciclo"), _options(turn.number for turn in together.turns), _("Cualquiera")),
        select(request, "region", _("Región"), [(one, regions.get(one, one)) for one in here], _("Todas")),
        select(
            request, "etapa", _("Etapa de ese día"), [(one.value, str(one.label)) for one in Stage], _("Cualquiera")
        ),
        select(request, "linea", _("Línea de ese día"), programme.lines(), _("Cualquiera")),
    ]


def _options(numbers: Any) -> list[tuple[str, str]]:
    return [(str(one), str(one)) for one in sorted(set(numbers), reverse=True)]


def _criterion(request: HttpRequest, version: PackVersion) -> Select:
    options = [(one.part[0], one.label) for one in shown.criteria_of(version)]
    return select(request, "criterio", _("Ver subcriterios de"), options, _("Ninguno: todos los criterios"))


@requires_agency(VIEW)
def named(request: AgencyRequest) -> HttpResponse:
    """The results of each municipality that agreed to go by its name, and of no other."""
    consents = benchmarking.consents_of(request.agency)
    with in_municipalities(queries.accepted_ids(request.agency)):
        versions = asked.versions()
        which = version_select(request, versions)
        version = next((one for one in versions if str(one.pk) == which.value), None)
        board, keeps_back = None, False
        if version is not None:
            agreed = benchmarking.named_in(consents)
            together = asked.together(version, queries.enrolments_of(request.agency), agreed)
            keeps_back = bool(agreed) and not together.named
            found = benchmarking.latest(version)
            names = benchmarking.names_of(request.agency, together.named)
            board = compared.named_board(version, found, names)
    context = {
        "board": board,
        "selects": [which],
        "keeps_back": keeps_back,
        "counts": compared.tally(consents),
        "crumbs": _crumbs(Crumb(_("Resultados"), reverse("programme:results")), Crumb(_("Con nombre"))),
    }
    file = as_file(request, board, "resultados-con-nombre", issuer=request.agency) if board else None
    return file or render(request, "quality/agency/results_named.html", context)


def _crumbs(*more: str | Crumb) -> list[Crumb]:
    trail = [one if isinstance(one, Crumb) else Crumb(one) for one in more]
    return [Crumb(_("Municipalidades"), reverse("programme:municipalities")), *trail]
