"""Whom does a meeting write to? Written in the caller's transaction, sent after it commits."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.links import absolute, addresses
from cabildo.meetings import invitations
from cabildo.meetings.models import Attendance, Call, Meeting
from cabildo.notifications.actions import notify
from cabildo.notifications.templates import MailTemplate, register

TEMPLATES = (
    MailTemplate(
        "meetings.call",
        "Convocatoria: {{ meeting.title }}",
        "meetings/mail/call.txt",
        str(_("La convocatoria a una reunión, con su tabla, a cada persona convocada por correo.")),
    ),
    MailTemplate(
        "meetings.cancelled",
        "Se cancela: {{ meeting.title }}",
        "meetings/mail/cancelled.txt",
        str(_("Que una reunión no se hará, a quienes se convocó.")),
    ),
)


def register_templates() -> None:
    for template in TEMPLATES:
        register(template)


def tell_called(meeting: Meeting, calls: Iterable[Call]) -> None:
    """The call, with the agenda and the address of the appointment for one's own calendar."""
    context = {"items": list(meeting.items.all()), "calendar": invitations.address_of(meeting)}
    for call in calls:
        _write("meetings.call", meeting, call.attendance, context, f"meetings.call:{call.pk}")


def tell_cancelled(meeting: Meeting) -> None:
    """To everybody who was called and has mail, however they were called."""
    called = Attendance.objects.filter(meeting=meeting, calls__isnull=False).select_related("user", "requester")
    for person in called.distinct():
        if person.mail_address:
            _write("meetings.cancelled", meeting, person, {}, f"meetings.cancelled:{meeting.pk}:{person.pk}")


def _write(template: str, meeting: Meeting, person: Attendance, more: dict, key: str) -> None:
    to = person.user or person.mail_address
    context = {"meeting": meeting, "person": person, "page": absolute("meetings:detail", meeting.pk), **more}
    notify(template, to, context, key, on=meeting, url=_path(meeting) if person.user else "")


def _path(meeting: Meeting) -> str:
    """The address of the meeting's page without its host, as the inbox keeps it."""
    with addresses():
        return reverse("meetings:detail", args=[meeting.pk])
