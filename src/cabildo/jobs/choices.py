"""The words of the queue."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("en espera")
    RUNNING = "running", _("en curso")
    DONE = "done", _("terminada")
    FAILED = "failed", _("fallida")
    CANCELLED = "cancelled", _("anulada")
