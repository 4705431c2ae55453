"""Files that belong to something, and signed documents that anyone can check."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import TenantModel
from cabildo.documents.choices import Kind, SignatureState, Visibility


class Document(TenantModel):
    """A kept file. Its owner, an object of an upper app, decides who reads it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner_type = models.CharField(max_length=60)
    owner_id = models.CharField(max_length=40)
    original_name = models.CharField(_("nombre"), max_length=120)
    media_type = models.CharField(_("tipo"), max_length=80)
    size = models.PositiveIntegerField(_("tamaño en bytes"))
    sha256 = models.CharField(_("huella SHA-256"), max_length=64)
    kind = models.CharField(_("clase"), max_length=10, choices=Kind.choices)
    visibility = models.CharField(_("quién lo ve"), max_length=10, choices=Visibility.choices)
    warnings = models.JSONField(_("advertencias"), default=list, blank=True)
    path = models.CharField(max_length=80, unique=True, null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("recibido"))
    erased_at = models.DateTimeField(_("borrado"), null=True, blank=True)

    class Meta:
        verbose_name = _("documento")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["municipality", "owner_type", "owner_id", "created_at"], name="documents_of_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(path__isnull=False, erased_at__isnull=True) | Q(path__isnull=True, erased_at__isnull=False),
                name="documents_kept_or_erased",
            ),
        ]

    def __str__(self) -> str:
        return self.original_name


class SignedDocument(TenantModel):
    """A document with a verification code. The code is printed in it; the hash is known once it is sealed."""

    code = models.CharField(_("código de verificación"), max_length=14, unique=True)
    title = models.CharField(_("documento"), max_length=160)
    number = models.CharField(_("número"), max_length=40, blank=True)
    issuer = models.CharField(_("emitido por"), max_length=160)
    document = models.OneToOneField(Document, on_delete=models.PROTECT, null=True, blank=True, related_name="signed")
    sha256 = models.CharField(_("huella SHA-256"), max_length=64, blank=True)
    handed_out = models.CharField(_("huella de las páginas entregadas para firmar"), max_length=64, blank=True)
    method = models.CharField(_("forma de firma"), max_length=30, blank=True)
    state = models.CharField(
        _("estado de la firma"), max_length=14, choices=SignatureState.choices, default=SignatureState.NONE
    )
    signer = models.CharField(_("firmado por"), max_length=160, blank=True)
    signed_at = models.DateTimeField(_("fecha de la firma"), null=True, blank=True)
    sealed_at = models.DateTimeField(_("emitido"), null=True, blank=True)
    annulled_at = models.DateTimeField(_("anulado"), null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("documento firmado")
        constraints = [
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True) | (Q(document__isnull=False) & ~Q(sha256="")),
                name="documents_sealed_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"
