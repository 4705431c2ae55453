"""The words meetings uses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    COMMITTEE = "committee", _("comité")
    MESA = "mesa", _("mesa")
    COUNCIL = "council", _("consejo o concejo")
    CABILDO = "cabildo", _("cabildo")
    OTHER = "other", _("otro cuerpo")


class ActKind(models.TextChoices):
    DECREE = "decree", _("decreto alcaldicio")
    RESOLUTION = "resolution", _("resolución")
    AGREEMENT = "agreement", _("acuerdo")
    ORDINANCE = "ordinance", _("ordenanza o reglamento")
    RECORD = "record", _("acta de constitución")
    OTHER = "other", _("otro acto")


class QuorumBasis(models.TextChoices):
    """The codes are those of `rules.quorum.Basis`."""

    NONE = "none", _("no se exige quórum")
    MORE_THAN = "more_than", _("más que una parte de quienes tienen voz")
    AT_LEAST = "at_least", _("al menos una parte de quienes tienen voz")
    NUMBER = "number", _("un número fijo de quienes tienen voz")


class Role(models.TextChoices):
    """The codes of chair and secretary are those of `rules.signing`."""

    CHAIR = "chair", _("preside")
    SECRETARY = "secretary", _("secretaría")
    MEMBER = "member", _("integrante")
    ADVISER = "adviser", _("asesoría")


class Sector(models.TextChoices):
    MUNICIPAL = "municipal", _("municipal")
    COMMUNITY = "community", _("comunitario")
    PRIVATE = "private", _("privado")
    ACADEMIC = "academic", _("académico")
    OTHER = "other", _("otro")
    UNKNOWN = "unknown", _("no declarado")


class Sex(models.TextChoices):
    """As each person declares it; nobody guesses it."""

    FEMALE = "female", _("mujer")
    MALE = "male", _("hombre")
    OTHER = "other", _("otro")
    UNKNOWN = "unknown", _("no declarado")


class MeetingKind(models.TextChoices):
    ORDINARY = "ordinary", _("sesión ordinaria")
    EXTRAORDINARY = "extraordinary", _("sesión extraordinaria")
    WORKING = "working", _("reunión de trabajo")
    WORKSHOP = "workshop", _("taller")
    HEARING = "hearing", _("audiencia o jornada abierta")
    OTHER = "other", _("otra reunión")


class State(models.TextChoices):
    """The codes are those of `rules.states`."""

    DRAFT = "draft", _("en preparación")
    CALLED = "called", _("convocada")
    HELD = "held", _("realizada")
    MINUTED = "minuted", _("con acta cerrada")
    SIGNED = "signed", _("con acta firmada")
    CANCELLED = "cancelled", _("cancelada")


class CallChannel(models.TextChoices):
    MAIL = "mail", _("correo electrónico")
    LETTER = "letter", _("carta")
    PHONE = "phone", _("teléfono")


class Mark(models.TextChoices):
    """What is noted of each person expected; an excused person did not come, and said so before."""

    CAME = "came", _("Presente")
    ABSENT = "absent", _("Ausente")
    EXCUSED = "excused", _("Con excusa")


class AgreementState(models.TextChoices):
    OPEN = "open", _("pendiente")
    DONE = "done", _("cumplido")
    DROPPED = "dropped", _("sin efecto")


class ActaState(models.TextChoices):
    CLOSED = "closed", _("cerrada, por firmar")
    SIGNED = "signed", _("firmada")
    SUPERSEDED = "superseded", _("reemplazada por una rectificación")


class SigningMethod(models.TextChoices):
    ACCOUNT = "account", _("en la plataforma, con su cuenta")
    PAPER = "paper", _("de puño y letra, en el ejemplar impreso")
    UPLOADED = "uploaded", _("firma electrónica en el PDF")
