"""The programme around the cycles: who is enrolled, which line was confirmed, the levelling before a new diagnosis."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import EnrolmentState, Line
from cabildo.quality.models.cycle import Cycle


class Enrolment(Revised, TenantModel):
    """A municipality in the programme of an agency, invited before it has any cycle; what it answered, and who helps.

    Until it accepts, the agency sees that it was invited and nothing else.
    """

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    validating_agency = models.ForeignKey(
        "accounts.Agency",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organismo que valida"),
    )
    professional = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("profesional del programa"),
    )
    invitation = models.TextField(_("texto de la invitación"), max_length=4000)
    invited_on = models.DateField(_("se invitó el"))
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    accepted_on = models.DateField(_("aceptó el"), null=True, blank=True)
    declined_on = models.DateField(_("no aceptó el"), null=True, blank=True)
    decline_reason = models.TextField(_("por qué no acepta"), max_length=2000, blank=True)
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("inscripción en el programa")
        constraints = [
            models.UniqueConstraint(fields=["municipality"], name="quality_enrolled_once"),
            models.CheckConstraint(
                condition=Q(accepted_on__isnull=True, declined_on__isnull=True, answered_by__isnull=True)
                | Q(accepted_on__isnull=False, declined_on__isnull=True, answered_by__isnull=False)
                | Q(accepted_on__isnull=True, declined_on__isnull=False, answered_by__isnull=False),
                name="quality_enrolment_answer",
            ),
            models.CheckConstraint(
                condition=Q(declined_on__isnull=True, decline_reason="")
                | (Q(declined_on__isnull=False) & ~Q(decline_reason="")),
                name="quality_enrolment_declined",
            ),
        ]

    def __str__(self) -> str:
        return str(self.municipality)

    @property
    def state(self) -> EnrolmentState:
        if self.accepted_on is not None:
            return EnrolmentState.ACCEPTED
        return EnrolmentState.DECLINED if self.declined_on is not None else EnrolmentState.INVITED


class LineDecision(TenantModel):
    """The line that the programme confirmed for a closed diagnosis, and why. Never changed: another replaces it.

    `proposed` is what the result said then; `replaces` is the decision that this one takes the place of.
    """

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="line_decisions")
    diagnosis = models.ForeignKey("instruments.Assessment", on_delete=models.PROTECT, related_name="+")
    proposed = models.CharField(_("línea que propuso el resultado"), max_length=14, choices=Line.choices, blank=True)
    line = models.CharField(_("línea"), max_length=14, choices=Line.choices)
    reason = models.TextField(_("por qué"), max_length=2000)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("línea confirmada")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="quality_line_reason"),
            models.UniqueConstraint(
                fields=["cycle"], condition=Q(replaces__isnull=True), name="quality_first_line_once"
            ),
        ]

    def __str__(self) -> str:
        return self.get_line_display()


class LevellingActivity(Revised, TenantModel):
    """What a municipality below the threshold does before it repeats the diagnosis."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="levelling")
    diagnosis = models.ForeignKey("instruments.Assessment", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(_("qué se hará"), max_length=300)
    held_on = models.DateField(_("cuándo"))
    who = models.CharField(_("a cargo de"), max_length=160)
    attendance = models.TextField(_("quiénes participaron"), max_length=2000, blank=True)
    done_on: Any = models.DateField(_("se hizo el"), null=True, blank=True)

    class Meta:
        verbose_name = _("actividad de nivelación")
        ordering = ["held_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(what="") & ~Q(who=""), name="quality_levelling_told"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | ~Q(attendance=""), name="quality_levelling_attended"
            ),
        ]

    def __str__(self) -> str:
        return self.what
