"""What was observed, kept so that a series can be shown."""

from django.db import models
from django.db.models import F, Q

from cabildo.accounts.scoping import TenantModel


class ObservationRecord(TenantModel):
    """An indicator over a period, as counted at `cut_off`; without datum both counts are null."""

    code = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField()
    numerator = models.BigIntegerField(null=True)
    denominator = models.BigIntegerField(null=True)
    cut_off = models.DateTimeField()
    computed_at = models.DateTimeField()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code", "since", "until"], name="indicators_observed_once"),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="indicators_period"),
            models.CheckConstraint(
                condition=Q(numerator__isnull=True, denominator__isnull=True)
                | Q(numerator__isnull=False, denominator__isnull=False),
                name="indicators_both_counts_or_none",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.since}"
