"""What the municipality answers: drafted, approved where the category asks for it, sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import AnswerState, Outcome
from cabildo.tickets.models.ticket import Ticket


class Answer(TenantModel):
    """One answer to a request; reopening one leads to another answer, the first stays."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="answers_given")
    state = models.CharField(max_length=10, choices=AnswerState.choices, default=AnswerState.DRAFT)
    outcome = models.CharField(_("resultado"), max_length=14, choices=Outcome.choices)
    text = models.TextField(_("respuesta"), max_length=12_000)
    addressee = models.CharField(_("organismo competente"), max_length=160, blank=True)
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveIntegerField(null=True, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    drafted_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_reason = models.CharField(max_length=400, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.outcome}"

    @property
    def reference(self) -> str:
        """The correlative as letters are cited: «12/2026»."""
        return f"{self.number}/{self.number_year}" if self.number else ""
