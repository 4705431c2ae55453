"""Forms of the areas: the file first, then which of its columns is the code and which the name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cabildo.territory import rules
from cabildo.territory.choices import LayerKind
from cabildo.territory.queries import Review
from cabildo.territory.rules import Column, Problem
from cabildo.territory.wording import tell


class UploadForm(forms.Form):
    kind = forms.ChoiceField(label=_("Qué áreas son"), choices=LayerKind)
    name = forms.CharField(
        label=_("Nombre de la capa"), max_length=120, help_text=_("Por ejemplo: Unidades vecinales 2026.")
    )
    file = forms.FileField(
        label=_("Archivo GeoJSON"),
        help_text=_("Polígonos en WGS84 (EPSG:4326), de hasta 10 MB. Cada área con su código y su nombre."),
        widget=forms.FileInput(attrs={"accept": ".geojson,.json,application/geo+json"}),
    )

    def clean_file(self) -> UploadedFile:
        """The file, once it can be read. Its bytes stay in `content`."""
        file = self.cleaned_data["file"]
        if file.size > rules.MAX_BYTES:
            limit = rules.MAX_BYTES // 2**20
            raise _refusal((Problem("too_big", facts={"megabytes": file.size / 2**20, "limit": limit}),))
        self.content = file.read()
        if problems := rules.read_features(self.content).problems:
            raise _refusal(problems)
        return file


class MappingForm(forms.Form):
    """Which property is the code, which the name."""

    codigo = forms.ChoiceField(label=_("Columna con el código"))
    nombre = forms.ChoiceField(label=_("Columna con el nombre"))

    def __init__(self, found: Review, data: Any = None) -> None:
        super().__init__(data, initial={"codigo": found.code_property, "nombre": found.name_property})
        options = [("", _("Elija una columna")), *((column.name, _described(column)) for column in found.columns)]
        for field in self.fields.values():
            field.choices = options


def _described(column: Column) -> str:
    return f"{column.name} ({', '.join(column.samples)})" if column.samples else column.name


def _refusal(problems: tuple[Problem, ...]) -> ValidationError:
    return ValidationError([f"{told.message} {told.fix}" for told in tell(problems)])
