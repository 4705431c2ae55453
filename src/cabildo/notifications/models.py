"""Messages waiting, sent or failed; the inbox of each official; the mail server of each municipality."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import User
from cabildo.accounts.scoping import TenantModel
from cabildo.db.fields import EncryptedTextField
from cabildo.notifications.choices import Channel, Security, State

PORT = [MinValueValidator(1), MaxValueValidator(65535)]


class Message(TenantModel):
    """One message to one recipient. It is written with what it tells about and sent after that commits.

    `recipient_index` is the blind index of the address. `on_type` and `on_id` name what it is about, without a
    foreign key. `next_try_at` is the earliest next attempt or, while sending, when the attempt is given up for lost.
    """

    channel = models.CharField(max_length=10, choices=Channel)
    template = models.CharField(max_length=80)
    recipient = EncryptedTextField(purpose="notifications.recipient", null=True)
    recipient_index = models.CharField(max_length=64, blank=True)
    recipient_user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    subject = EncryptedTextField(purpose="notifications.subject", null=True)
    body = EncryptedTextField(purpose="notifications.body", null=True)
    on_type = models.CharField(max_length=60, blank=True)
    on_id = models.CharField(max_length=40, blank=True)
    dedup_key = models.CharField(max_length=200)
    message_id = models.CharField(max_length=200, blank=True)
    answers_id = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=40, blank=True)
    reply_code = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "channel", "dedup_key"], name="notifications_once"),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "next_try_at"],
                condition=Q(state__in=[State.QUEUED, State.SENDING]),
                name="notifications_due",
            ),
            models.Index(fields=["municipality", "created_at", "id"], name="notifications_log"),
            models.Index(fields=["municipality", "recipient_index", "sent_at"], name="notifications_recipient"),
            models.Index(fields=["municipality", "on_type", "on_id"], name="notifications_about"),
            models.Index(fields=["message_id"], name="notifications_message_id"),
        ]

    def __str__(self) -> str:
        return f"{self.template} · {self.state}"


class InboxItem(TenantModel):
    """A message in an official's inbox, with the page it leads to."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="inbox_item")
    url = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "user", "created_at", "id"], name="notifications_inbox"),
            models.Index(
                fields=["municipality", "user"], condition=Q(read_at__isnull=True), name="notifications_unread"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}:{self.message_id}"


class MailServer(TenantModel):
    """How a municipality sends mail and where it receives it. One per municipality."""

    host = models.CharField(_("servidor de salida (SMTP)"), max_length=200)
    port = models.PositiveIntegerField(_("puerto de salida"), default=587, validators=PORT)
    security = models.CharField(_("seguridad de la salida"), max_length=10, choices=Security, default=Security.STARTTLS)
    username = models.CharField(_("usuario de salida"), max_length=200, blank=True)
    password = EncryptedTextField(purpose="notifications.smtp_password", null=True, blank=True)
    from_address = models.EmailField(_("dirección del remitente"))
    from_name = models.CharField(_("nombre del remitente"), max_length=120, blank=True)
    reply_to = models.EmailField(_("dirección para respuestas"), blank=True)
    incoming_host = models.CharField(_("servidor de entrada (IMAP)"), max_length=200, blank=True)
    incoming_port = models.PositiveIntegerField(_("puerto de entrada"), default=993, validators=PORT)
    incoming_security = models.CharField(
        _("seguridad de la entrada"), max_length=10, choices=Security, default=Security.TLS
    )
    incoming_address = models.EmailField(_("dirección que recibe solicitudes"), blank=True)
    incoming_username = models.CharField(_("usuario de entrada"), max_length=200, blank=True)
    incoming_password = EncryptedTextField(purpose="notifications.imap_password", null=True, blank=True)
    incoming_folder = models.CharField(_("carpeta de entrada"), max_length=100, default="INBOX")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="notifications_one_server")]

    def __str__(self) -> str:
        return self.host

    @property
    def own_addresses(self) -> tuple[str, ...]:
        """Addresses of the municipality itself, to which no notice is sent."""
        return tuple(filter(None, (self.from_address, self.reply_to, self.incoming_address)))
