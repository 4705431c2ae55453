"""The words of the request desk."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    CONSULTA = "consulta", _("Consulta")
    SOLICITUD = "solicitud", _("Solicitud")
    RECLAMO = "reclamo", _("Reclamo")
    SUGERENCIA = "sugerencia", _("Sugerencia")
    FELICITACION = "felicitacion", _("Felicitación")
    DENUNCIA = "denuncia", _("Denuncia")


class Channel(models.TextChoices):
    WEB = "web", _("Portal web")
    COUNTER = "counter", _("Mesón")
    PHONE = "phone", _("Teléfono")
    PAPER = "paper", _("Carta o libro de reclamos")
    MAIL = "mail", _("Correo electrónico")
    OPEN311 = "open311", _("Aplicación (Open311)")
    SOCIAL = "social", _("Redes sociales o WhatsApp")
    IMPORT = "import", _("Planilla de otra fuente")


class State(models.TextChoices):
    INTAKE = "intake", _("Por clasificar")
    DERIVED = "derived", _("Enviada a la dirección")
    IN_PROGRESS = "in_progress", _("En trabajo")
    WAITING = "waiting", _("Esperando antecedentes del vecino")
    APPROVAL = "approval", _("Respuesta por aprobar")
    CLOSED = "closed", _("Cerrada")


OPEN_STATES = [State.INTAKE, State.DERIVED, State.IN_PROGRESS, State.WAITING, State.APPROVAL]


class Outcome(models.TextChoices):
    RESOLVED = "resolved", _("Resuelta")
    REJECTED = "rejected", _("No se acoge")
    NOT_COMPETENT = "not_competent", _("Corresponde a otro organismo")
    DUPLICATE = "duplicate", _("Repetida de otra solicitud")
    WITHDRAWN = "withdrawn", _("Desistida")
    SILENCE = "silence", _("Silencio administrativo")


# Outcomes that are an answer to what was asked; the others end it without one.
ANSWERING_OUTCOMES = [Outcome.RESOLVED, Outcome.REJECTED, Outcome.NOT_COMPETENT]


class EventKind(models.TextChoices):
    RECEIVED = "received", _("Ingresó")
    ROUTED = "routed", _("Se envió a la dirección responsable")
    ACKNOWLEDGED = "acknowledged", _("La dirección la recibió")
    DERIVED = "derived", _("Se derivó a otra dirección")
    ASSIGNED = "assigned", _("Quedó a cargo de una persona")
    NOTE = "note", _("Nota interna")
    MESSAGE = "message", _("Mensaje al vecino")
    CITIZEN_MESSAGE = "citizen_message", _("El vecino agregó información")
    ASKED = "asked", _("Se pidieron antecedentes al vecino")
    RESUMED = "resumed", _("Se retomó el trabajo")
    SUBMITTED = "submitted", _("Respuesta enviada a aprobación")
    RETURNED = "returned", _("Respuesta devuelta para corregir")
    ANSWERED = "answered", _("Se respondió")
    CLOSED = "closed", _("Se cerró")
    REOPENED = "reopened", _("Se reabrió")
    EXTENDED = "extended", _("Se amplió el plazo")
    URGENT = "urgent", _("Se declaró urgente")
    RECOUNTED = "recounted", _("Se volvió a contar el plazo")
    RECLASSIFIED = "reclassified", _("Cambió de categoría")
    MERGED = "merged", _("Se unió a otra solicitud")
    UNMERGED = "unmerged", _("Se deshizo la unión")
    SPLIT = "split", _("Se separó una parte")
    UNSPLIT = "unsplit", _("Se deshizo la separación")
    ADHERED = "adhered", _("Otro vecino adhirió")
    MODERATED = "moderated", _("Se revisó lo que se publica")
    RATED = "rated", _("El vecino evaluó la atención")
    ESCALATED = "escalated", _("Se avisó por su plazo")
    DOCUMENT = "document", _("Se agregó un documento")
    IMPORTED = "imported", _("Se trajo de otra fuente")


class LowGradeReason(models.TextChoices):
    TREATMENT = "trato", _("El trato")
    DELAY = "demora", _("La demora")
    NOT_SOLVED = "no_resolvio", _("No se resolvió lo que pedí")
    NOT_UNDERSTOOD = "no_entendi", _("No entendí la respuesta")
    CHANNEL = "canal", _("El canal de atención")


class AnswerState(models.TextChoices):
    DRAFT = "draft", _("Borrador")
    SUBMITTED = "submitted", _("Por aprobar")
    RETURNED = "returned", _("Devuelta")
    SENT = "sent", _("Enviada")


class TicketPermission(StrEnum):
    """What may be done with requests."""

    VIEW = "tickets.view"  # those one may see: tickets.queries.visible_tickets
    VIEW_ALL = "tickets.view_all"
    REGISTER = "tickets.register"
    DERIVE = "tickets.derive"
    WORK = "tickets.work"  # take, note, ask for antecedents, draft an answer
    APPROVE = "tickets.approve"
    CLOSE = "tickets.close"
    MERGE = "tickets.merge"
    MODERATE = "tickets.moderate"
    EXPORT = "tickets.export"
    SEE_FIGURES = "tickets.see_figures"
    CONFIGURE = "tickets.configure"
    IMPORT = "tickets.import"
