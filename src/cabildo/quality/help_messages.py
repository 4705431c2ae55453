"""Whom does a question to the programme write to? Written in the caller's transaction, sent after it commits."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.links import absolute, addresses, of_agency
from cabildo.notifications.actions import notify
from cabildo.notifications.templates import MailTemplate, register
from cabildo.quality.models import HelpEntry, HelpRequest

ASKED, ANSWERED = "quality.help_asked", "quality.help_answered"
TEMPLATES = (
    MailTemplate(
        ASKED,
        "Consulta {{ request.folio }}: {{ request.subject }}",
        "quality/mail/help_asked.txt",
        str(_("Una consulta de la municipalidad, a quien la responde en el programa de calidad.")),
    ),
    MailTemplate(
        ANSWERED,
        "Respuesta a su consulta {{ request.folio }}",
        "quality/mail/help_answered.txt",
        str(_("La respuesta del programa de calidad, a quien hizo la consulta.")),
    ),
)


def register_templates() -> None:
    for template in TEMPLATES:
        register(template)


def tell_asked(request: HelpRequest, entry: HelpEntry) -> None:
    """To who answers, by mail: their desk is the agency's. Nobody is written to while nobody has it."""
    if request.assigned_to is not None:
        page = of_agency(request.agency, "programme:help_request", request.municipality.slug, request.pk)
        context = {"request": request, "words": entry.words, "page": page}
        key = f"{ASKED}:{entry.pk}:{request.assigned_to_id}"
        notify(ASKED, request.assigned_to, context, key, on=request, channels=("mail",))


def tell_answered(request: HelpRequest, entry: HelpEntry) -> None:
    """To who asked, by mail and in the inbox of their desk."""
    context = {"request": request, "words": entry.words, "page": absolute("quality:help_request", request.pk)}
    with addresses():
        path = reverse("quality:help_request", args=[request.pk])
    notify(ANSWERED, request.asked_by, context, f"{ANSWERED}:{entry.pk}", on=request, url=path)
