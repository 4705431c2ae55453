"""The desk's pages of areas: the layers in force, the upload, its review, one layer with its versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from cabildo.accounts.access import StaffRequest, requires
from cabildo.territory import actions, geodesy, queries
from cabildo.territory.errors import TerritoryError
from cabildo.territory.forms import MappingForm, UploadForm
from cabildo.territory.models import AreaLayer, AreaUpload
from cabildo.territory.permissions import TerritoryPermission
from cabildo.territory.wording import tell
from cabildo.ui.parts import Column, Table
from cabildo.ui.spanish import number

SHOWN_PROBLEMS = 100
COLUMNS = (
    Column("code", _("Código")),
    Column("name", _("Nombre")),
    Column("km2", _("Superficie (km²)"), numeric=True),
)


def find_layer(user: Any, layer_id: int) -> AreaLayer:
    return get_object_or_404(AreaLayer.objects.select_related("uploaded_by"), pk=layer_id)


def find_upload(user: Any, upload_id: int) -> AreaUpload:
    return get_object_or_404(AreaUpload, pk=upload_id)


@requires(TerritoryPermission.MANAGE_AREAS)
def layers(request: StaffRequest) -> HttpResponse:
    context = {"layers": queries.current_layers(), "uploads": queries.waiting_uploads()}
    return render(request, "territory/layers.html", context)


@requires(TerritoryPermission.MANAGE_AREAS)
def upload(request: StaffRequest) -> HttpResponse:
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        chosen = form.cleaned_data
        kept = actions.keep_upload(
            kind=chosen["kind"],
            name=chosen["name"],
            file_name=chosen["file"].name,
            content=form.content,
            by=request.user,
        )
        return redirect("territory:review", kept.pk)
    context = {
        "heading": say("Subir un archivo de áreas"),
        "lead": say("Primero se revisa el archivo. Nada cambia hasta que usted confirme en el paso siguiente."),
        "form": form,
        "submit_label": say("Revisar el archivo"),
        "cancel_url": reverse("territory:layers"),
    }
    return render(request, "ui/form_page.html", context, status=422 if form.is_bound else 200)


@requires(TerritoryPermission.MANAGE_AREAS, on=find_upload)
def review(request: StaffRequest, waiting: AreaUpload) -> HttpResponse:
    """Shows what the file would become with the chosen columns; a POST publishes it."""
    chosen = request.POST if request.method == "POST" else request.GET
    code, name = chosen.get("codigo", ""), chosen.get("nombre", "")
    if request.method == "POST":
        try:
            layer = actions.publish_upload(waiting, code_property=code, name_property=name, by=request.user)
        except TerritoryError as error:
            messages.error(request, error.sentence)
        else:
            messages.success(request, say("La capa «{name}» está vigente.").format(name=layer.name))
            return redirect("territory:layer", layer.pk)
    found = queries.review(waiting.content.encode(), code, name)
    return render(request, "territory/review.html", {"upload": waiting, **_review_context(found)})


@require_POST
@requires(TerritoryPermission.MANAGE_AREAS, on=find_upload)
def discard(request: StaffRequest, waiting: AreaUpload) -> HttpResponse:
    actions.discard_upload(waiting)
    messages.success(request, say("Se descartó el archivo «{name}».").format(name=waiting.file_name))
    return redirect("territory:layers")


@requires(TerritoryPermission.MANAGE_AREAS, on=find_layer)
def layer(request: StaffRequest, shown: AreaLayer) -> HttpResponse:
    areas = queries.areas_of(shown)
    context = {
        "layer": shown,
        "versions": queries.versions_of(shown.kind),
        "map_data": {"areas": queries.layer_geojson(shown)},
        "table": Table(say("Áreas de la capa"), COLUMNS, [(a.code, a.name, number(a.area_km2, 2)) for a in areas]),
    }
    return render(request, "territory/layer.html", context)


@require_POST
@requires(TerritoryPermission.MANAGE_AREAS, on=find_layer)
def restore(request: StaffRequest, earlier: AreaLayer) -> HttpResponse:
    try:
        actions.restore_layer(earlier, by=request.user)
    except TerritoryError as error:
        messages.error(request, error.sentence)
    else:
        messages.success(request, say("La versión {number} vuelve a estar vigente.").format(number=earlier.version))
    return redirect("territory:layer", earlier.pk)


def _review_context(found: queries.Review) -> dict[str, Any]:
    rows = [(area.code, area.name, number(geodesy.area_km2(area.polygons), 2)) for area in found.areas]
    return {
        "found": found,
        "form": MappingForm(found),
        "errors": tell(found.errors[:SHOWN_PROBLEMS]),
        "warnings": tell(found.warnings[:SHOWN_PROBLEMS]),
        "may_publish": bool(found.areas) and not found.errors,
        "map_data": {"areas": queries.shapes_geojson(found.areas)},
        "table": Table(say("Áreas del archivo"), COLUMNS, rows),
    }
