"""Open data of the programme of an agency, for anybody: a page, and the same as CSV and JSON."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from cabildo.accounts.access import public
from cabildo.accounts.models import Agency
from cabildo.accounts.scoping import in_municipalities
from cabildo.quality.queries import benchmarking, publications
from cabildo.quality.queries import results as asked
from cabildo.quality.rules.results import WHOLE, Wanted
from cabildo.quality.shown import open_data as shown
from cabildo.quality.shown import results as told
from cabildo.quality.shown.diagnosis import standing
from cabildo.quality.shown.open_data import Published
from cabildo.quality.views.results import version_select
from cabildo.ui import spanish
from cabildo.ui.exports import csv_lines

FRESH_SECONDS = 300


def _published(agency: Agency) -> list[Published]:
    """Every version of the last publication of the agency; none before the first."""
    made = publications.publications_of(agency)
    if not made:
        return []
    last, follows = made[0], len(made) > 1
    named = benchmarking.named_in(benchmarking.consents_of(agency))
    with in_municipalities(asked.own_enrolments(agency).values_list("municipality_id", flat=True)):
        return [
            Published(one, last.at, publications.together_of(last, one, named=named, follows=follows))
            for one in publications.versions_of(last)
        ]


@public
@cache_control(public=True, max_age=FRESH_SECONDS)
def results(request: HttpRequest) -> HttpResponse:
    """The sentence, the chart with its table, the files, the dictionary and how it is counted."""
    agency: Any = request.agency  # type: ignore[attr-defined]
    published = _published(agency)
    which = version_select(request, [one.version for one in published])
    chosen = next((one for one in published if str(one.version.pk) == which.value), None)
    context: dict[str, Any] = {
        "select": which,
        "dictionary": shown.FIELDS.items(),
        "licence": shown.LICENCE,
        "licence_url": shown.LICENCE_URL,
        "demonstration": chosen is not None and not chosen.version.pack.official,
    }
    if chosen is not None:
        scope = _("%(agency)s, al %(day)s") % {"agency": agency, "day": spanish.long_date(chosen.at)}
        board = told.board(chosen.version, chosen.together, Wanted(), scope=scope, criterion=None)
        context |= {
            "board": board,
            "sentence": _sentence(agency, chosen),
            "is_all_kept_back": told.is_all_kept_back(chosen.together, Wanted()),
        }
    return render(request, "quality/open_data.html", context)


def _sentence(agency: Agency, chosen: Published) -> str:
    found = chosen.together.told(Wanted(), "declared", [WHOLE])[WHOLE]
    everybody = len(chosen.together.places)
    if found is None or found.median is None:
        return _("En el programa de %(agency)s participan %(all)s municipalidades; son muy pocas para publicar.") % {
            "agency": agency,
            "all": spanish.number(everybody),
        }
    return _(
        "%(n)s de las %(all)s municipalidades del programa de %(agency)s declararon su resultado: la del medio"
        " declaró un %(median)s de logro."
    ) % {
        "agency": agency,
        "n": spanish.number(found.count),
        "all": spanish.number(everybody),
        "median": spanish.percentage(told.percent(found.median)),
    }


@public
@cache_control(public=True, max_age=FRESH_SECONDS)
def csv_file(request: HttpRequest) -> HttpResponse:
    """Every row, with comma and decimal point: for programs."""
    agency: Any = request.agency  # type: ignore[attr-defined]
    rows = [row for one in _published(agency) for row in shown.rows(one)]
    headers = {"Content-Disposition": f'attachment; filename="resultados-{agency.slug}.csv"'}
    lines = csv_lines(list(shown.FIELDS), rows, separator=",")
    return HttpResponse("".join(lines), content_type="text/csv; charset=utf-8", headers=headers)


@public
@cache_control(public=True, max_age=FRESH_SECONDS)
def json_file(request: HttpRequest) -> HttpResponse:
    """The same with its dictionary, its licence and its notices."""
    agency: Any = request.agency  # type: ignore[attr-defined]
    published = _published(agency)
    smallest = asked.smallest()
    content = {
        "titulo": _("Resultados del programa de calidad de la gestión municipal"),
        "organismo": agency.name,
        "aviso": agency.notice,
        "modelos": [standing(one.version) for one in published],
        "fecha": timezone.localdate(published[0].at).isoformat() if published else None,
        "licencia": {"codigo": shown.LICENCE, "direccion": shown.LICENCE_URL},
        "pagina": request.build_absolute_uri(reverse("open_data:results")),
        "metodo": told.method(smallest),
        "diccionario": {name: str(words) for name, words in shown.FIELDS.items()},
        "filas": [shown.as_record(row) for one in published for row in shown.rows(one)],
    }
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})
