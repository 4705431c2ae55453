"""Requests about the same thing: who adheres to one, and which was joined to which (Ley 19.880, art. 33)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import Channel, State
from cabildo.tickets.models.ticket import Ticket


class Adhesion(TenantModel):
    """A person who says that a request is theirs too, or who only follows it; told when it is answered."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="adhesions")
    requester = models.ForeignKey(
        "people.Requester", on_delete=models.PROTECT, null=True, blank=True, related_name="adhesions"
    )
    at = models.DateTimeField(_("adhirió"))
    channel = models.CharField(_("canal"), max_length=10, choices=Channel.choices)
    is_follower_only = models.BooleanField(_("sólo la sigue"), default=False)
    key = models.CharField(max_length=40, null=True, editable=False)  # of the form sent: resending does nothing
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("adhesión")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "key"], condition=Q(key__isnull=False), name="tickets_adhesion_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} ← {self.requester_id}"


class Merge(TenantModel):
    """A request was joined to a main one; undone, the row stays and tells what was undone."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="merges")
    into = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="received_merges")
    is_return = models.BooleanField(_("es una parte que vuelve"), default=False)
    state_before = models.CharField(max_length=12, choices=State.choices)
    adhesion = models.ForeignKey(Adhesion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    reason = models.CharField(_("motivo"), max_length=400)
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(undone_at__isnull=True), name="tickets_merged_once"),
            models.CheckConstraint(condition=~Q(ticket=models.F("into")), name="tickets_merged_into_another"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.into_id}"
