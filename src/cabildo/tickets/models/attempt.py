"""How often the same connection tried something lately: counted for all processes, without its address."""

from django.db import models

from cabildo.accounts.scoping import TenantModel


class Attempt(TenantModel):
    """Tries of one connection at one thing until an instant, in seconds of Unix time; then they count anew."""

    key = models.CharField(max_length=64)
    until = models.BigIntegerField()
    tries = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key"], name="tickets_attempt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tries}"
