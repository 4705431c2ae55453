"""Mail that came in: read once each, whatever became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import MailOutcome
from cabildo.tickets.models.ticket import Ticket


class ReceivedMail(TenantModel):
    """One message of the mailbox. The index, of its Message-ID or of its bytes, keeps it from being taken twice."""

    message_index = models.CharField(max_length=64)
    outcome = models.CharField(_("qué se hizo"), max_length=12, choices=MailOutcome.choices)
    reason = models.CharField(_("motivo"), max_length=40, blank=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    received_at = models.DateTimeField(_("recibido"))
    read_at = models.DateTimeField(_("leído"), auto_now_add=True)

    class Meta:
        verbose_name = _("correo recibido")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "message_index"], name="tickets_mail_once"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"
