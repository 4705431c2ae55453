"""Packs, their immutable versions, which one a municipality uses, and what is being edited."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel


class Pack(models.Model):
    """An identity chosen by hand. `owner` is the municipality that wrote it; without one it belongs to the platform."""

    kind = models.SlugField(_("tipo"), max_length=40)
    slug = models.SlugField(_("nombre"), max_length=60)
    owner = models.ForeignKey(
        "accounts.Municipality", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    title = models.CharField(_("título"), max_length=160)
    publisher = models.CharField(_("quien publica"), max_length=160)
    official = models.BooleanField(_("contenido oficial"), default=False)
    licence = models.CharField(_("licencia"), max_length=80)

    class Meta:
        verbose_name = _("paquete de contenido")
        ordering = ["kind", "slug"]
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="content_pack_identity")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


class PackVersion(models.Model):
    """What a pack says under one number. Never changed, never removed: the database refuses it.

    `body` holds the header under `pack` and the parts beside it; `sha256` is that of its canonical JSON.
    """

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField(_("versión"))
    sha256 = models.CharField(max_length=64)
    body = models.JSONField()
    valid_from = models.DateField(_("vigente desde"))
    published_at = models.DateTimeField(_("publicada"), auto_now_add=True)

    class Meta:
        verbose_name = _("versión publicada")
        ordering = ["pack", "-version"]
        constraints = [models.UniqueConstraint(fields=["pack", "version"], name="content_pack_version")]

    def __str__(self) -> str:
        return f"{self.pack} v{self.version}"


class Adoption(TenantModel):
    """A municipality uses a pack, at a version, until it ends it."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    follows_updates = models.BooleanField(_("sigue las versiones nuevas"), default=True)
    adopted_at = models.DateTimeField(_("en uso desde"), auto_now_add=True)
    ended_at = models.DateTimeField(_("en uso hasta"), null=True, blank=True)

    class Meta:
        verbose_name = _("paquete en uso")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "pack"], condition=Q(ended_at__isnull=True), name="content_adoption_once"
            )
        ]

    def __str__(self) -> str:
        return str(self.version)


class Draft(TenantModel):
    """A pack being written: one JSON document, not rows. `revision` counts the saves."""

    kind = models.SlugField(_("tipo"), max_length=40)
    slug = models.SlugField(_("nombre"), max_length=60)
    based_on = models.ForeignKey(PackVersion, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(_("guardado"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("borrador")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "kind", "slug"], name="content_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
