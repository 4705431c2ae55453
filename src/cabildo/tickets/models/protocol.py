"""How the department wants people attended: versions that never change once approved, and who has read them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import ProtocolState, ProtocolStep


class Protocol(TenantModel):
    """One version of an attention protocol. Empty `channels`, `groups`, `categories` or `kinds` mean all of them."""

    code = models.SlugField(_("código"), max_length=60)
    version = models.PositiveIntegerField(_("versión"))
    title = models.CharField(_("título"), max_length=160)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    step = models.CharField(_("cuándo se aplica"), max_length=12, choices=ProtocolStep.choices)
    channels: Any = models.JSONField(default=list)
    groups: Any = models.JSONField(default=list)
    categories: Any = models.JSONField(default=list)
    kinds: Any = models.JSONField(default=list)
    body = models.TextField(_("qué se hace"), max_length=12_000)
    state = models.CharField(_("estado"), max_length=12, choices=ProtocolState.choices, default=ProtocolState.DRAFT)
    review_months = models.PositiveSmallIntegerField(_("se revisa cada cuántos meses"), default=12)
    review_on = models.DateField(_("se revisa el"), null=True, blank=True)
    source = models.CharField(max_length=160, blank=True)
    written_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("protocolo de atención")
        ordering = ["step", "title", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "version"], name="tickets_protocol_version"),
            models.UniqueConstraint(
                fields=["municipality", "code"],
                condition=Q(state=ProtocolState.APPROVED),
                name="tickets_protocol_one_in_force",
            ),
            models.CheckConstraint(
                condition=~Q(state=ProtocolState.APPROVED)
                | Q(approved_by__isnull=False, approved_at__isnull=False, review_on__isnull=False),
                name="tickets_protocol_approved",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} (v{self.version})"


class ProtocolAcknowledgement(TenantModel):
    """An official has read this version."""

    protocol = models.ForeignKey(Protocol, on_delete=models.CASCADE, related_name="acknowledgements")
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["protocol", "user"], name="tickets_protocol_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.protocol_id} {self.user_id}"
