"""What the requester says after the closing: one answer per closing, by a one-use link."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.fields import EncryptedTextField
from cabildo.tickets.choices import Channel, Delivery, LowGradeReason
from cabildo.tickets.models.answer import Answer
from cabildo.tickets.models.ticket import Ticket

GRADE = [MinValueValidator(1), MaxValueValidator(7)]


class Satisfaction(TenantModel):
    """One invitation, sent to the requester and never to who registered it; answered or not.

    The code is found by its blind index, and kept encrypted so that a letter can carry it. Invitations of before
    that have none.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.CASCADE, related_name="satisfactions")
    answer = models.OneToOneField(
        Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="invitation", editable=False
    )
    closing = models.PositiveSmallIntegerField()
    token = EncryptedTextField(purpose="tickets.satisfaction_token", null=True, blank=True)
    token_index = models.CharField(max_length=64, unique=True)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    delivered_by = models.CharField(max_length=10, choices=Delivery.choices, default=Delivery.MAIL)
    printed_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    solved = models.BooleanField(_("¿se resolvió?"), null=True, blank=True)
    grade = models.PositiveSmallIntegerField(_("nota"), null=True, blank=True, validators=GRADE)
    treatment = models.PositiveSmallIntegerField(_("trato"), null=True, blank=True, validators=GRADE)
    time = models.PositiveSmallIntegerField(_("tiempo"), null=True, blank=True, validators=GRADE)
    clarity = models.PositiveSmallIntegerField(_("claridad"), null=True, blank=True, validators=GRADE)
    low_reason = models.CharField(max_length=12, choices=LowGradeReason.choices, blank=True)
    comment = models.TextField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ticket", "closing"], name="tickets_satisfaction_once"),
        ]
        indexes = [models.Index(fields=["municipality", "invited_at"], name="tickets_satisfaction_when")]

    def __str__(self) -> str:
        return f"{self.ticket_id} {self.grade}"
