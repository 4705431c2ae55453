"""What the processes tell the apps below them: their pack kind, permissions, papers, duties and pages."""

from django.utils.translation import gettext_lazy as _

from cabildo.content import register_kind
from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry
from cabildo.workflow import duties as duty_register
from cabildo.workflow.processes import duties, ledgers, ownership, packs, permissions
from cabildo.workflow.processes.choices import ProcessPermission

AREA = _("Procesos")


def fill() -> None:
    register_kind(packs.KIND)
    permissions.register()
    ownership.register()
    duty_register.register("processes.tasks", duties.task_duties)
    duty_register.register("processes.stages", duties.stage_duties)
    ledgers.register()
    pages = [
        (_("Procesos"), "processes:list", "list-check", 310),
        (_("Tablero de etapas"), "processes:board", "diagram-3", 320),
    ]
    for label, url_name, icon, order in pages:
        navigation.register(NavigationEntry(AREA, label, url_name, ProcessPermission.VIEW, icon, order))
