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
OUTCOMES_WITHOUT_ANSWER = [Outcome.WITHDRAWN, Outcome.DUPLICATE]  # none is owed


class SaidBy(models.TextChoices):
    """Who asked an official to withdraw a request."""

    REQUESTER = "requester", _("Quien hizo la solicitud")
    OTHER = "other", _("Otra persona, en su nombre")


class SaidHow(models.TextChoices):
    COUNTER = "counter", _("En el mesón")
    PHONE = "phone", _("Por teléfono")
    LETTER = "letter", _("Por carta")
    MAIL = "mail", _("Por correo electrónico")


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
    RECLASSIFIED = "reclassified", _("Cambió de materia")
    MERGED = "merged", _("Se unió a otra solicitud")
    UNMERGED = "unmerged", _("Se deshizo la unión")
    SPLIT = "split", _("Se separó una parte")
    UNSPLIT = "unsplit", _("Se deshizo la separación")
    ADHERED = "adhered", _("Otro vecino adhirió")
    MODERATED = "moderated", _("Se revisó lo que se publica")
    RATED = "rated", _("El vecino evaluó la atención")
    ESCALATED = "escalated", _("Se avisó por su plazo")
    STOPPED = "stopped", _("Se detuvo el plazo")
    INTERNAL_ASKED = "internal_asked", _("Se pidieron antecedentes o un informe a otra dirección")
    INTERNAL_ANSWERED = "internal_answered", _("La otra dirección entregó lo pedido")
    INTERNAL_WITHDRAWN = "internal_withdrawn", _("Se retiró lo pedido a otra dirección")
    DOCUMENT = "document", _("Se agregó un documento")
    IMPORTED = "imported", _("Se trajo de otra fuente")


class LowGradeReason(models.TextChoices):
    TREATMENT = "trato", _("El trato")
    DELAY = "demora", _("La demora")
    NOT_SOLVED = "no_resolvio", _("No se resolvió lo que pedí")
    NOT_UNDERSTOOD = "no_entendi", _("No entendí la respuesta")
    CHANNEL = "canal", _("El canal de atención")


class Delivery(models.TextChoices):
    """How the invitation to say how it went reaches who asked."""

    MAIL = "mail", _("por correo")
    PRINTED = "printed", _("en papel")


class RetentionScope(models.TextChoices):
    """What a rule of retention is about, and from when its months count."""

    TICKETS = "tickets", _("Solicitudes, desde su cierre")
    DATA_REQUESTS = "data_requests", _("Derechos sobre los datos, desde su respuesta")
    IMPORTS = "imports", _("Planillas importadas, desde que se subieron")


class AnswerState(models.TextChoices):
    DRAFT = "draft", _("Borrador")
    SUBMITTED = "submitted", _("Por aprobar")
    RETURNED = "returned", _("Devuelta")
    SENT = "sent", _("Enviada")


class InternalKind(models.TextChoices):
    ANTECEDENTS = "antecedentes", _("Antecedentes")
    REPORT = "informe", _("Informe")


class InternalState(models.TextChoices):
    OPEN = "open", _("Por responder")
    ANSWERED = "answered", _("Respondida")
    WITHDRAWN = "withdrawn", _("Retirada")


class InternalEventKind(models.TextChoices):
    ASKED = "asked", _("Se pidió")
    REMINDED = "reminded", _("Se recordó")
    ANSWERED = "answered", _("Se respondió")
    WITHDRAWN = "withdrawn", _("Se retiró")


class ProtocolStep(models.TextChoices):
    INTAKE = "intake", _("Al recibir")
    DERIVATION = "derivation", _("Al derivar")
    ANSWER = "answer", _("Al responder")
    CLOSING = "closing", _("Al cerrar")


class ProtocolState(models.TextChoices):
    DRAFT = "draft", _("Borrador")
    IN_APPROVAL = "in_approval", _("Por aprobar")
    APPROVED = "approved", _("Vigente")
    RETIRED = "retired", _("Fuera de uso")


class SilenceEffect(models.TextChoices):
    ACCEPTED = "accepted", _("Se entiende aceptada (silencio positivo, art. 64)")
    REJECTED = "rejected", _("Se entiende rechazada (silencio negativo, art. 65)")


class ImportState(models.TextChoices):
    DRAFT = "draft", _("por revisar")
    CHECKING = "checking", _("revisándose")
    CHECKED = "checked", _("revisada")
    RUNNING = "running", _("importándose")
    DONE = "done", _("terminada")
    FAILED = "failed", _("no se pudo leer")


class MailOutcome(models.TextChoices):
    TICKET = "ticket", _("abrió una solicitud")
    INFORMATION = "information", _("agregó información a una solicitud")
    IGNORED = "ignored", _("no se tomó en cuenta")


class MailReason(models.TextChoices):
    """Why a mail was not taken, or was taken without a receipt: codes of `rules.mail` and of the actions."""

    BOUNCE = "bounce", _("avisa que un correo nuestro no se pudo entregar")
    MACHINE = "machine", _("lo envió un servidor de correo, no una persona")
    AUTOMATIC = "automatic", _("es una respuesta automática")
    LIST = "list", _("es un correo masivo o de una lista")
    OWN_ADDRESS = "own_address", _("salió de una dirección de la municipalidad")
    OWN_MESSAGE = "own_message", _("es un mensaje nuestro que volvió")
    NOT_ANSWERED = "not_answered", _("sin comprobante: no consta quién escribe, o no recibe respuestas")


class TicketPermission(StrEnum):
    """What may be done with requests."""

    VIEW = "tickets.view"  # those one may see: tickets.queries.visible_tickets
    VIEW_ALL = "tickets.view_all"
    REGISTER = "tickets.register"
    DERIVE = "tickets.derive"
    WORK = "tickets.work"  # take, note, ask for antecedents, draft an answer
    APPROVE = "tickets.approve"
    CLOSE = "tickets.close"
    NAME_OFFICIAL = "tickets.name_official"  # whom a complaint is about, while nobody said it
    CORRECT_OFFICIAL = "tickets.correct_official"  # whom a complaint is about, once it was said
    STAND_FOR_OFFICE = "tickets.stand_for_office"  # what the office does, on what is kept from all of it
    STAND_FOR_CONTROL = "tickets.stand_for_control"  # the same, on what is kept from those too
    MERGE = "tickets.merge"
    MODERATE = "tickets.moderate"
    EXPORT = "tickets.export"
    SEE_FIGURES = "tickets.see_figures"
    PLAN_BACKLOG = "tickets.plan_backlog"
    CONFIGURE = "tickets.configure"
    IMPORT = "tickets.import"
    PROTECT_DATA = "tickets.protect_data"  # data-subject requests, retention
    ENTER_DATA_REQUESTS = "tickets.enter_data_requests"  # put one on record for who comes in person or writes
    READ_MAIL = "tickets.read_mail"  # what came to the mailbox, taken or not
    SEE_INTERNAL = "tickets.see_internal"  # internal requests one's departments take part in
    ASK_DEPARTMENTS = "tickets.ask_departments"  # ask another department for antecedents, and answer it
    WRITE_PROTOCOLS = "tickets.write_protocols"
    APPROVE_PROTOCOLS = "tickets.approve_protocols"


class ModerationState(models.TextChoices):
    NEVER = "", _("No se publica")
    WAITING = "waiting", _("Por revisar")
    PUBLISHED = "published", _("Publicada")
    WITHHELD = "withheld", _("Retirada")


class ModerationAct(models.TextChoices):
    PUBLISHED = "published", _("Publicó el texto")
    REDACTED = "redacted", _("Cambió el texto publicado")
    WITHHELD = "withheld", _("Retiró el texto")
    PHOTO_PUBLISHED = "photo_published", _("Publicó una foto")
    PHOTO_BLURRED = "photo_blurred", _("Publicó una foto con una parte borrosa")
    PHOTO_WITHHELD = "photo_withheld", _("Dejó una foto sin publicar")


class DataRight(models.TextChoices):
    ACCESS = "access", _("Ver mis datos (acceso)")
    RECTIFICATION = "rectification", _("Corregir mis datos (rectificación)")
    SUPPRESSION = "suppression", _("Borrar mis datos (supresión)")
    OPPOSITION = "opposition", _("Que no usen mis datos para algo (oposición)")
    PORTABILITY = "portability", _("Llevarme mis datos (portabilidad)")
    BLOCKING = "blocking", _("Detener por un tiempo el uso de mis datos (bloqueo)")


class DataRequestState(models.TextChoices):
    RECEIVED = "received", _("Por comprobar identidad")
    VERIFIED = "verified", _("Por decidir")
    ANSWERED = "answered", _("Respondida")


class SearchPurpose(models.TextChoices):
    """Why somebody looks for a person: asked before, written in the audit."""

    INTAKE = "intake", _("Ingresar una solicitud de esta persona")
    STATUS = "status", _("Decirle cómo va una solicitud suya")
    IDENTITY = "identity", _("Comprobar su identidad")
