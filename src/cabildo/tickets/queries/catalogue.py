"""What may be asked for here, and who answers it at this place."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from cabildo.accounts.models import Department
from cabildo.tickets.models import Category, RoutingRule
from cabildo.tickets.queries.places import place_of
from cabildo.tickets.rules import everyday_words

OTHER = "otra"  # «Otra cosa» in the trees of the platform


def open_categories() -> QuerySet[Category]:
    """Categories that receive requests and have who answers, in the order of the tree."""
    return Category.objects.filter(is_open=True, department__isnull=False, department__is_active=True)


def grouped(categories: QuerySet[Category]) -> list[dict[str, Any]]:
    """Groups with their categories, ready for a page. One query."""
    groups: dict[str, dict[str, Any]] = {}
    for category in categories.only("code", "group_code", "group_label", "label", "position", "definition"):
        group = groups.setdefault(
            category.group_code, {"code": category.group_code, "label": category.group_label, "categories": []}
        )
        group["categories"].append(category)
    return list(groups.values())


def matching(query: str, categories: QuerySet[Category]) -> list[Category]:
    """Categories of which the words of a neighbour speak, the most likely first. One query, however many words."""
    subjects = {category: _described(category) for category in categories if category.code != OTHER}
    return everyday_words.best(query, subjects)


def _described(category: Category) -> everyday_words.Described:
    given: Mapping[str, Any] = category.definition
    return everyday_words.Described(category.label, given.get("keywords", []), given.get("help", ""))


def other_matter(categories: QuerySet[Category]) -> Category | None:
    """The subject for what has none of its own, where the tree has one."""
    return categories.filter(code=OTHER).first()


def responsible_department(category: Category, area_code: str | None) -> Department | None:
    """The area's own rule first, else the category's department; None when nobody in activity answers it."""
    if area_code:
        route = RoutingRule.objects.filter(category=category, area_code=area_code).select_related("department").first()
        if route is not None and route.department.is_active:
            return route.department
    department = category.department
    return department if department is not None and department.is_active else None


def department_at(category: Category, latitude: float | None, longitude: float | None) -> Department | None:
    """Who will have a request made at this point, as intake decides it; degrees, WGS84."""
    area = place_of(latitude, longitude).area
    return responsible_department(category, area.code if area else None)
