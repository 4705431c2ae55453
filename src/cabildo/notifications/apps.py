from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NotificationsConfig(AppConfig):
    name = "cabildo.notifications"
    label = "notifications"

    def ready(self) -> None:
        from cabildo.accounts.choices import AccountsPermission
        from cabildo.notifications.permissions import NotificationsPermission
        from cabildo.ui.navigation import NavigationEntry, register

        settings, work = _("Configuración"), _("Mi trabajo")
        mine, sent, server = "notifications:inbox", "notifications:log", "notifications:mail_server"
        register(NavigationEntry(work, _("Avisos"), mine, AccountsPermission.ENTER_DESK, "bell", 20))
        register(NavigationEntry(settings, _("Mensajes enviados"), sent, NotificationsPermission.VIEW_LOG, "send", 940))
        register(NavigationEntry(settings, _("Correo"), server, NotificationsPermission.MANAGE_MAIL, "envelope", 950))
