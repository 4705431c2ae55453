"""Whom does the desk write to about its inner work: questions between departments, and files that are ready?"""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.links import absolute
from cabildo.accounts.models import Department, User
from cabildo.accounts.queries import members_of, stand_ins
from cabildo.notifications.actions import notify
from cabildo.notifications.templates import MailTemplate, register
from cabildo.tickets.models import InternalRequest
from cabildo.tickets.queries.concerned import kept_from

TEMPLATE = MailTemplate(
    "tickets.internal",
    "{{ what }}: {{ asked.folio }}",
    "tickets/mail/internal.txt",
    str(_("Solicitudes internas: al pedirse, recordarse, responderse o cerrarse, a la dirección que corresponde.")),
)
EXPORT_TEMPLATE = MailTemplate(
    "tickets.export",
    "Su archivo de solicitudes está listo",
    "tickets/mail/export.txt",
    str(_("Aviso en la bandeja a quien pidió un archivo de muchas filas.")),
)
FILE_TEMPLATE = MailTemplate(
    "tickets.file_copy",
    "El expediente {{ ticket.folio }} está listo",
    "tickets/mail/file_copy.txt",
    str(_("Aviso en la bandeja a quien pidió un expediente de muchos documentos.")),
)
ASKED = _("Otra dirección le pide antecedentes")
REMINDED = _("Recordatorio de una solicitud interna")
CLOSED = _("La solicitud se cerró: ya no hace falta su respuesta")
ANSWERED = _("Respondieron su solicitud interna")


def register_templates() -> None:
    register(TEMPLATE)
    register(EXPORT_TEMPLATE)
    register(FILE_TEMPLATE)


def asked(request: InternalRequest) -> None:
    _send(request, ASKED, _receivers(request.to_department), "asked")


def reminded(request: InternalRequest) -> None:
    _send(request, REMINDED, _receivers(request.to_department), f"reminded:{request.reminders}")


def answered(request: InternalRequest) -> None:
    _send(request, ANSWERED, [request.asked_by], "answered")


def closed(request: InternalRequest) -> None:
    _send(request, CLOSED, _receivers(request.to_department), "closed")


def _receivers(department: Department) -> Iterable[User]:
    """The heads; a department without a head gets it whole."""
    return members_of(department, ["department_head"]) or members_of(department)


def _send(request: InternalRequest, what: object, chosen: Iterable[User], event: str) -> None:
    """Whoever stands in for an absent person gets it in their place."""
    hidden_from = kept_from(request.ticket) if request.ticket else frozenset()
    ids = [user.pk for user in chosen]
    replaced = stand_ins(ids, timezone.localdate())
    url = absolute("tickets:internal_detail", request.year, request.number)
    for official in User.objects.filter(pk__in={replaced.get(pk, pk) for pk in ids} - hidden_from):
        context = {"asked": request, "what": what, "url": url}
        notify(
            "tickets.internal", official, context, f"internal:{request.pk}:{event}:{official.pk}", on=request, url=url
        )
