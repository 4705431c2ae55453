"""What the request desk tells the apps below it: packs, permissions, duties, pages, hooks."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from cabildo.accounts.scoping import current_municipality
from cabildo.content import register_kind
from cabildo.jobs import enqueue
from cabildo.tickets import duties, messages, ownership, packs, permissions
from cabildo.tickets.actions.catalogue import take_into_use
from cabildo.tickets.choices import TicketPermission
from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry
from cabildo.workflow import duties as duty_register
from cabildo.workflow import hooks

AREA = _("Solicitudes")


def fill() -> None:
    permissions.register()
    messages.register_templates()
    ownership.register()
    register_kind(replace(packs.KIND, adopted=take_into_use))
    duty_register.register("tickets", duties.duties)
    hooks.on_calendar_change(_recount)
    navigation.register(NavigationEntry(AREA, _("Solicitudes"), "tickets:list", TicketPermission.VIEW, "inbox", 10))
    navigation.register(
        NavigationEntry(AREA, _("Ingresar"), "tickets:register", TicketPermission.REGISTER, "plus-circle", 20)
    )


def _recount() -> None:
    enqueue("tickets.recount_deadlines", municipality=current_municipality(), key="recount")
