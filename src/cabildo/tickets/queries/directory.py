"""What does each department do, who is in charge, how is it reached, and which subjects does it answer?"""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from cabildo.accounts.models import Department, Membership
from cabildo.accounts.queries import in_force
from cabildo.tickets.models import Category
from cabildo.tickets.queries.catalogue import open_categories

HEAD = "department_head"


@dataclass(frozen=True)
class Entry:
    """A department as the directory shows it."""

    department: Department
    heads: list[Membership]
    officials: list[Membership]
    categories: list[Category]


def directory() -> list[Entry]:
    """Every active department with its people and open subjects. Three queries."""
    people: dict[int, list[Membership]] = defaultdict(list)
    held = Membership.objects.filter(in_force(timezone.localdate()), user__is_active=True, department__isnull=False)
    for membership in held.select_related("user").order_by("user__full_name"):
        people[membership.department_id].append(membership)
    subjects: dict[int, list[Category]] = defaultdict(list)
    for category in open_categories().only("label", "code", "department_id", "position"):
        if category.department_id is not None:
            subjects[category.department_id].append(category)
    return [_entry(department, people, subjects) for department in Department.objects.filter(is_active=True)]


def _entry(department: Department, people: dict[int, list[Membership]], subjects: dict[int, list[Category]]) -> Entry:
    here = people[department.pk]
    return Entry(
        department=department,
        heads=[membership for membership in here if membership.role == HEAD],
        officials=[membership for membership in here if membership.role != HEAD],
        categories=subjects[department.pk],
    )
