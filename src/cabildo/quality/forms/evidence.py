"""What people write of what shows an element: papers with their files, figures of several years."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.fields import day
from cabildo.documents.actions import most_megabytes
from cabildo.documents.choices import Kind
from cabildo.instruments.choices import PaperKind
from cabildo.instruments.errors import InstrumentsError
from cabildo.instruments.models import Evidence
from cabildo.ui.file_fields import FilesField
from cabildo.ui.revised_forms import RevisedForm, options

YEARS = 6  # the present one and the five before: a trend needs three
MOST_FILES = 10


class EvidenceForm(RevisedForm):
    kind = forms.ChoiceField(label=_("Tipo de documento"), choices=options(PaperKind))
    issued_on = day(_("Fecha del documento"), required=False)
    valid_until = day(_("Vigente hasta"), _("En blanco si no vence."), required=False)
    uploads = FilesField(label=_("Archivos"), required=False, most=MOST_FILES)

    class Meta:
        model = Evidence
        fields = ["title", "kind", "issued_on", "valid_until", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if self.instance._state.adding:
            fields["uploads"].required = fields["uploads"].widget.is_required = True
            fields["uploads"].error_messages["required"] = InstrumentsError("file_missing").sentence
        fields["title"].help_text = _("Como lo conoce la oficina; por ejemplo, «Decreto N° 812 de 2026».")
        fields["note"].help_text = _("En qué página o párrafo está lo que importa.")
        fields["uploads"].help_text = format_lazy(
            _("Hasta {most} archivos de {size} MB cada uno."), most=MOST_FILES, size=most_megabytes(Kind.EVIDENCE)
        )
        self.order_fields(["title", "uploads", "kind", "issued_on", "valid_until", "note", "revision"])


class UseForm(forms.Form):
    """Evidence that is already there and shows this element too."""

    papers = forms.ModelMultipleChoiceField(
        label=_("Evidencia ya subida"), queryset=Evidence.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["papers"]
        field.queryset = papers


class SeriesForm(forms.Form):
    """An indicator with a figure for each year; a year left blank is unknown, which is not zero."""

    indicator = forms.CharField(label=_("Indicador"), max_length=160)
    unit = forms.CharField(label=_("Unidad"), help_text=_("Por ejemplo: %, días, personas."), max_length=40)
    source = forms.CharField(label=_("De dónde sale"), help_text=_("Sistema, registro o informe."), max_length=200)
    evidence = forms.ModelChoiceField(
        label=_("Evidencia que la respalda"), queryset=Evidence.objects.none(), required=False
    )

    def __init__(self, *args: Any, years: Sequence[int], papers: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.years = years
        fields: Any = self.fields
        fields["evidence"].queryset = papers
        fields["evidence"].empty_label = _("Ninguna todavía")
        fields["indicator"].disabled = not is_new
        for year in years:
            label = format_lazy(_("Valor de {year}"), year=year)
            fields[f"valor_{year}"] = forms.DecimalField(
                label=label, max_digits=18, decimal_places=4, required=False, localize=True
            )

    @property
    def values(self) -> dict[int, Decimal | None]:
        """Year → figure, None when it was left blank."""
        return {year: self.cleaned_data[f"valor_{year}"] for year in self.years}
