"""Chile's administrative division, and the areas into which each municipality divides its commune."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.models import User
from cabildo.accounts.scoping import TenantModel
from cabildo.territory.choices import LayerKind


class Region(models.Model):
    """One of the 16 regions. The two-digit code is text: "05" is not five."""

    code = models.CharField(max_length=2, primary_key=True)
    name = models.CharField(max_length=80)
    short_name = models.CharField(max_length=60)
    abbreviation = models.CharField(max_length=10)
    iso_code = models.CharField(max_length=5)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Province(models.Model):
    code = models.CharField(max_length=3, primary_key=True)
    name = models.CharField(max_length=60)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="provinces")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Commune(models.Model):
    """One of the 346 communes, by its single territorial code (CUT) of five digits."""

    code = models.CharField(max_length=5, primary_key=True)
    name = models.CharField(max_length=60)
    province = models.ForeignKey(Province, on_delete=models.PROTECT, related_name="communes")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class AreaLayer(TenantModel):
    """One version of a municipality's areas of a kind. Never changed: a new upload replaces it and it stays."""

    kind = models.CharField(_("tipo de áreas"), max_length=20, choices=LayerKind)
    name = models.CharField(_("nombre de la capa"), max_length=120)
    version = models.PositiveIntegerField(_("versión"))
    file_name = models.CharField(_("archivo"), max_length=200)
    code_property = models.CharField(max_length=100)
    name_property = models.CharField(max_length=100)
    uploaded_at = models.DateTimeField(_("cargada el"))
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(_("reemplazada el"), null=True)

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "version"], name="territory_layer_version"),
            models.UniqueConstraint(
                fields=["municipality", "kind"], condition=Q(replaced_at__isnull=True), name="territory_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"

    @property
    def is_current(self) -> bool:
        return self.replaced_at is None


class Area(TenantModel):
    """A polygon of a layer, in WGS84. `outline` is the same with fewer vertices, for maps."""

    layer = models.ForeignKey(AreaLayer, on_delete=models.CASCADE, related_name="areas")
    code = models.CharField(_("código"), max_length=40)
    name = models.CharField(_("nombre"), max_length=120)
    geometry = models.JSONField()
    outline = models.JSONField()
    west = models.FloatField()
    south = models.FloatField()
    east = models.FloatField()
    north = models.FloatField()
    area_km2 = models.DecimalField(_("superficie en km²"), max_digits=12, decimal_places=4)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["layer", "code"], name="territory_area_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AreaUpload(TenantModel):
    """A file waiting for its columns to be chosen; deleted when published, discarded or forgotten for a week."""

    kind = models.CharField(max_length=20, choices=LayerKind)
    name = models.CharField(max_length=120)
    file_name = models.CharField(max_length=200)
    content = models.TextField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.file_name
