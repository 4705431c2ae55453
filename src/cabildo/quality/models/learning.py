"""Trainings of the programme: which were held, whom each municipality sent, and the levelling asked for instead."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.db.revised import Revised
from cabildo.quality.choices import TrainingKind
from cabildo.quality.models.cycle import Cycle

LEVELLED_IN = (2, 4)  # the visits that may include it (seed 001, slides 28 and 31)


class Training(Revised, models.Model):
    """A training that an agency gives to several municipalities. The one about programme and self-assessment takes
    two days at least."""

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("tipo de capacitación"), max_length=10, choices=TrainingKind.choices)
    title = models.CharField(_("nombre"), max_length=160)
    starts_on = models.DateField(_("primer día"))
    ends_on = models.DateField(_("último día"))
    place = models.CharField(_("lugar"), max_length=200)
    trainers = models.TextField(_("quiénes la dan"), max_length=1000)

    class Meta:
        verbose_name = _("capacitación")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(trainers=""), name="quality_training_told"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on"))
                | (~Q(kind=TrainingKind.PROGRAMME) & Q(ends_on__gte=F("starts_on"))),
                name="quality_training_days",
                violation_error_message=_(
                    "Termina después de comenzar. La del programa y la autoevaluación dura dos días. Corríjalo."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TrainingPlace(TenantModel):
    """A municipality called to a training; `documents` keeps the materials for it."""

    training = models.ForeignKey(Training, on_delete=models.PROTECT, related_name="places")
    called_on = models.DateField(_("se convocó el"))

    class Meta:
        verbose_name = _("municipalidad convocada")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["training", "municipality"], name="quality_called_once")]

    def __str__(self) -> str:
        return f"{self.training} · {self.municipality}"


class TrainingAttendance(TenantModel):
    """Somebody of the committee, or a counterpart without a seat in it, at a training. `came` is null until noted."""

    place = models.ForeignKey(TrainingPlace, on_delete=models.PROTECT, related_name="attendances")
    member = models.ForeignKey("meetings.Member", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    counterpart = models.ForeignKey(
        "quality.Counterpart", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_expected = models.BooleanField(_("se le espera"), default=True)
    came: Any = models.BooleanField(_("asistió"), null=True, blank=True)

    class Meta:
        verbose_name = _("asistencia a una capacitación")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=False, counterpart__isnull=True)
                | Q(member__isnull=True, counterpart__isnull=False),
                name="quality_trained_person",
            ),
            models.UniqueConstraint(fields=["place", "member"], name="quality_member_trained_once"),
            models.UniqueConstraint(fields=["place", "counterpart"], name="quality_counterpart_trained_once"),
        ]

    def __str__(self) -> str:
        return str(self.member or self.counterpart)


class LevellingRequest(TenantModel):
    """The municipality asked to level its committee in a visit, for fewer than half were trained that day."""

    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, related_name="levelling_requests")
    visit = models.PositiveSmallIntegerField(_("en qué visita"), choices=[(one, str(one)) for one in LEVELLED_IN])
    trained = models.PositiveSmallIntegerField(_("integrantes capacitados"))
    members = models.PositiveSmallIntegerField(_("integrantes del comité"))
    asked_on = models.DateField(_("se pidió el"))
    asked_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("nivelación pedida")
        ordering = ["visit"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "visit"], name="quality_levelling_once"),
            models.CheckConstraint(condition=Q(visit__in=LEVELLED_IN), name="quality_levelling_visit"),
            models.CheckConstraint(condition=Q(members__gt=F("trained") * 2), name="quality_levelling_needed"),
        ]

    def __str__(self) -> str:
        return f"{self.cycle} · {self.visit}"
