from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    name = "cabildo.territory"
    label = "territory"

    def ready(self) -> None:
        from cabildo.territory.permissions import TerritoryPermission
        from cabildo.ui.navigation import NavigationEntry, register

        register(
            NavigationEntry(
                area=_("Configuración"),
                label=_("Sectores y áreas"),
                url_name="territory:layers",
                permission=TerritoryPermission.MANAGE_AREAS,
                icon="map",
                order=930,
            )
        )
