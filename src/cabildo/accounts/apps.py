from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "cabildo.accounts"
    label = "accounts"

    def ready(self) -> None:
        from cabildo.accounts.choices import AccountsPermission
        from cabildo.accounts.job_context import enter_municipality
        from cabildo.jobs import register_context
        from cabildo.ui.navigation import NavigationEntry, register

        register_context(enter_municipality)
        area, may = _("Configuración"), AccountsPermission.MANAGE_PEOPLE
        register(NavigationEntry(area, _("Personas y roles"), "accounts:people", may, "people", 910))
        register(NavigationEntry(area, _("Direcciones"), "accounts:departments", may, "building", 920))
        register(NavigationEntry(area, _("Subrogancias"), "accounts:substitutions", may, "arrow-counterclockwise", 930))
