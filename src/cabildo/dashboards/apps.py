from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    name = "cabildo.dashboards"
    label = "dashboards"

    def ready(self) -> None:
        from cabildo.tickets.choices import TicketPermission
        from cabildo.ui.navigation import NavigationEntry, register

        register(
            NavigationEntry(
                _("Cifras"), _("Tableros"), "dashboards:home", TicketPermission.SEE_FIGURES, "bar-chart", 60
            )
        )
