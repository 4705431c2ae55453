"""Spreadsheets of other sources: each run with its counts and problems, and the columns saved per source."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.tickets.choices import ImportState


class SourceMapping(TenantModel):
    """How the columns of a source are read, as it was last used. Its row is what runs of one source queue on."""

    source = models.CharField(_("fuente"), max_length=60)
    label = models.CharField(_("nombre de la fuente"), max_length=120)
    mapping: Any = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "source"], name="tickets_source_once"),
        ]

    def __str__(self) -> str:
        return self.label


class ImportRun(TenantModel):
    """One file brought in, or only checked. `position` is the last row whose batch is committed."""

    source = models.CharField(_("fuente"), max_length=60, blank=True)
    file_name = models.CharField(_("archivo"), max_length=200)
    sha256 = models.CharField(_("huella SHA-256"), max_length=64)
    document = models.ForeignKey(
        "documents.Document", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    mapping: Any = models.JSONField(default=dict)
    state = models.CharField(_("estado"), max_length=10, choices=ImportState.choices, default=ImportState.DRAFT)
    total = models.PositiveIntegerField(_("filas del archivo"), default=0)
    position = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("nuevas"), default=0)
    updated = models.PositiveIntegerField(_("cambiadas"), default=0)
    unchanged = models.PositiveIntegerField(_("iguales"), default=0)
    refused = models.PositiveIntegerField(_("rechazadas"), default=0)
    failure = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("importación")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["municipality", "-id"], name="tickets_import_newest")]

    def __str__(self) -> str:
        return self.file_name

    @property
    def read(self) -> int:
        return self.created + self.updated + self.unchanged + self.refused

    @property
    def is_under_way(self) -> bool:
        return self.state in (ImportState.CHECKING, ImportState.RUNNING)


class ImportProblem(TenantModel):
    """Why a row was refused: the cell and a code with its facts; the sentences are made when it is shown."""

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField(_("fila"))
    column = models.CharField(_("columna"), max_length=120, blank=True)
    value = models.CharField(_("valor"), max_length=200, blank=True)
    code = models.CharField(max_length=40)
    facts: Any = models.JSONField(default=dict)

    class Meta:
        ordering = ["row", "pk"]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.row} {self.code}"
