"""Bodies created by an act, and who has a seat in them, since when and until when."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.fields import EncryptedTextField
from cabildo.meetings.choices import ActKind, BodyKind, QuorumBasis, Role, Sector, Sex
from cabildo.meetings.rules.quorum import Basis, QuorumRule

ONE_PERSON = (
    Q(user__isnull=False, requester__isnull=True, name="")
    | Q(user__isnull=True, requester__isnull=False, name="")
    | (Q(user__isnull=True, requester__isnull=True) & ~Q(name=""))
)


class Body(TenantModel):
    """A committee, mesa or council. `on_type` and `on_id` name what an upper app made it for, without a foreign key."""

    name = models.CharField(_("nombre"), max_length=160)
    kind = models.CharField(_("tipo"), max_length=12, choices=BodyKind.choices)
    purpose = models.TextField(_("para qué se creó"), max_length=2000, blank=True)
    act_kind = models.CharField(_("acto que lo crea"), max_length=12, choices=ActKind.choices)
    act_number = models.CharField(_("número del acto"), max_length=40)
    act_on = models.DateField(_("fecha del acto"))
    starts_on = models.DateField(_("comienza"))
    ends_on = models.DateField(_("termina"), null=True, blank=True)
    quorum_basis = models.CharField(
        _("quórum"), max_length=10, choices=QuorumBasis.choices, default=QuorumBasis.MORE_THAN
    )
    quorum_numerator = models.PositiveSmallIntegerField(default=1)
    quorum_denominator = models.PositiveSmallIntegerField(default=2)
    quorum_number = models.PositiveSmallIntegerField(default=0)
    counts_representatives = models.BooleanField(
        _("quien envía a un representante cuenta como presente"), default=False
    )
    on_type = models.CharField(max_length=60, blank=True)
    on_id = models.CharField(max_length=40, blank=True)
    created_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("cuerpo")
        ordering = ["name", "pk"]
        indexes = [models.Index(fields=["municipality", "on_type", "on_id"], name="meetings_body_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="meetings_body_dates"
            ),
            models.CheckConstraint(condition=Q(quorum_denominator__gt=0), name="meetings_body_share"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def quorum_rule(self) -> QuorumRule:
        return QuorumRule(Basis(self.quorum_basis), self.quorum_numerator, self.quorum_denominator, self.quorum_number)


class Person(TenantModel):
    """Who it is: an official, somebody on record in `people`, or a name from outside. Exactly one of the three."""

    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    requester = models.ForeignKey("people.Requester", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(_("nombre"), max_length=160, blank=True)
    organisation = models.CharField(_("organización"), max_length=160, blank=True)
    email = EncryptedTextField(purpose="meetings.email", null=True, blank=True)
    role = models.CharField(_("papel"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    sector = models.CharField(_("sector"), max_length=10, choices=Sector.choices, default=Sector.UNKNOWN)
    sex = models.CharField(_("sexo declarado"), max_length=8, choices=Sex.choices, default=Sex.UNKNOWN)

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        return str(self.user or self.requester or self.name)

    @property
    def mail_address(self) -> str:
        """Where this person reads mail; empty when nobody knows."""
        user: Any = self.user
        if user is not None:
            return user.email if user.reads_mail else ""
        requester: Any = self.requester
        return str(self.email or (requester.email if requester else "") or "")


class Member(Person):
    """A seat in a body between two dates, both included. Ending it keeps the row: the history is the list of them."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="members")
    has_voice = models.BooleanField(_("cuenta para el quórum"), default=True)
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"), null=True, blank=True)
    end_reason = models.CharField(_("motivo del término"), max_length=200, blank=True)
    act_kind = models.CharField(_("acto que nombra"), max_length=12, choices=ActKind.choices, blank=True)
    act_number = models.CharField(_("número del acto"), max_length=40, blank=True)
    act_on = models.DateField(_("fecha del acto"), null=True, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        verbose_name = _("integrante")
        ordering = ["starts_on", "pk"]
        indexes = [
            models.Index(fields=["municipality", "user"], name="meetings_member_user"),
            models.Index(fields=["body", "starts_on"], name="meetings_member_body"),
        ]
        constraints = [
            models.CheckConstraint(condition=ONE_PERSON, name="meetings_member_person"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="meetings_member_dates"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name
