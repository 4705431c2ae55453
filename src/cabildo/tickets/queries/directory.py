"""What does each department do, who is in charge, how is it reached, and which subjects does it answer?"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from cabildo.accounts.models import Department, Membership, User
from cabildo.accounts.queries import in_force, stand_ins
from cabildo.tickets.models import Category
from cabildo.tickets.queries.catalogue import open_categories

HEAD = "department_head"


@dataclass(frozen=True)
class Head:
    """Who is in charge, and who stands in for them today."""

    membership: Membership
    stand_in: User | None


@dataclass(frozen=True)
class Entry:
    """A department as the directory shows it."""

    department: Department
    heads: list[Head]
    officials: list[Membership]
    categories: list[Category]


def directory() -> list[Entry]:
    """Every active department with its people and open subjects. Five queries at most."""
    today = timezone.localdate()
    people: dict[int, list[Membership]] = defaultdict(list)
    held = Membership.objects.filter(in_force(today), user__is_active=True, department__isnull=False)
    for membership in held.select_related("user").order_by("user__full_name"):
        people[membership.department_id].append(membership)
    absent = _stand_ins(people, today)
    subjects: dict[int, list[Category]] = defaultdict(list)
    for category in open_categories().only("label", "code", "department_id", "position"):
        if category.department_id is not None:
            subjects[category.department_id].append(category)
    return [
        _entry(department, people[department.pk], subjects[department.pk], absent)
        for department in Department.objects.filter(is_active=True)
    ]


def _stand_ins(people: dict[int, list[Membership]], today: date) -> dict[int, User]:
    """Absent head -> who stands in for them. One query, two when somebody is absent."""
    heads = [held.user_id for here in people.values() for held in here if held.role == HEAD]
    absent = stand_ins(heads, today)
    standing_in = {person.pk: person for person in User.objects.filter(pk__in=absent.values())} if absent else {}
    return {absent_id: standing_in[pk] for absent_id, pk in absent.items() if pk in standing_in}


def _entry(
    department: Department, people: list[Membership], subjects: list[Category], absent: dict[int, User]
) -> Entry:
    return Entry(
        department=department,
        heads=[Head(held, absent.get(held.user_id)) for held in people if held.role == HEAD],
        officials=[held for held in people if held.role != HEAD],
        categories=subjects,
    )
