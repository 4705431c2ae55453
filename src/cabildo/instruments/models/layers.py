"""Layers of scores: what one party says of every element, sealed whole; the database keeps them as they are."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.instruments.models.answering import Assessment


class Layer(TenantModel):
    """The marks of one party. A correction is a new layer of the same party that names the one before, and why."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="layers")
    party = models.SlugField(_("parte"), max_length=60)
    label = models.CharField(_("de quién"), max_length=160)
    sealed_at = models.DateTimeField(_("sellada el"))
    sealed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="next")
    reason = models.TextField(_("motivo de la corrección"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("capa de puntajes")
        ordering = ["sealed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "party"], condition=Q(previous__isnull=True), name="instruments_first_layer"
            ),
            models.CheckConstraint(
                condition=Q(previous__isnull=True) | ~Q(reason=""), name="instruments_layer_correction_told"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class LayerMark(TenantModel):
    """What a layer says of an element, and why."""

    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="marks")
    element = models.CharField(max_length=60)
    score = models.SmallIntegerField(null=True, blank=True)
    attributes: Any = models.JSONField(default=dict, blank=True)
    is_excluded = models.BooleanField(_("no aplica"), default=False)
    reason_code = models.CharField(max_length=40, blank=True)
    reason = models.TextField(_("motivo"), max_length=2000, blank=True)

    class Meta:
        verbose_name = _("puntaje de una capa")
        constraints = [
            models.UniqueConstraint(fields=["layer", "element"], name="instruments_one_layer_mark"),
            models.CheckConstraint(
                condition=Q(is_excluded=False) | Q(score__isnull=True), name="instruments_layer_mark_excluded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element}: {'no aplica' if self.is_excluded else self.score}"
