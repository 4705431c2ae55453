"""Whose figures may a person see? All, or those of the departments they head."""

from typing import Any

from cabildo.accounts.access import departments_where, holds_everywhere, register_predicate
from cabildo.accounts.models import Department
from cabildo.tickets.choices import TicketPermission


def sees_everything(user: Any) -> bool:
    return holds_everywhere(user, TicketPermission.SEE_FIGURES)


def departments_in_sight(user: Any) -> list[Department]:
    """Departments whose figures this person may see, by name. One query."""
    if sees_everything(user):
        return list(Department.objects.filter(is_active=True))
    return list(Department.objects.filter(pk__in=departments_where(user, TicketPermission.SEE_FIGURES)))


def register() -> None:
    """Figures and plans of a department are for who directs it, and for who directs all."""
    for permission in (TicketPermission.SEE_FIGURES, TicketPermission.PLAN_BACKLOG):
        register_predicate(permission, _in_department(permission))


def _in_department(permission: str) -> Any:
    def holds(user: Any, department: Any) -> bool:
        return holds_everywhere(user, permission) or department.pk in departments_where(user, permission)

    return holds
