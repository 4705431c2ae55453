"""The words notifications uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    MAIL = "mail", _("correo electrónico")
    INBOX = "inbox", _("bandeja de avisos")


class State(models.TextChoices):
    QUEUED = "queued", _("en espera")
    SENDING = "sending", _("enviándose")
    SENT = "sent", _("enviado")
    FAILED = "failed", _("no se pudo enviar")
    SUPPRESSED = "suppressed", _("no se envía")


class Security(models.TextChoices):
    TLS = "tls", _("TLS desde el inicio")
    STARTTLS = "starttls", _("STARTTLS")
    NONE = "none", _("sin cifrado")
