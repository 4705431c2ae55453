"""External systems that read, write or update requests with a key of their own."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.models.ticket import Ticket, TicketEvent

USUAL_PER_MINUTE = 60
MAX_PER_MINUTE = 6000


class ApiClient(TenantModel):
    """One system of one municipality. Its key is shown once; only a keyed index of it is kept.

    `minute` and `calls` are the present window of its rate limit, shared by all processes.
    """

    name = models.CharField(_("nombre del sistema"), max_length=100)
    contact = models.EmailField(_("correo de quien responde por él"))
    key_index = models.CharField(max_length=64, unique=True, editable=False)
    key_hint = models.CharField(max_length=4, editable=False)
    may_read = models.BooleanField(_("leer con clave: novedades e interfaz JSON"), default=True)
    may_write = models.BooleanField(_("ingresar solicitudes"), default=False)
    may_update = models.BooleanField(_("agregar información a solicitudes"), default=False)
    per_minute = models.PositiveSmallIntegerField(
        _("llamadas por minuto"),
        default=USUAL_PER_MINUTE,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_PER_MINUTE)],
    )
    is_active = models.BooleanField(_("activo"), default=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_at = models.DateTimeField(null=True, editable=False)
    minute = models.DateTimeField(null=True, editable=False)
    calls = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("cliente de la interfaz")
        ordering = ["-is_active", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def source(self) -> str:
        """How the requests it brings name their origin."""
        return f"open311:{self.pk}"


class ClientUpdate(TenantModel):
    """An update that a client sent, once: its own id for it, and the line of the timeline it became."""

    client = models.ForeignKey(ApiClient, on_delete=models.PROTECT, related_name="+")
    update_id = models.CharField(max_length=80)
    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="+")
    event = models.ForeignKey(TicketEvent, on_delete=models.CASCADE, related_name="+")
    status = models.CharField(max_length=40)
    happened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "update_id"], name="tickets_client_update_once"),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.update_id}"
