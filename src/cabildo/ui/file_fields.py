"""A field for several files at once."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_FILES = 5


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Some files, at most `most`; the cleaned value is their list. What each holds is checked when it is kept."""

    widget = FilesInput

    def __init__(self, *, most: int = MOST_FILES, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        if self.required and not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if len(data or []) > self.most:
            raise forms.ValidationError(_("Elija a lo más %(most)s archivos.") % {"most": self.most})
        return [super(FilesField, self).clean(one, initial) for one in data or []]
