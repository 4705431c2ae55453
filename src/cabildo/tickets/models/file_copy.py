"""Electronic files that are too long to wait for."""

from django.db import models
from django.db.models import Q

from cabildo.accounts.scoping import TenantModel
from cabildo.jobs.choices import JobState
from cabildo.tickets.models.ticket import Ticket


class FileCopy(TenantModel):
    """The file of a request as a ZIP, made in the background for who asked. Its job says how far it is."""

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="file_copies")
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    job = models.ForeignKey("jobs.Job", on_delete=models.SET_NULL, null=True, related_name="+")
    names_requester = models.BooleanField(default=False)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "asked_by"], condition=Q(finished_at__isnull=True), name="tickets_file_copy_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id} → {self.asked_by_id}"

    @property
    def has_failed(self) -> bool:
        """Nobody goes on making it: its job gave up, or was removed from the queue."""
        return self.finished_at is None and (
            self.job is None or self.job.state in (JobState.FAILED, JobState.CANCELLED)
        )
