"""The two clocks of a request, legal and internal, and what stopped them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.models.ticket import Ticket
from cabildo.workflow.models import ClockRecord


class TicketClock(ClockRecord):
    """One clock of one request, with the explanation of its date."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="clocks")
    is_given = models.BooleanField(default=False)  # the source fixed the date: it is shown, never counted again

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "clock"], name="tickets_clock_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.clock}"


class TicketPause(TenantModel):
    """A stop of the clocks. Without a norm that allows it, only the internal one stops."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="pauses")
    reason_code = models.CharField(_("motivo"), max_length=40)
    label = models.CharField(max_length=160, blank=True)
    norm = models.CharField(_("norma que lo permite"), max_length=160, blank=True)
    stops_legal = models.BooleanField(default=False)
    max_days = models.PositiveSmallIntegerField(null=True, blank=True)
    allows_withdrawal = models.BooleanField(default=False)
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["started_on", "pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.reason_code}"
