"""What a meeting agreed that somebody does by a date."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.meetings.choices import AgreementState
from cabildo.meetings.models.meeting import AgendaItem, Meeting


class Agreement(TenantModel):
    """An agreement (acuerdo): what, who answers for it, by when, and how it was done."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="agreements")
    item = models.ForeignKey(AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="agreements")
    number = models.PositiveSmallIntegerField()
    what = models.CharField(_("qué se acordó"), max_length=600)
    user = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outsider = models.CharField(_("responsable de fuera"), max_length=160, blank=True)
    due_on = models.DateField(_("plazo"))
    state = models.CharField(_("estado"), max_length=8, choices=AgreementState.choices, default=AgreementState.OPEN)
    done_on = models.DateField(_("cumplido el"), null=True, blank=True)
    evidence = models.TextField(_("cómo consta"), max_length=4000, blank=True)
    settled_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = _("acuerdo")
        ordering = ["meeting", "number"]
        indexes = [models.Index(fields=["municipality", "state", "due_on", "id"], name="meetings_agreement_due")]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="meetings_agreement_number"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(department__isnull=False) | ~Q(outsider=""),
                name="meetings_agreement_responsible",
            ),
            models.CheckConstraint(
                condition=~Q(state=AgreementState.DONE) | (Q(done_on__isnull=False) & ~Q(evidence="")),
                name="meetings_agreement_done",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.folio}: {self.what}"

    @property
    def folio(self) -> str:
        return f"{self.meeting.folio}/{self.number}"

    @property
    def responsible(self) -> str:
        return ", ".join(str(one) for one in (self.user, self.department, self.outsider) if one)
