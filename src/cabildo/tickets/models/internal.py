"""What a department asks another one for, on a request or free-standing; who answers the neighbour stays the same."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import InternalEventKind, InternalKind, InternalState
from cabildo.tickets.models.ticket import Ticket
from cabildo.workflow.models import TimelineEntry


class InternalRequest(TenantModel):
    """Solicitud interna de antecedentes o de informe, with its own term (Ley 19.880, arts. 24 and 24 bis)."""

    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, null=True, blank=True, related_name="internal_requests"
    )
    procedure = models.CharField(_("procedimiento"), max_length=200)
    kind = models.CharField(_("qué se pide"), max_length=12, choices=InternalKind.choices)
    from_department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    to_department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    asks = models.TextField(_("antecedentes o informe que se pide"), max_length=4000)
    days = models.PositiveSmallIntegerField(_("plazo en días hábiles"))
    due_on = models.DateField(_("vence"))
    state = models.CharField(_("estado"), max_length=10, choices=InternalState.choices, default=InternalState.OPEN)
    answer = models.TextField(_("respuesta"), max_length=12_000, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=40, null=True, editable=False)  # of the form sent: resending does nothing

    class Meta:
        verbose_name = _("solicitud interna")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "number"], name="tickets_internal_number"),
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=Q(key__isnull=False), name="tickets_internal_once"
            ),
            models.CheckConstraint(
                condition=Q(state=InternalState.OPEN, ended_at__isnull=True)
                | (~Q(state=InternalState.OPEN) & Q(ended_at__isnull=False)),
                name="tickets_internal_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state=InternalState.ANSWERED) | Q(answered_by__isnull=False),
                name="tickets_internal_answered",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "to_department", "state", "due_on"], name="tickets_internal_owed"),
            models.Index(fields=["ticket", "to_department"], name="tickets_internal_readers"),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def folio(self) -> str:
        return f"SI-{self.year}-{self.number:05d}"

    @property
    def is_open(self) -> bool:
        return self.state == InternalState.OPEN


class InternalEvent(TimelineEntry):
    """One line of the history of an internal request."""

    request = models.ForeignKey(InternalRequest, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=40, choices=InternalEventKind.choices)

    class Meta(TimelineEntry.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"{self.request_id} {self.kind}"
