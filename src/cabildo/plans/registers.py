"""What plans tell the apps below: a kind of their own, permissions, who reads proofs, duties, the page."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import can
from cabildo.documents import owners
from cabildo.plans import duties, kinds, ledgers, permissions
from cabildo.plans.choices import PlansPermission
from cabildo.plans.kinds import PlanKind
from cabildo.plans.models import PlanNode
from cabildo.ui import navigation
from cabildo.ui.navigation import NavigationEntry
from cabildo.workflow import duties as duty_register

GENERAL = PlanKind("general", _("Plan de trabajo"), ("Objetivo", "Línea de acción", "Actividad"), is_free=True)


def _reads_proofs(user: Any, owner_id: str) -> bool:
    return can(user, PlansPermission.VIEW) and PlanNode.objects.filter(pk=owner_id).exists()


def fill() -> None:
    kinds.register(GENERAL)
    permissions.register()
    owners.register("plans.plannode", may_read=_reads_proofs)
    duty_register.register("plans", duties.duties)
    ledgers.register()
    navigation.register(
        NavigationEntry(_("Planes"), _("Planes"), "plans:list", PlansPermission.VIEW, "list-check", 120)
    )
