"""When the municipality warns that a term is ending, and which warnings were already given."""

from typing import Any

from django.db import models

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.models.ticket import Ticket
from cabildo.workflow.rules.terms import Clock


class EscalationPlan(TenantModel):
    """The municipality's own levels, in business days left: before, at and after the due date."""

    thresholds: Any = models.JSONField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="tickets_escalation_plan_once")]

    def __str__(self) -> str:
        return ", ".join(str(days) for days in self.thresholds)


class EscalationSent(TenantModel):
    """A level that was reached by a clock: it fires once for each due date."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="escalations")
    clock = models.CharField(max_length=10, choices=[(c.value, c.value) for c in Clock])
    due_on = models.DateField()
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "clock", "due_on", "level"], name="tickets_escalated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.clock} {self.level}"
