"""Mail that came in: read once each, whatever became of it."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.fields import EncryptedTextField
from cabildo.tickets.choices import MailOutcome, MailReason
from cabildo.tickets.models.ticket import Ticket


class ReceivedMail(TenantModel):
    """One message of the mailbox. The index, of its Message-ID or of its bytes, keeps it from being taken twice.

    Only a mail that was not taken keeps its words, for a while and to correct a wrong refusal: those of a taken one
    live in its request. `text` None says that they are gone.
    """

    message_index = models.CharField(max_length=64)
    outcome = models.CharField(_("qué se hizo"), max_length=12, choices=MailOutcome.choices)
    reason = models.CharField(_("motivo"), max_length=40, choices=MailReason.choices, blank=True)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="mails")
    received_at = models.DateTimeField(_("recibido"))
    read_at = models.DateTimeField(_("leído"), auto_now_add=True)
    sender = EncryptedTextField(purpose="tickets.mail_sender", null=True, blank=True)
    sender_name = EncryptedTextField(purpose="tickets.mail_sender_name", null=True, blank=True)
    sender_index = models.CharField(max_length=64, blank=True, editable=False)
    subject = models.CharField(_("asunto"), max_length=300, blank=True)
    subject_folded = models.CharField(max_length=300, blank=True, editable=False)
    text = EncryptedTextField(purpose="tickets.mail_text", null=True, blank=True)
    file_names: Any = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("correo recibido")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "message_index"], name="tickets_mail_once"),
            models.CheckConstraint(
                condition=Q(outcome=MailOutcome.IGNORED) | Q(text__isnull=True, sender__isnull=True, subject=""),
                name="tickets_taken_mail_is_in_its_request",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "-received_at", "-id"], name="tickets_mail_newest")]

    def __str__(self) -> str:
        return f"{self.outcome} {self.pk}"

    @property
    def is_convertible(self) -> bool:
        return self.outcome == MailOutcome.IGNORED and self.text is not None
