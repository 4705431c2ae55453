"""What leaves the desk in other shapes: a calendar that telephones read, and files too long to wait for."""

from django.db import models

from cabildo.accounts.scoping import TenantModel


class CalendarFeed(TenantModel):
    """The secret address of one person's deadlines; only an index of the secret is kept."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    token_index = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.created_at:%Y-%m-%d}"


class ListExport(TenantModel):
    """A list that somebody asked for as a file, made in the background; `address` is its query string."""

    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    address = models.TextField(blank=True)
    file_format = models.CharField(max_length=4)
    with_persons = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    rows = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.asked_by_id} {self.file_format}"
