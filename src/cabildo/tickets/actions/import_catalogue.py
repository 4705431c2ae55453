"""Which department and category does a name of the source mean here, and how are the missing ones made?"""

from collections.abc import Container, Iterable
from typing import Any

from django.utils.text import slugify

from cabildo.accounts.actions import save_department
from cabildo.accounts.models import Department
from cabildo.accounts.scoping import current_municipality
from cabildo.kit.text import fold
from cabildo.tickets.actions.events import By
from cabildo.tickets.imports.rows import Normalised, RowError
from cabildo.tickets.imports.source_map import SourceMap
from cabildo.tickets.models import Category

DEPARTMENT_CODE, CATEGORY_CODE = 40, 80  # characters
NO_GROUP = "otras"


class Catalogue:
    """The municipality's departments and categories, by name and by code. Two queries; made ones are remembered."""

    def __init__(self, mapping: SourceMap, *, by: By) -> None:
        self.mapping = mapping
        self.by = by
        self.departments = _by_name(Department.objects.all(), "name")
        self.categories = _by_name(Category.objects.all(), "label")
        self.department_codes = {department.code for department in self.departments.values()}
        self.category_codes = {category.code for category in self.categories.values()}

    def fault(self, row: Normalised) -> RowError | None:
        """Why the row's names lead nowhere, when the mapping does not let them be made."""
        columns = self.mapping.columns
        if row.department and not self.mapping.departments.create and fold(row.department) not in self.departments:
            return RowError(row.number, columns.get("department", ""), row.department, "unknown_department", {})
        if not self.mapping.categories.create and fold(row.category) not in self.categories:
            return RowError(row.number, columns["category"], row.category, "unknown_category", {})
        return None

    def department_of(self, row: Normalised) -> Department | None:
        if not row.department:
            return None
        found = self.departments.get(fold(row.department))
        return found or self._make_department(row.department)

    def category_of(self, row: Normalised, department: Department | None) -> Category:
        """A category that is made answers to the department of the first row that names it."""
        return self.categories.get(fold(row.category)) or self._make_category(row.category, department)

    def _make_department(self, name: str) -> Department:
        code = _free_code(name, self.department_codes, DEPARTMENT_CODE)
        made = save_department(code=code, name=name, by=self.by)
        self.department_codes.add(code)
        self.departments[fold(name)] = made
        return made

    def _make_category(self, label: str, department: Department | None) -> Category:
        """Closed to new requests: what another source called its subjects is not offered to neighbours."""
        code = _free_code(label, self.category_codes, CATEGORY_CODE)
        made = Category.objects.create(
            municipality=current_municipality(),
            code=code,
            group_code=department.code if department else NO_GROUP,
            group_label=department.name if department else self.mapping.label,
            label=label,
            position=len(self.category_codes),
            department=department,
            is_open=False,
            definition={"id": code, "label": label, "source": self.mapping.source},
        )
        self.category_codes.add(code)
        self.categories[fold(label)] = made
        return made


def _by_name(rows: Iterable[Any], name: str) -> dict[str, Any]:
    """By folded name, and by code where no name is the same."""
    listed = list(rows)
    return {fold(row.code): row for row in listed} | {fold(getattr(row, name)): row for row in listed}


def _free_code(name: str, taken: Container[str], length: int) -> str:
    """The name as a code, with a number after it when another has it already."""
    stem = slugify(name)[: length - 4] or "sin-nombre"
    code, number = stem, 2
    while code in taken:
        code, number = f"{stem}-{number}", number + 1
    return code
