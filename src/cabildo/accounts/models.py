"""Municipalities, their departments, and who holds which role in them, since when."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.choices import AbsenceReason
from cabildo.accounts.scoping import TenantModel
from cabildo.db.fields import EncryptedTextField

NO_MAILBOX = "@claveunica.invalid"  # RFC 2606: no such domain will ever exist
COMMUNE_CODE = RegexValidator(r"^\d{5}$", _("El código de la comuna tiene cinco dígitos."))


class Municipality(models.Model):
    """The institution that is a tenant. `commune_code` is the territory it governs."""

    slug = models.SlugField(_("nombre corto en la dirección web"), unique=True, max_length=50)
    name = models.CharField(_("nombre"), max_length=120)
    commune_code = models.CharField(_("código de la comuna"), max_length=5, blank=True, validators=[COMMUNE_CODE])
    hue = models.PositiveSmallIntegerField(
        _("tono de color"), default=250, validators=[MinValueValidator(0), MaxValueValidator(359)]
    )
    notice = models.CharField(_("aviso permanente"), max_length=200, blank=True)
    time_zone = models.CharField(_("zona horaria"), max_length=40, default="America/Santiago")
    requires_second_factor = models.BooleanField(_("los funcionarios ingresan con un segundo paso"), default=False)
    arms_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    opened_at = models.DateTimeField(_("abierta al público desde"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("municipalidad")

    def __str__(self) -> str:
        return self.name

    @property
    def arms_url(self) -> str:
        """Where the shell finds the coat of arms; it changes with the image, so it may be cached for long."""
        return reverse("arms", args=[self.arms_sha256[:16]]) if self.arms_sha256 else ""


class Arms(TenantModel):
    """The coat of arms, as a PNG of our own encoding. Apart, because the municipality is read on every request."""

    png = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="accounts_arms_once")]

    def __str__(self) -> str:
        return str(self.municipality)


class Agency(models.Model):
    """An organisation outside the municipalities that runs or validates a programme."""

    slug = models.SlugField(_("nombre corto en la dirección web"), unique=True, max_length=50)
    name = models.CharField(_("nombre"), max_length=120)
    hue = models.PositiveSmallIntegerField(
        _("tono de color"), default=250, validators=[MinValueValidator(0), MaxValueValidator(359)]
    )
    notice = models.CharField(_("aviso permanente"), max_length=200, blank=True)
    requires_second_factor = models.BooleanField(_("su gente ingresa con un segundo paso"), default=False)

    class Meta:
        verbose_name = _("organismo")

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, full_name: str = "", password: str | None = None, **more: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), full_name=full_name, **more)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who enters with an account, in any number of municipalities."""

    email = models.EmailField(_("correo electrónico"), unique=True)
    full_name = models.CharField(_("nombre y apellidos"), max_length=120)
    is_active = models.BooleanField(_("cuenta activa"), default=True)
    run_index = models.CharField(max_length=64, null=True, blank=True, unique=True, editable=False)
    # what an administrator says of whose account it is; unlike the proven one it opens no door
    declared_run = EncryptedTextField(purpose="accounts.declared_run", null=True, blank=True)
    declared_run_index = models.CharField(max_length=64, null=True, blank=True, db_index=True, editable=False)
    declared_in = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )  # whose administrator said it: another one neither reads nor changes it
    invited_at = models.DateTimeField(_("invitada el"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def reads_mail(self) -> bool:
        """Whoever entered with ClaveÚnica gives no address: theirs is a placeholder that can receive nothing."""
        return not self.email.endswith(NO_MAILBOX)


class Department(TenantModel):
    """A unit of the municipality that can be made responsible for something."""

    code = models.SlugField(_("código"), max_length=40)
    name = models.CharField(_("nombre"), max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    does = models.TextField(_("qué hace"), blank=True)
    email = models.EmailField(_("correo electrónico"), blank=True)
    phone = models.CharField(_("teléfono"), max_length=40, blank=True)
    address = models.CharField(_("dirección"), max_length=160, blank=True)
    hours = models.CharField(_("horario de atención"), max_length=160, blank=True)
    is_active = models.BooleanField(_("activa"), default=True)

    class Meta:
        verbose_name = _("dirección o unidad")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "code"], name="accounts_department_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(TenantModel):
    """A person holds a role, in a department or in the whole municipality, between two dates."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("rol"), max_length=40)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    position = models.CharField(_("cargo"), max_length=120, blank=True)
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="accounts_membership_dates"
            ),
            models.UniqueConstraint(
                fields=["municipality", "user", "role", "department", "starts_on"],
                condition=Q(department__isnull=False),
                name="accounts_membership_once",
            ),
            models.UniqueConstraint(
                fields=["municipality", "user", "role", "starts_on"],
                condition=Q(department__isnull=True),
                name="accounts_membership_everywhere_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class AgencyMembership(models.Model):
    """A person holds a role in an agency between two dates. It opens the agency's desk and no municipality."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="agency_memberships")
    role = models.CharField(_("rol"), max_length=40)
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="accounts_agency_dates"
            ),
            models.UniqueConstraint(fields=["agency", "user", "role", "starts_on"], name="accounts_agency_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"


class Substitution(TenantModel):
    """While someone is away, another stands in for them: subrogancia or leave, always dated."""

    absent = models.ForeignKey(User, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(User, on_delete=models.PROTECT, related_name="substitutions")
    reason = models.CharField(_("motivo"), max_length=10, choices=AbsenceReason.choices)
    act = models.CharField(_("acto que lo ordena"), max_length=120, blank=True)
    starts_on = models.DateField(_("desde"))
    ends_on = models.DateField(_("hasta"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="accounts_substitution_dates"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="accounts_substitution_other"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} por {self.absent}"


class Preference(TenantModel):
    """What a person chose to keep: saved filters, chosen columns, the tour already seen."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="preferences")
    key = models.CharField(max_length=80)
    value = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "user", "key"], name="accounts_preference_key"),
        ]

    def __str__(self) -> str:
        return self.key


class SentForm(models.Model):
    """A form that somebody sent, known by a digest alone, and where its sending led; empty while it is worked on."""

    key = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(db_index=True)
    location = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.location or self.key
