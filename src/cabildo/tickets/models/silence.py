"""The act by which a person certifies that the municipality did not answer in time."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import SilenceEffect
from cabildo.tickets.models.ticket import Ticket


class SilenceAct(TenantModel):
    """Silencio administrativo of one request (Ley 19.880, arts. 64 and 65), with the text of its certificate."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="silence_acts")
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    effect = models.CharField(_("efecto"), max_length=10, choices=SilenceEffect.choices)
    claimed_on = models.DateField(_("la persona reclamó el"), null=True, blank=True)
    grounds = models.TextField(_("fundamento"), max_length=4000)
    certificate = models.TextField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "number"], name="tickets_silence_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"

    @property
    def reference(self) -> str:
        """The correlative as certificates are cited and printed: «SILENCIO 3/2026»."""
        return f"SILENCIO {self.number}/{self.year}"
