"""Who did or read what, and when. Rows are never changed; seals chain them."""

from django.db import models

INSTALLATION = 0  # the chain of what happens outside any municipality


class ActorKind(models.TextChoices):
    USER = "user", "funcionario"
    CITIZEN = "citizen", "vecino"
    CLIENT = "client", "sistema externo"
    SYSTEM = "system", "sistema"


class Entry(models.Model):
    """One fact. No foreign keys, so that erasing a person or a record breaks nothing."""

    municipality_id = models.PositiveBigIntegerField(default=INSTALLATION)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10, choices=ActorKind.choices)
    actor_id = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=60, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["municipality_id", "subject_type", "subject_id"], name="audit_subject"),
            models.Index(fields=["municipality_id", "actor_kind", "actor_id"], name="audit_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type}:{self.subject_id}"


class Seal(models.Model):
    """One link of a municipality's chain: the hash of an entry and of the link before it."""

    municipality_id = models.PositiveBigIntegerField()
    sequence = models.PositiveBigIntegerField()
    entry_id = models.PositiveBigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality_id", "sequence"], name="audit_seal_sequence"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}:{self.sequence}"
