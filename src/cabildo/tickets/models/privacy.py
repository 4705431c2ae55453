"""What is published of a request and who decided it; how long persons are kept; what they ask of their data."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.fields import EncryptedTextField
from cabildo.tickets.choices import Channel, DataRequestState, DataRight, Kind, ModerationAct, RetentionScope
from cabildo.tickets.models.catalogue import Category
from cabildo.tickets.models.ticket import Ticket
from cabildo.workflow.models import ClockRecord


class ModerationChange(TenantModel):
    """One decision about what is published. Both texts may hold personal data: moderators alone read them."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="moderation_changes")
    act = models.CharField(max_length=16, choices=ModerationAct.choices)
    before = models.TextField(blank=True)
    after = models.TextField(blank=True)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("motivo"), max_length=300, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["municipality", "act", "at"], name="tickets_moderation")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.act}"


class RetentionRule(TenantModel):
    """So many months after its closing a request forgets its person. The most particular rule decides.

    Rights over data and imported files have each one rule of their own, without category or kind.
    """

    scope = models.CharField(_("de qué"), max_length=14, choices=RetentionScope.choices, default=RetentionScope.TICKETS)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, null=True, blank=True, related_name="retentions")
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices, blank=True)
    months = models.PositiveSmallIntegerField(_("meses desde el cierre"))
    basis = models.CharField(_("norma o acto que fija el plazo"), max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "category", "kind"],
                condition=Q(category__isnull=False),
                name="tickets_retention_of_category_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "scope", "kind"],
                condition=Q(category__isnull=True),
                name="tickets_retention_of_scope_once",
            ),
            models.CheckConstraint(
                condition=Q(scope=RetentionScope.TICKETS) | Q(category__isnull=True, kind=""),
                name="tickets_retention_particular",
            ),
            models.CheckConstraint(condition=Q(months__gte=1), name="tickets_retention_months"),
        ]

    def __str__(self) -> str:
        return f"{self.reach}: {self.months}"

    @property
    def reach(self) -> str:
        """What it reaches, in words."""
        if self.scope != RetentionScope.TICKETS:
            return self.get_scope_display()
        subject = self.category.label if self.category else str(_("Todas las materias"))
        return f"{subject} · {self.get_kind_display()}" if self.kind else subject


class DataSubjectRequest(ClockRecord):
    """A person exercises a right over their data; it carries its own single clock (Ley 19.628, art. 11)."""

    folio = models.CharField(max_length=24)
    right = models.CharField(_("derecho"), max_length=14, choices=DataRight.choices)
    state = models.CharField(max_length=10, choices=DataRequestState.choices, default=DataRequestState.RECEIVED)
    channel = models.CharField(_("canal"), max_length=10, choices=Channel.choices)
    requester = models.ForeignKey(
        "people.Requester", on_delete=models.PROTECT, null=True, blank=True, related_name="data_requests"
    )
    registered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    detail = EncryptedTextField(purpose="tickets.data_request_detail", null=True, blank=True)
    key = models.CharField(max_length=40, null=True, editable=False)
    received_at = models.DateTimeField(_("ingresó"))
    subjects: Any = models.ManyToManyField("people.Requester", related_name="+", blank=True)
    verified_how = models.CharField(_("cómo se comprobó la identidad"), max_length=300, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    extension_reason = models.CharField(_("motivo de la prórroga"), max_length=400, blank=True)
    granted = models.BooleanField(_("se acoge"), null=True, blank=True)
    decision = EncryptedTextField(purpose="tickets.data_request_decision", null=True, blank=True)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(_("se levantó el bloqueo"), null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("solicitud sobre datos personales")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "folio"], name="tickets_data_request_folio"),
            models.UniqueConstraint(
                fields=["municipality", "key"], condition=Q(key__isnull=False), name="tickets_data_request_once"
            ),
            models.CheckConstraint(
                condition=Q(state=DataRequestState.ANSWERED, answered_at__isnull=False, granted__isnull=False)
                | (~Q(state=DataRequestState.ANSWERED) & Q(answered_at__isnull=True, granted__isnull=True)),
                name="tickets_data_request_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(requester__isnull=False) | Q(anonymised_at__isnull=False),
                name="tickets_data_request_has_person",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "state", "due_on", "id"], name="tickets_data_requests")]

    def __str__(self) -> str:
        return self.folio

    @property
    def is_open(self) -> bool:
        return self.state != DataRequestState.ANSWERED
