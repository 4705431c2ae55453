"""What the site tells the apps below it: roles, its own entries of the navigation, how accounts writes to people."""

from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cabildo import audit
from cabildo.accounts import hooks
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import is_in_one_municipality
from cabildo.content import actions as packs
from cabildo.content import queries as content
from cabildo.jobs import enqueue
from cabildo.notifications.actions import notify
from cabildo.notifications.templates import MailTemplate, register
from cabildo.site import mails
from cabildo.site.mails import INVITATION
from cabildo.tickets.actions.identity import recognise
from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry

AREA = _("Configuración")
TEMPLATES = (
    MailTemplate(
        INVITATION,
        "Invitación para entrar a la plataforma de {% firstof agency.name municipality.name %}",
        "site/mail/invitation.txt",
        str(_("A quien se le da una cuenta, para elegir su clave.")),
    ),
    MailTemplate(
        "accounts.password_reset",
        "Cambiar su clave",
        "site/mail/password_reset.txt",
        str(_("A quien pide cambiar su clave porque no la recuerda.")),
    ),
)


def fill() -> None:
    for template in TEMPLATES:
        register(template)
    hooks.deliver_with(_write)
    hooks.on_identity_proven(_recognise)
    hooks.adopt_with(_adopt)
    manage = AccountsPermission.MANAGE_MUNICIPALITY
    navigation.register(NavigationEntry(AREA, _("Puesta en marcha"), "setup:start", manage, "gear", 900))
    people = AccountsPermission.MANAGE_AGENCY_PEOPLE
    desk = navigation.AGENCY
    navigation.register(NavigationEntry(AREA, _("Personas"), "agency_people:list", people, "people", 900, desk))
    operate = AccountsPermission.VIEW_OPERATIONS
    navigation.register(NavigationEntry(AREA, _("Operaciones"), "operations:overview", operate, "bar-chart", 990))


def _adopt(municipality: Municipality, pack: str) -> None:
    version = content.version_of(content.pack_told(pack))
    packs.adopt(municipality=municipality, version=version, follows_updates=True, by=audit.SYSTEM)


def _recognise(user: Any, run: str) -> None:
    """Requests belong to a municipality: on the page of the whole installation there is nothing to meet."""
    if is_in_one_municipality():
        recognise(user, run)


def _write(name: str, to: str, context: dict[str, Any]) -> None:
    """Every request for a mail is its own event: its instant tells it from the one before.

    An agency has no mail server of its own: what it writes leaves through that of the installation.
    """
    if is_in_one_municipality():
        notify(name, to, context, f"{name}:{to}:{context['at'].isoformat()}")
    elif name == INVITATION:
        person, agency = context["user"].pk, context["agency"].pk
        enqueue("site.send_invitation", key=f"{person}:{agency}", person=person, agency=agency)
    else:
        transaction.on_commit(partial(mails.send, name, to, context))
