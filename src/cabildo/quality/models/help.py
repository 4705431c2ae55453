"""What municipalities ask the programme: a record with folio, who answers, a deadline and its story."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import HelpState
from cabildo.workflow.models import TimelineEntry

USUAL_DAYS, MOST_DAYS = 5, 60


class HelpTerm(Revised, models.Model):
    """In how many business days an agency answers; without a row, in `USUAL_DAYS`. It holds for what is asked later."""

    agency = models.OneToOneField("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(
        _("días hábiles para responder"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )

    class Meta:
        verbose_name = _("plazo de la mesa de ayuda")
        constraints = [
            models.CheckConstraint(condition=Q(days__gte=1, days__lte=MOST_DAYS), name="quality_help_days"),
        ]

    def __str__(self) -> str:
        return str(self.days)


class HelpRequest(TenantModel):
    """A question to the agency that runs the programme. `due_on` and `days` stay as they were when it was asked."""

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    subject = models.CharField(_("de qué se trata"), max_length=160)
    state = models.CharField(_("estado"), max_length=8, choices=HelpState.choices, default=HelpState.ASKED)
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    asked_on = models.DateField(_("se preguntó el"))
    days = models.PositiveSmallIntegerField(_("días hábiles"))
    due_on = models.DateField(_("se responde a más tardar el"))
    answered_on: Any = models.DateField(_("se respondió el"), null=True, blank=True)
    assigned_to = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("quién responde"),
    )

    class Meta:
        verbose_name = _("consulta al programa")
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["agency", "state", "due_on"], name="quality_help_queue")]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "year", "number"], name="quality_help_folio"),
            models.CheckConstraint(condition=~Q(subject=""), name="quality_help_told"),
            models.CheckConstraint(
                condition=Q(state=HelpState.ASKED) | Q(answered_on__isnull=False) | Q(state=HelpState.CLOSED),
                name="quality_help_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.folio

    @property
    def folio(self) -> str:
        return f"AP-{self.year}-{self.number:05}"


class HelpEntry(TimelineEntry):
    """What was asked, answered or decided, in the order in which it happened."""

    request = models.ForeignKey(HelpRequest, on_delete=models.PROTECT, related_name="entries")

    class Meta(TimelineEntry.Meta):
        verbose_name = _("historia de una consulta")

    def __str__(self) -> str:
        return self.kind
