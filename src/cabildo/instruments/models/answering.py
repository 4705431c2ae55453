"""An instrument being answered: which version, what was answered, by whom."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.instruments.choices import MarkMode


class Assessment(TenantModel):
    """One application of a published version, which never changes under it.

    `on_type` and `on_id` name what it belongs to; the engine does not know more of it. `mark_mode` is how all of it is
    marked; empty where the model takes one way alone, or either of both for each element.
    """

    version = models.ForeignKey("content.PackVersion", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("título"), max_length=160)
    on_type = models.CharField(max_length=60)
    on_id = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    mapping = models.ForeignKey(
        "content.PackVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # which elements of `previous` its text came from, when both pin different versions
    mark_mode = models.CharField(_("cómo se puntúa"), max_length=10, choices=MarkMode.choices, blank=True)

    class Meta:
        verbose_name = _("evaluación")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["municipality", "on_type", "on_id"], name="instruments_assessment_on")]
        constraints = [
            models.CheckConstraint(
                condition=Q(mark_mode__in=["", *MarkMode.values]), name="instruments_assessment_mode"
            ),
            models.CheckConstraint(
                condition=Q(mapping__isnull=True) | Q(previous__isnull=False), name="instruments_mapping_of_previous"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class Answer(TenantModel):
    """The one answer of a group to a question: an alternative of its own words. Dissent is a note, never a vote."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    alternative = models.CharField(max_length=60, blank=True)
    is_not_applicable = models.BooleanField(_("no aplica"), default=False)
    dissent = models.TextField(_("disenso"), max_length=1000, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("respuesta")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="instruments_one_answer"),
            models.CheckConstraint(
                condition=Q(is_not_applicable=True, alternative="") | (Q(is_not_applicable=False) & ~Q(alternative="")),
                name="instruments_answer_chosen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.alternative or 'no aplica'}"
