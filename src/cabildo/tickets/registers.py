"""What the request desk tells the apps below it: packs, permissions, duties, pages, hooks."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo import audit
from cabildo.accounts.choices import AccountsPermission
from cabildo.accounts.scoping import current_municipality
from cabildo.content import Adopted, register_kind
from cabildo.jobs import enqueue
from cabildo.tickets import (
    baseline,
    digests,
    duties,
    exports,
    figure_access,
    internal_duties,
    internal_messages,
    ledgers,
    messages,
    ownership,
    packs,
    people_warnings,
    permissions,
    privacy_duties,
    versions,
)
from cabildo.tickets.actions.catalogue import take_into_use
from cabildo.tickets.actions.protocols import load_from_pack
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
    people_warnings.register()
    ledgers.register()
    register_kind(replace(packs.KIND, adopted=_take_into_use, adoptable=versions.ADOPTABLE))
    duty_register.register("tickets", duties.duties)
    _fill_internal_work()
    _fill_figures()
    _fill_privacy()
    hooks.on_calendar_change(_recount)
    navigation.register(NavigationEntry(AREA, _("Solicitudes"), "tickets:list", TicketPermission.VIEW, "inbox", 10))
    navigation.register(
        NavigationEntry(AREA, _("Ingresar"), "tickets:register", TicketPermission.REGISTER, "plus-circle", 20)
    )
    navigation.register(
        NavigationEntry(
            _("Configuración"),
            _("Sistemas externos"),
            "tickets:clients",
            TicketPermission.CONFIGURE,
            "shield-lock",
            960,
        )
    )
    _fill_imports()


def _recount() -> None:
    enqueue("tickets.recount_deadlines", municipality=current_municipality(), key="recount")


def _take_into_use(adopted: Adopted, body: Mapping[str, Any]) -> None:
    take_into_use(adopted, body)
    load_from_pack(body, source=f"{adopted.title} v{adopted.version}", by=audit.SYSTEM)


def _fill_internal_work() -> None:
    """Internal requests, protocols, digests, files and the directory."""
    internal_messages.register_templates()
    digests.register_templates()
    exports.register_owner()
    duty_register.register("tickets.internal", internal_duties.internal_duties)
    duty_register.register("tickets.protocols", internal_duties.protocol_duties)
    pages = [
        (_("Solicitudes internas"), "tickets:internal", TicketPermission.SEE_INTERNAL, "diagram-3", 30),
        (_("Protocolos"), "tickets:protocols", TicketPermission.VIEW, "journal-text", 40),
        (_("Direcciones"), "tickets:desk_directory", TicketPermission.VIEW, "building", 50),
        (_("Mi calendario"), "tickets:calendar", TicketPermission.VIEW, "calendar-event", 60),
        (_("Avisos de plazo"), "tickets:warning_levels", AccountsPermission.MANAGE_MUNICIPALITY, "bell", 70),
    ]
    for label, url_name, permission, icon, order in pages:
        navigation.register(NavigationEntry(AREA, label, url_name, permission, icon, order))


def _fill_figures() -> None:
    """The baseline indicators, whose figures one may see, and the backlog's page."""
    figure_access.register()
    baseline.register_indicators()
    navigation.register(
        NavigationEntry(
            _("Cifras"), _("Rezago"), "tickets:backlog", TicketPermission.SEE_FIGURES, "hourglass-split", 65
        )
    )


def _fill_privacy() -> None:
    """Moderation, retention and the rights over personal data."""
    duty_register.register("tickets.moderation", privacy_duties.moderation_duties)
    duty_register.register("tickets.data_requests", privacy_duties.data_request_duties)
    area, protect = _("Datos personales"), TicketPermission.PROTECT_DATA
    navigation.register(
        NavigationEntry(AREA, _("Moderación"), "tickets:moderation", TicketPermission.MODERATE, "eye", 60)
    )
    navigation.register(
        NavigationEntry(area, _("Derechos sobre los datos"), "tickets:data_requests", protect, "shield-lock", 70)
    )
    enter = TicketPermission.ENTER_DATA_REQUESTS
    navigation.register(
        NavigationEntry(area, _("Ingresar un derecho"), "tickets:data_request_enter", enter, "plus-circle", 75)
    )
    navigation.register(NavigationEntry(area, _("Conservación"), "tickets:retention", protect, "clock-history", 80))


def _fill_imports() -> None:
    """The pages of what comes by mail and in the spreadsheets of other sources."""
    navigation.register(
        NavigationEntry(
            AREA, _("Correo recibido"), "tickets:received_mails", TicketPermission.READ_MAIL, "envelope", 25
        )
    )
    navigation.register(
        NavigationEntry(AREA, _("Importaciones"), "tickets:imports", TicketPermission.IMPORT, "upload", 80)
    )
