"""What a person fills in to check a document."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from cabildo.documents.rules import normal_code

MAX_COMPARED = 30 * 1024 * 1024


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Código de verificación"),
        help_text=_("Está junto al código QR del documento. Por ejemplo: 7KQM-2WXA-9TRB."),
        max_length=30,
    )

    def clean_code(self) -> str:
        code = normal_code(self.cleaned_data["code"])
        if code is None:
            raise forms.ValidationError(
                _("El código tiene doce letras y números. Cópielo de nuevo; no lleva cero, uno ni las letras I, L, O.")
            )
        return code


class CompareForm(forms.Form):
    file = forms.FileField(
        label=_("Su copia del documento, en PDF"),
        help_text=_("Se compara y no se guarda."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )

    def clean_file(self) -> UploadedFile:
        file: Any = self.cleaned_data["file"]
        if file.size > MAX_COMPARED:
            raise forms.ValidationError(_("El archivo pesa más de 30 MB: no es este documento."))
        if file.read(5) != b"%PDF-":
            raise forms.ValidationError(_("El archivo no es un PDF. Elija el PDF que recibió."))
        file.seek(0)
        return file
