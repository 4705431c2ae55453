"""How does a department commit itself to clear its historic backlog?"""

from datetime import date

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import Department, User
from cabildo.tickets.models import ClearingPlan


@transaction.atomic
def set_plan(
    department: Department, *, starts_on: date, weekly_target: int, responsible: User, by: User, notes: str = ""
) -> ClearingPlan:
    """Put a plan on record; the one of the same day is changed, earlier ones stay as they were."""
    plan, _created = ClearingPlan.objects.update_or_create(
        municipality_id=department.municipality_id,
        department=department,
        starts_on=starts_on,
        defaults={"weekly_target": weekly_target, "responsible": responsible, "notes": notes.strip()},
        create_defaults={
            "weekly_target": weekly_target,
            "responsible": responsible,
            "notes": notes.strip(),
            "created_by": by,
        },
    )
    data = {"department": department.pk, "weekly_target": weekly_target, "responsible": responsible.pk}
    audit.record("clearing_plan.set", on=plan, by=by, data=data)
    return plan
