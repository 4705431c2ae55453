"""The example content of the component gallery: one invented commune, Puerto Claro, on one day of 2026."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from cabildo.ui import lists, parts, spanish

KINDS = (("consulta", _("Consulta")), ("solicitud", _("Solicitud")), ("reclamo", _("Reclamo")))
DEPARTMENTS = (
    ("aseo", _("Aseo y Ornato")),
    ("obras", _("Dirección de Obras")),
    ("transito", _("Tránsito y Transporte Público")),
)
ROWS = (
    (
        "PC-2026-004183-K",
        _("Luminaria apagada frente a la escuela"),
        _("Dirección de Obras"),
        date(2026, 12, 14),
        "late",
    ),
    ("PC-2026-004201-3", _("Poda de árbol sobre cables"), _("Aseo y Ornato"), date(2026, 12, 22), "due_soon"),
    ("PC-2026-004219-8", _("Paso de cebra borrado en calle Prat"), _("Tránsito"), date(2027, 1, 11), "on_time"),
    ("PC-2026-004220-M", _("Certificado de número municipal"), _("Dirección de Obras"), date(2027, 1, 13), "stopped"),
)
ANSWERED = (("Aseo y Ornato", 118, 140), ("Dirección de Obras", 74, 121), ("Tránsito", 51, 62))


class ExampleForm(forms.Form):
    """Every kind of field once."""

    full_name = forms.CharField(label=_("Nombre completo"), help_text=_("Como quiere que le llamemos en la respuesta."))
    kind = forms.ChoiceField(label=_("¿Qué necesita?"), choices=KINDS, widget=forms.RadioSelect)
    official = forms.CharField(label=_("¿Sobre qué atención es el reclamo?"), required=False)
    department = forms.ChoiceField(label=_("Dirección municipal"), choices=(("", _("Elija una")), *DEPARTMENTS))
    text = forms.CharField(
        label=_("Cuéntenos qué ocurre"),
        widget=forms.Textarea,
        help_text=_("Diga qué pasa, dónde y desde cuándo. No escriba datos de salud ni de otras personas."),
    )
    seen_on = forms.DateField(
        label=_("¿Cuándo lo vio?"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    email = forms.EmailField(
        label=_("Correo electrónico"), required=False, help_text=_("Para avisarle de la respuesta.")
    )
    channels = forms.MultipleChoiceField(
        label=_("¿Cómo prefiere que le avisemos?"),
        choices=(("mail", _("Correo")), ("phone", _("Teléfono")), ("letter", _("Carta"))),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    photo = forms.FileField(label=_("Foto del lugar"), required=False, help_text=_("JPG o PNG, hasta 8 MB."))
    agrees = forms.BooleanField(label=_("Acepto recibir la respuesta por correo electrónico"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["official"].show_when = "kind=reclamo"  # type: ignore[attr-defined]


def context() -> dict[str, Any]:
    """All that `ui/gallery.html` shows, without a database."""
    return {
        "empty_form": ExampleForm(auto_id="id_%s"),
        "wrong_form": ExampleForm({"kind": "reclamo", "email": "rosa"}, auto_id="wrong_%s"),
        "crumbs": [parts.Crumb(_("Mi trabajo"), "#"), parts.Crumb(_("Solicitudes"), "#"), parts.Crumb(ROWS[0][0])],
        "rows": [dict(zip(("folio", "title", "department", "due_on", "state"), row, strict=True)) for row in ROWS],
        "record_facts": _facts(),
        "timeline_entries": _timeline(),
        "process_steps": _steps(),
        "board": _figures(),
        "answered": _chart(),
        "listing": _listing(),
        "page": SimpleNamespace(items=ROWS, next_cursor="b", previous_cursor="a"),
        "bulk_actions": (("derive", _("Derivar")), ("export", _("Exportar"))),
        "map_data": _map(),
        "map_table": _map_table(),
        "picker_data": {"center": [-33.036, -71.62], "zoom": 14},
    }


def _facts() -> list[parts.Fact]:
    return [
        parts.Fact(_("Clase"), _("Reclamo")),
        parts.Fact(_("Ingresó"), _("lunes 16 de noviembre de 2026, por la web")),
        parts.Fact(_("Debe responder"), _("Dirección de Obras Municipales")),
        parts.Fact(_("Plazo legal"), _("20 días hábiles: lunes 14 de diciembre de 2026"), "#"),
        parts.Fact(_("Lugar"), _("Calle Prat con Los Aromos, sector Centro")),
        parts.Fact(_("Solicitante"), _("Rosa Fuentes")),
    ]


def _timeline() -> list[parts.TimelineEntry]:
    return [
        parts.TimelineEntry(
            _at(12, 14), _("Se cumplió el plazo sin respuesta"), icon="exclamation-octagon", state="late"
        ),
        parts.TimelineEntry(
            _at(11, 24),
            _("Obras pidió un informe a Alumbrado"),
            who=_("Diego Soto"),
            text=_("¿Está la luminaria 1.482 en la garantía de la empresa?"),
            icon="chat-left-text",
        ),
        parts.TimelineEntry(
            _at(11, 17), _("Se derivó a la Dirección de Obras"), who=_("Olga Vera"), icon="signpost-split"
        ),
        parts.TimelineEntry(
            _at(11, 16), _("Ingresó la solicitud"), who=_("Rosa Fuentes"), icon="inbox", state="on_time"
        ),
    ]


def _at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 14, 32, tzinfo=UTC)


def _steps() -> list[parts.Step]:
    return [
        parts.Step(_("Diagnóstico"), "done", _("Terminado el 3 nov 2026 por Carmen Díaz")),
        parts.Step(
            _("Autoevaluación"),
            "current",
            _("Vence el viernes 18 de diciembre"),
            missing=[
                parts.Missing(_("Adjuntar la evidencia de la pregunta 4"), "#"),
                parts.Missing(_("Responder las preguntas 11 y 12"), "#"),
            ],
        ),
        parts.Step(_("Validación"), "pending", _("La hace una persona externa a la municipalidad")),
        parts.Step(_("Plan de mejora"), "blocked", _("Se abre cuando termina la validación")),
    ]


def _figures() -> list[parts.Figure]:
    return [
        parts.Figure(_("Fuera de plazo"), "38", _("38 de 120 abiertas, 31,7 %"), _("9 menos que hace una semana"), "#"),
        parts.Figure(_("Respondidas en plazo"), "75,2 %", _("243 de 323 de este año"), _("71,0 % el año pasado")),
        parts.Figure(
            _("Días hasta responder"), "11", _("mediana de 323 respuestas"), _("el plazo legal es 20 días hábiles")
        ),
    ]


def _chart() -> parts.Chart:
    columns = (
        parts.Column("department", _("Dirección")),
        parts.Column("answered", _("Respondidas en plazo"), numeric=True),
        parts.Column("share", _("Parte"), numeric=True),
    )
    rows = [(name, spanish.number(part), spanish.share(part, whole)) for name, part, whole in ANSWERED]
    return parts.Chart(
        title=_("Aseo y Ornato responde en plazo más que las demás"),
        subtitle=_("Solicitudes respondidas dentro del plazo legal, por dirección, 2026"),
        drawing=_bars(),
        table=parts.Table(_("Respuestas en plazo por dirección"), columns, rows),
        source=_("Fuente: registro de solicitudes, 15 dic 2026. n = 323."),
    )


def _bars() -> SafeString:
    """A bar for each department, with its label at the end: zero base, no legend."""
    bars = format_html_join(
        "",
        '<text x="150" y="{}" font-size="14" text-anchor="end">{}</text>'
        '<rect x="160" y="{}" width="{}" height="24" rx="2" fill="#0f69b4"/>'
        '<text x="{}" y="{}" font-size="14">{}</text>',
        (
            (40 * row + 29, name, 40 * row + 12, round(320 * part / whole), 168 + round(320 * part / whole),
             40 * row + 29, spanish.percentage(100 * part / whole))
            for row, (name, part, whole) in enumerate(ANSWERED)
        ),
    )  # fmt: skip
    return mark_safe(f'<svg viewBox="0 0 560 136" width="560" height="136" font-family="Noto Sans">{bars}</svg>')


def _listing() -> lists.ListState:
    spec = lists.ListSpec(
        filters=(
            lists.TextFilter("texto", _("Palabra o folio")),
            lists.MultipleFilter("direccion", _("Dirección"), DEPARTMENTS),
            lists.ChoiceFilter("clase", _("Clase"), KINDS),
            lists.DateRangeFilter("ingreso", _("Ingresó")),
        ),
        columns=(
            parts.Column("title", _("Solicitud")),
            parts.Column("department", _("Debe responder")),
            parts.Column("due_on", _("Vence"), sort="vence"),
            parts.Column("state", _("Estado")),
        ),
        sorts=(
            lists.SortOption("vence", _("Vence primero"), ("due_on", "pk")),
            lists.SortOption("nuevas", _("Más nuevas"), ("-pk",)),
        ),
    )
    return spec.read(QueryDict("direccion=obras&direccion=aseo&ingreso_desde=2026-11-01"))


def _map() -> dict[str, Any]:
    corners = [[-71.64, -33.05], [-71.6, -33.05], [-71.6, -33.02], [-71.64, -33.02], [-71.64, -33.05]]
    area = {
        "type": "Feature",
        "properties": {"name": "Sector Centro"},
        "geometry": {"type": "Polygon", "coordinates": [corners]},
    }
    return {
        "areas": {"type": "FeatureCollection", "features": [area]},
        "cells": [{"lat": -33.03, "lon": -71.63, "count": 24}, {"lat": -33.042, "lon": -71.61, "count": 7}],
        "points": [{"lat": -33.036, "lon": -71.618, "title": "Luminaria apagada", "text": "Dirección de Obras"}],
    }


def _map_table() -> parts.Table:
    columns = (parts.Column("area", _("Sector")), parts.Column("count", _("Solicitudes"), numeric=True))
    return parts.Table(_("Solicitudes por sector"), columns, (("Centro", 32), ("Cerro Alegre", 11), ("Playa Norte", 4)))
