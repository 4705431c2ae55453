"""What the programme tells the apps below it."""

from django.utils.translation import gettext_lazy as _

from cabildo.quality import gates, ownership
from cabildo.quality.choices import QualityPermission
from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry


def fill() -> None:
    gates.register()
    ownership.register()
    navigation.register(
        NavigationEntry(
            _("Calidad"), _("Ciclos de mejora"), "quality:cycles", QualityPermission.VIEW, "clipboard-check", 300
        )
    )
