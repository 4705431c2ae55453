"""What a key must be: Django's rules, in the words of every other page, and what to do instead."""

from django.contrib.auth import password_validation as django
from django.utils.translation import gettext as _


class LongEnough(django.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Es muy corta. Escriba una clave de %d caracteres o más.") % self.min_length

    def get_help_text(self) -> str:
        return _("Su clave debe tener %d caracteres o más.") % self.min_length


class UnlikeThePerson(django.UserAttributeSimilarityValidator):
    def __init__(self) -> None:
        super().__init__(user_attributes=("full_name", "email"))

    def get_error_message(self) -> str:
        return _("Se parece a su %(verbose_name)s. Escriba una clave que nadie pueda adivinar.")

    def get_help_text(self) -> str:
        return _("Su clave no debe parecerse a su nombre ni a su correo.")


class Uncommon(django.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Es una de las más usadas. Escriba una clave que nadie pueda adivinar.")

    def get_help_text(self) -> str:
        return _("Su clave no debe ser una de las más usadas.")


class NotOnlyDigits(django.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Tiene sólo números. Agregue letras.")

    def get_help_text(self) -> str:
        return _("Su clave no debe tener sólo números.")
