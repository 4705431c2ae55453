"""A citizen request, what happened to it, and through which departments it went."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, F, Q, When
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import (
    OPEN_STATES,
    OUTCOMES_WITHOUT_ANSWER,
    Channel,
    EventKind,
    Kind,
    ModerationState,
    Outcome,
    State,
)
from cabildo.tickets.models.catalogue import Category
from cabildo.workflow.models import TimelineEntry

OPEN_VALUES = [state.value for state in OPEN_STATES]


class Ticket(TenantModel):
    """One request. After intake a department is always responsible; the database holds it so."""

    folio = models.CharField(max_length=24)
    secret_index = models.CharField(max_length=64, blank=True, editable=False)
    kind = models.CharField(_("tipo"), max_length=12, choices=Kind.choices)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="tickets")
    channel = models.CharField(_("canal"), max_length=10, choices=Channel.choices)
    channel_detail = models.CharField(max_length=120, blank=True)
    state = models.CharField(_("estado"), max_length=12, choices=State.choices, default=State.INTAKE)
    outcome = models.CharField(_("resultado"), max_length=14, choices=Outcome.choices, blank=True)
    addressee = models.CharField(_("organismo competente"), max_length=160, blank=True)

    text = models.TextField(_("qué pide"), max_length=4000)
    answers: Any = models.JSONField(default=list)
    public_text = models.TextField(blank=True)
    is_public = models.BooleanField(default=False)
    moderation = models.CharField(max_length=10, choices=ModerationState.choices, blank=True, default="")

    requester = models.ForeignKey(
        "people.Requester", on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    is_reserved = models.BooleanField(_("identidad reservada"), default=False)
    registered_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    official = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    official_pending = models.BooleanField(default=False)  # of whom it speaks is not known yet: see models.mention
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    assignee = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    place = models.CharField(_("lugar"), max_length=200, blank=True)
    area = models.ForeignKey("territory.Area", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_outside = models.BooleanField(_("fuera de los sectores cargados"), default=False)
    is_coarse = models.BooleanField(_("ubicación aproximada"), default=False)

    received_at = models.DateTimeField(_("ingresó"))
    backdated_reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    legal_due_on = models.DateField(_("plazo legal"), null=True, blank=True)
    goal_due_on = models.DateField(_("meta interna"), null=True, blank=True)
    is_stopped = models.BooleanField(default=False)
    # the legal term while it runs: what is late or soon due is found and counted in its index alone
    running_due_on = models.GeneratedField(
        expression=Case(When(state__in=OPEN_VALUES, is_stopped=False, then=F("legal_due_on")), default=None),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    is_urgent = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True, blank=True)  # first of all; it stays when it is opened again
    closed_at = models.DateTimeField(null=True, blank=True)
    spared_at = models.DateTimeField(null=True, blank=True, editable=False)  # see first_spared_at
    anonymised_at = models.DateTimeField(null=True, blank=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged")
    split_from = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    source = models.CharField(max_length=60, blank=True)
    external_id = models.CharField(max_length=80, null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("solicitud")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "folio"], name="tickets_folio"),
            models.UniqueConstraint(
                fields=["municipality", "source", "external_id"],
                condition=Q(external_id__isnull=False),
                name="tickets_external_once",
            ),
            models.CheckConstraint(
                condition=Q(state=State.INTAKE) | Q(department__isnull=False), name="tickets_department_after_intake"
            ),
            models.CheckConstraint(
                condition=(Q(state=State.CLOSED) & ~Q(outcome="") & Q(closed_at__isnull=False))
                | (~Q(state=State.CLOSED) & Q(outcome="") & Q(closed_at__isnull=True)),
                name="tickets_closed_has_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "-received_at", "-id"], name="tickets_newest"),
            models.Index(fields=["municipality", "department", "-received_at", "-id"], name="tickets_by_department"),
            models.Index(fields=["municipality", "kind", "-received_at", "-id"], name="tickets_by_kind"),
            models.Index(fields=["municipality", "channel", "-received_at", "-id"], name="tickets_by_channel"),
            models.Index(fields=["municipality", "legal_due_on", "id"], name="tickets_by_due"),
            models.Index(
                fields=["municipality", "official"], condition=Q(official__isnull=False), name="tickets_about_official"
            ),
            # what is public stands last: SQLite reads the index alone only with every column it asks about, and
            # PostgreSQL leaves the condition out of the question, so that a column further on would not narrow it
            models.Index(
                fields=["municipality", "state", "-received_at", "-id", "is_public"],
                condition=Q(is_public=True),
                name="tickets_published_state",
            ),
            models.Index(
                fields=["municipality", "latitude", "longitude", "-received_at", "-id", "is_public"],
                condition=Q(is_public=True, latitude__isnull=False),
                name="tickets_published_place",
            ),
            models.Index(fields=["municipality", "category", "-received_at", "-id"], name="tickets_by_category"),
            models.Index(
                fields=["municipality", "running_due_on", "id"],
                condition=Q(running_due_on__isnull=False),
                name="tickets_running",
            ),
            models.Index(
                fields=["municipality", "department", "running_due_on", "id"],
                condition=Q(running_due_on__isnull=False),
                name="tickets_running_there",
            ),
            models.Index(
                fields=["municipality", "-received_at", "-id", "running_due_on"],
                condition=Q(running_due_on__isnull=False),
                name="tickets_running_newest",
            ),
            models.Index(fields=["municipality", "state", "-received_at", "-id"], name="tickets_newest_state"),
            models.Index(
                fields=["municipality", "-received_at", "-id", "is_public"],
                condition=Q(is_public=True),
                name="tickets_published",
            ),
            models.Index(
                fields=["municipality", "category", "-received_at", "-id", "is_public"],
                condition=Q(is_public=True),
                name="tickets_published_category",
            ),
            models.Index(fields=["municipality", "state", "department", "legal_due_on", "id"], name="tickets_by_state"),
            models.Index(fields=["municipality", "updated_at", "id"], name="tickets_updated"),
            models.Index(
                fields=["municipality", "-received_at", "-id"],
                condition=Q(moderation=ModerationState.WAITING),
                name="tickets_to_moderate",
            ),
            models.Index(
                fields=["municipality", "closed_at"],
                condition=Q(anonymised_at__isnull=True, closed_at__isnull=False),
                name="tickets_to_forget",
            ),
            models.Index(
                fields=["municipality", "latitude", "longitude"],
                condition=Q(latitude__isnull=False),
                name="tickets_place",
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def is_open(self) -> bool:
        return self.state != State.CLOSED

    @property
    def first_spared_at(self) -> datetime | None:
        """When it first ended in a way that owes no answer; opening it again keeps it in `spared_at`."""
        return self.spared_at or (self.closed_at if self.outcome in OUTCOMES_WITHOUT_ANSWER else None)


class TicketEvent(TimelineEntry):
    """One line of a request's timeline; public ones are read by the requester."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=40, choices=EventKind.choices)
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(TimelineEntry.Meta):
        abstract = False
        indexes = [models.Index(fields=["ticket", "at"], name="tickets_event_ticket")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.kind}"


class Derivation(TenantModel):
    """A request passes to a department: when, by whom, why, and when it was acknowledged."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="derivations")
    from_department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to_department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("motivo"), max_length=300, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["municipality", "from_department", "ticket"], name="tickets_derived_from")]

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.to_department_id}"
