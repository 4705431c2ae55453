from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SiteConfig(AppConfig):
    name = "cabildo.site"
    label = "site"

    def ready(self) -> None:
        from cabildo.accounts.access import register_roles
        from cabildo.accounts.choices import AccountsPermission
        from cabildo.site import registers
        from cabildo.site.roles import ALL
        from cabildo.ui.navigation import NavigationEntry, register

        register_roles(ALL)
        registers.fill()
        register(
            NavigationEntry(
                _("Mi trabajo"), _("Lo que debo hacer"), "desk_home", AccountsPermission.ENTER_DESK, "list-check", 10
            )
        )
