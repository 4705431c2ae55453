"""On which plans and nodes does a permission hold?"""

from typing import Any

from cabildo.accounts.access import departments_where, holds_everywhere, register_predicate
from cabildo.plans.choices import PlansPermission
from cabildo.plans.models import Participation, Plan, PlanNode

__all__ = ["PlansPermission", "register"]


def _plan_of(found: Any) -> Plan:
    """A plan, or that of a node or of what hangs from one."""
    if isinstance(found, Plan):
        return found
    return found.plan if isinstance(found, PlanNode) else found.node.plan


def _may_edit(user: Any, found: Any) -> bool:
    """Whoever plans for the whole municipality, and the department that leads the plan."""
    return _edits_all(user) or _plan_of(found).department_id in departments_where(user, PlansPermission.EDIT)


def _may_report(user: Any, found: Any) -> bool:
    """Who leads the plan, who answers for the node, and the departments that take part in it."""
    if _reports_all(user):
        return True
    mine = departments_where(user, PlansPermission.REPORT)
    if isinstance(found, Plan):
        return found.department_id in mine
    node = found if isinstance(found, PlanNode) else found.node
    if node.responsible_id == user.pk or {node.department_id, node.plan.department_id} & mine:
        return True
    return Participation.objects.filter(node=node, department__in=mine).exists()


def _edits_all(user: Any) -> bool:
    return holds_everywhere(user, PlansPermission.EDIT)


def _reports_all(user: Any) -> bool:
    return holds_everywhere(user, PlansPermission.REPORT)


def register() -> None:
    register_predicate(PlansPermission.EDIT, _may_edit, unless=_edits_all)
    register_predicate(PlansPermission.REPORT, _may_report, unless=_reports_all)
