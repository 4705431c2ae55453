from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "cabildo.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from cabildo.dashboards.choices import DashboardsPermission
        from cabildo.tickets.choices import TicketPermission
        from cabildo.ui.navigation import NavigationEntry, register

        pages = [
            (_("Tableros"), "dashboards:home", TicketPermission.SEE_FIGURES, "bar-chart", 60),
            (_("Control de gestión"), "dashboards:control", DashboardsPermission.SEE_OWED, "list-check", 62),
        ]
        for label, url_name, permission, icon, order in pages:
            register(NavigationEntry(_("Cifras"), label, url_name, permission, icon, order))
