"""The words documents uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PHOTO = "photo", _("fotografía")
    EVIDENCE = "evidence", _("antecedente")
    ANSWER = "answer", _("respuesta")
    RECEIPT = "receipt", _("comprobante")
    OTHER = "other", _("otro documento")


class Visibility(models.TextChoices):
    INTERNAL = "internal", _("solo funcionarios")
    REQUESTER = "requester", _("funcionarios y quien hizo la solicitud")
    PUBLIC = "public", _("cualquier persona")


class SignatureState(models.TextChoices):
    VALID = "valid", _("firma válida")
    INVALID = "invalid", _("firma inválida: el archivo cambió después de firmarse")
    NOT_VERIFIABLE = (
        "not_verifiable",
        _("firma no verificable aquí: el archivo está íntegro, pero no se pudo comprobar quién firmó"),
    )
    NONE = "none", _("sin firma electrónica incorporada")
