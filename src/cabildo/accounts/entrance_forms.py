"""The forms of entering and of one's key, with the word that the rest of the platform uses for it: clave."""

from typing import Any

from allauth.account import forms as allauth
from django.utils.translation import gettext_lazy as _

LABELS = {
    "password": _("Clave"),
    "oldpassword": _("Su clave de ahora"),
    "password1": _("Clave nueva"),
    "password2": _("Clave nueva, otra vez"),
}


class _Named:
    """Fields of a key under their own names."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in LABELS.keys() & self.fields.keys():
            self.fields[name].label = self.fields[name].widget.attrs["placeholder"] = LABELS[name]


class EntranceForm(_Named, allauth.LoginForm):
    pass


class ChangeKeyForm(_Named, allauth.ChangePasswordForm):
    pass


class SetKeyForm(_Named, allauth.SetPasswordForm):
    pass


class NewKeyForm(_Named, allauth.ResetPasswordKeyForm):
    pass
