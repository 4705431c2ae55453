"""Persons and organisations that ask something of the municipality."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db import words
from cabildo.db.fields import EncryptedTextField


class RequesterKind(models.TextChoices):
    PERSON = "person", _("persona")
    ORGANISATION = "organisation", _("organización")


class Requester(TenantModel):
    """Who asks. RUN, mail, telephone and home address are encrypted; a blind index finds equals."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=12, choices=RequesterKind.choices, default=RequesterKind.PERSON)
    name = models.CharField(_("nombre"), max_length=160, blank=True)
    name_folded = models.CharField(max_length=160, blank=True, editable=False)
    run = EncryptedTextField(purpose="people.run", null=True, blank=True)
    run_index = models.CharField(max_length=64, null=True, blank=True, editable=False)
    run_proven = models.BooleanField(default=False, editable=False)
    email = EncryptedTextField(purpose="people.email", null=True, blank=True)
    email_index = models.CharField(max_length=64, null=True, blank=True, editable=False)
    phone = EncryptedTextField(purpose="people.phone", null=True, blank=True)
    phone_index = models.CharField(max_length=64, null=True, blank=True, editable=False)
    address = EncryptedTextField(purpose="people.address", null=True, blank=True)
    user = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    blocked_at = models.DateTimeField(null=True, blank=True)
    anonymised_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("persona solicitante")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "run_index"],
                condition=Q(run_index__isnull=False),
                name="people_requester_run_once",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "email_index"], name="people_email"),
            models.Index(fields=["municipality", "phone_index"], name="people_phone"),
            models.Index(fields=["municipality", "name_folded"], name="people_name"),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Sin nombre"))


class NameWord(TenantModel):
    """A word of somebody's folded name. The database writes these rows itself (`db.words`)."""

    requester = models.ForeignKey(Requester, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=160)

    class Meta:
        indexes = [words.index("people_word", "requester")]

    def __str__(self) -> str:
        return self.word
