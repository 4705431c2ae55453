"""What a municipality attends to: its categories, who answers each, and within which term."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import Kind
from cabildo.workflow.models import UNITS


class Category(TenantModel):
    """One subject of the adopted tree. `definition` is the pack's text of it, as adopted."""

    code = models.SlugField(max_length=80)
    group_code = models.SlugField(max_length=60)
    group_label = models.CharField(max_length=120)
    label = models.CharField(_("nombre"), max_length=160)
    position = models.PositiveIntegerField(default=0)
    department = models.ForeignKey(
        "accounts.Department", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_open = models.BooleanField(_("recibe solicitudes"), default=True)
    goal_days = models.PositiveSmallIntegerField(_("meta interna en días hábiles"), null=True, blank=True)
    radius_m = models.PositiveIntegerField(_("radio para reconocer repetidas, en metros"), default=0)
    publishes_text = models.BooleanField(_("publica el texto"), default=False)
    publishes_photo = models.BooleanField(_("publica la foto"), default=False)
    needs_approval = models.BooleanField(_("la jefatura aprueba la respuesta"), default=False)
    is_reserved = models.BooleanField(_("identidad reservada"), default=False)
    concerns_official = models.BooleanField(_("trata sobre un funcionario"), default=False)
    definition: Any = models.JSONField(default=dict)
    version = models.ForeignKey(
        "content.PackVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("categoría")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="tickets_category_code"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def admitted_kinds(self) -> list[str]:
        """Kinds that may be asked of this subject; every one when its pack does not say."""
        return self.definition.get("kinds") or list(Kind.values)


class RoutingRule(TenantModel):
    """In this area, this category is answered by this department."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="routes")
    area_code = models.CharField(_("sector"), max_length=60)
    department = models.ForeignKey("accounts.Department", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["category", "area_code"], name="tickets_route_once"),
        ]

    def __str__(self) -> str:
        return f"{self.category} · {self.area_code}"


class TermRule(TenantModel):
    """The legal term of a kind or of one category, with the norm that fixes it.

    It `is_proposed` while it comes from an adopted tree and nobody of the municipality has confirmed or changed it.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    category = models.ForeignKey(Category, on_delete=models.CASCADE, null=True, blank=True, related_name="terms")
    days = models.PositiveSmallIntegerField(_("días"))
    unit = models.CharField(_("tipo de días"), max_length=10, choices=UNITS)
    article = models.CharField(_("norma y artículo"), max_length=200)
    extension_limit = models.PositiveSmallIntegerField(_("ampliación máxima en días"), null=True, blank=True)
    is_proposed = models.BooleanField(_("propuesto, sin confirmar"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "category"],
                condition=Q(category__isnull=False),
                name="tickets_term_of_category_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "kind"], condition=Q(category__isnull=True), name="tickets_term_of_kind_once"
            ),
            models.CheckConstraint(condition=Q(days__gte=1), name="tickets_term_days"),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.unit} ({self.article})"
