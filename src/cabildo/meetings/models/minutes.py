"""What was said on each point, and the acta: a frozen whole, one version after another."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.meetings.choices import ActaState, SigningMethod
from cabildo.meetings.models.meeting import AgendaItem, Attendance, Meeting
from cabildo.meetings.rules.drafting import digest


class Minute(TenantModel):
    """What was said on a point. Each field has the revision in which it last changed.

    `drafted` is the SHA-256 of what the platform itself wrote last: while text and dissent have it, nobody changed it.
    """

    item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="minute")
    text = models.TextField(_("lo tratado"), max_length=20_000, blank=True)
    dissent = models.TextField(_("opiniones en contra"), max_length=4_000, blank=True)
    revision = models.PositiveIntegerField(default=0)
    text_revision = models.PositiveIntegerField(default=0)
    dissent_revision = models.PositiveIntegerField(default=0)
    drafted = models.CharField(max_length=64, blank=True)
    changed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.item_id} v{self.revision}"

    @property
    def is_blank(self) -> bool:
        return not self.text.strip() and not self.dissent.strip()

    @property
    def is_as_drafted(self) -> bool:
        """Does it still say what the platform wrote, and nothing else?"""
        return bool(self.drafted) and self.drafted == digest(self.text, self.dissent)


class Acta(TenantModel):
    """A closed version of the minutes of a meeting. `content` is all that it says; the database keeps it as it is."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="actas")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(_("estado"), max_length=12, choices=ActaState.choices, default=ActaState.CLOSED)
    correction = models.CharField(_("qué rectifica"), max_length=400, blank=True)
    content: Any = models.JSONField()
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("acta")
        ordering = ["meeting", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "version"], name="meetings_acta_version"),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=~models.Q(state=ActaState.SUPERSEDED),
                name="meetings_acta_one_in_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} v{self.version}"


class Signature(TenantModel):
    """Somebody who was present signed a version of the acta, in one way. Rows are only added."""

    acta = models.ForeignKey(Acta, on_delete=models.PROTECT, related_name="signatures")
    attendance = models.ForeignKey(Attendance, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    role = models.CharField(max_length=60)
    method = models.CharField(_("cómo firmó"), max_length=10, choices=SigningMethod.choices)
    at = models.DateTimeField()
    noted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("firma")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["acta", "attendance"], name="meetings_signature_once")]

    def __str__(self) -> str:
        return self.name
