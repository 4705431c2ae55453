"""What anyone may open: the figures, the map and list of published requests, their files and feed."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from cabildo.accounts.access import public
from cabildo.db.counting import capped_count
from cabildo.db.keyset import InvalidCursor, page
from cabildo.tickets import bulk, maps, public_figures
from cabildo.tickets.choices import State
from cabildo.tickets.feeds import PublishedFeed
from cabildo.tickets.queries import public as published
from cabildo.tickets.rules import cells
from cabildo.tickets.rules.cells import Box
from cabildo.ui.exports import csv_lines
from cabildo.ui.spanish import counted

PAGE_SIZE = 20
ANY_FOLIO = "FOLIO"
FRESH_SECONDS = 60


@public
def figures(request: HttpRequest) -> HttpResponse:
    """The sentence, the charts, the tables, the file and the method."""
    chosen = public_figures.chosen(request.GET.get("periodo", ""), timezone.localdate())
    story = public_figures.story(chosen, timezone.localdate())
    return render(request, "tickets/public/figures.html", {"story": story, "chosen": chosen})


@public
def figures_file(request: HttpRequest) -> HttpResponse:
    """Every published count of the page in one file."""
    today = timezone.localdate()
    chosen = public_figures.chosen(request.GET.get("periodo", ""), today)
    lines = csv_lines(public_figures.HEADINGS, public_figures.rows(chosen, today), separator=",")
    return _csv(HttpResponse("".join(lines)), f"cifras-{chosen.code}")


@public
def listing(request: HttpRequest) -> HttpResponse:
    """Map and list of published requests, newest first."""
    listing = published.spec().read(request.GET)
    found = published.filtered(published.published(), listing.values)
    try:
        shown = page(found, listing.sort.order, listing.cursor, PAGE_SIZE)
    except InvalidCursor:
        return redirect("tickets:public_list")
    context = {
        "listing": listing,
        "page": shown,
        "count_words": counted(capped_count(found), _("solicitud publicada"), _("solicitudes publicadas")),
        "map_data": maps.public_map(),
        "live_url": f"{reverse('tickets:public_map')}?{listing.address}",
        "file_url": f"{reverse('tickets:public_file')}?{listing.address}",
    }
    return render(request, "tickets/public/list.html", context)


@public
@cache_control(public=True, max_age=FRESH_SECONDS)
def map_data(request: HttpRequest) -> HttpResponse:
    """What is in sight: counted squares from afar or where there are many, else single requests."""
    try:
        west, south, east, north = (float(part) for part in request.GET.get("bbox", "").split(","))
        box, zoom = cells.on_earth(Box(west, south, east, north)), int(float(request.GET.get("zoom", "")))
        spots = _spots(box, zoom, published.spec().read(request.GET).values)
    except (ValueError, OverflowError):
        return HttpResponseBadRequest(_("Indique bbox=oeste,sur,este,norte y zoom."))
    return JsonResponse(spots)


def _spots(box: Box, zoom: int, values: Any) -> dict[str, Any]:
    found = published.spots(box, zoom, values)
    names = {state.value: str(state.label) for state in State}
    page = reverse("tickets:public_detail", args=[ANY_FOLIO])  # looked up once, not for each of a hundred
    return {
        "cells": [{"lat": one.latitude, "lon": one.longitude, "count": one.total} for one in found.squares],
        "points": [
            {
                "lat": one.latitude,
                "lon": one.longitude,
                "title": one.category,
                "text": names[one.state],
                "url": page.replace(ANY_FOLIO, one.folio),
            }
            for one in found.points
        ],
    }


@public
def detail(request: HttpRequest, folio: str) -> HttpResponse:
    """One published request: what, where about, who answers, by when, how it ended."""
    ticket = published.published().filter(folio=folio).first()
    if ticket is None:
        raise Http404
    photo = published.photos_of([ticket]).get(ticket.pk)
    return render(request, "tickets/public/detail.html", {"ticket": ticket, "photo": photo})


@public
def file(request: HttpRequest) -> Any:
    """The published requests of the filters, as GeoReport Bulk."""
    values = published.spec().read(request.GET).values
    return _csv(StreamingHttpResponse(bulk.csv(values)), "solicitudes")


def _csv[Answer: HttpResponse | StreamingHttpResponse](answer: Answer, name: str) -> Answer:
    answer.headers["Content-Type"] = "text/csv; charset=utf-8"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate():%Y-%m-%d}.csv"'
    return answer


feed = public(PublishedFeed())
