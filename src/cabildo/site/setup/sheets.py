"""Departments and officials from a spreadsheet: what each row would do, and doing it.

A row is recognised by its code or its mail, so the same file may be loaded again and again.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.accounts import access, actions
from cabildo.accounts.models import Department, Membership, User
from cabildo.kit.text import fold

Row = tuple[int, Mapping[str, str]]


@dataclass(frozen=True)
class RowError:
    """Why a row cannot be loaded, and what to write instead."""

    row: int
    column: str
    value: str
    code: str
    message: str
    fix: str


@dataclass(frozen=True)
class Planned:
    """What a good row would do: `outcome` is created, updated or unchanged."""

    row: int
    outcome: str
    shown: tuple[str, ...]
    values: Mapping[str, Any]


@dataclass
class Plan:
    """What a file would do, row by row."""

    headings: tuple[str, ...]
    rows: list[Planned] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """read = created + updated + unchanged + refused."""
        by_outcome = {
            name: sum(row.outcome == name for row in self.rows) for name in ("created", "updated", "unchanged")
        }
        refused = len({error.row for error in self.errors})
        return {"read": len(self.rows) + refused, **by_outcome, "refused": refused}

    @property
    def changes(self) -> list[Planned]:
        return [row for row in self.rows if row.outcome != "unchanged"]


@dataclass(frozen=True)
class Sheet:
    """One kind of spreadsheet: its columns with an example, how it is checked and how a row is carried out."""

    slug: str
    title: Any
    columns: Sequence[str]
    example: Sequence[str]
    plan: Callable[[Sequence[Row]], Plan]
    carry_out: Callable[[Planned, Any], Any]


class _Reader:
    """Collects the errors of one row while its cells are read."""

    def __init__(self, row: Row, errors: list[RowError]) -> None:
        self.number, self.cells = row
        self.errors, self.failed = errors, False

    def text(self, column: str, limit: int = 160) -> str:
        value = self.cells.get(column, "").strip()
        if len(value) > limit:
            self.refuse(column, "too_long", _("El texto pasa de %s letras.") % limit, _("Acórtelo."))
        return value

    def needed(self, column: str, limit: int = 160) -> str:
        value = self.text(column, limit)
        if not value:
            self.refuse(column, "missing", _("Falta este dato."), _("Escríbalo en la planilla."))
        return value

    def email(self, column: str, *, needed: bool) -> str:
        value = (self.needed(column) if needed else self.text(column)).lower()
        try:
            if value:
                validate_email(value)
        except ValidationError:
            self.refuse(column, "bad_email", _("No es un correo."), _("Escríbalo así: nombre@municipalidad.cl."))
        return value

    def day(self, column: str) -> date | None:
        value = self.text(column)
        try:
            return date.fromisoformat(value) if value else None
        except ValueError:
            self.refuse(column, "bad_date", _("No es una fecha."), _("Escríbala así: 2026-12-01."))
            return None

    def refuse(self, column: str, code: str, message: str, fix: str) -> None:
        self.failed = True
        self.errors.append(RowError(self.number, column, self.cells.get(column, ""), code, message, fix))


# --- departments ------------------------------------------------------------------------------------
def plan_departments(rows: Sequence[Row]) -> Plan:
    """Which departments a file adds or changes; `depende_de` names a code of the file or of the municipality."""
    plan = Plan(("codigo", "nombre", "depende_de"))
    known = {department.code: department for department in Department.objects.select_related("parent")}
    codes = {slugify(cells.get("codigo", "")) for _number, cells in rows} | set(known)
    seen: set[str] = set()
    for row in rows:
        reader = _Reader(row, plan.errors)
        values = _department(reader, codes, seen)
        if not reader.failed:
            shown = (values["code"], values["name"], values["parent"])
            plan.rows.append(
                Planned(reader.number, _department_outcome(known.get(values["code"]), values), shown, values)
            )
    return plan


def _department(reader: _Reader, codes: set[str], seen: set[str]) -> dict[str, Any]:
    code = slugify(reader.needed("codigo", 40))
    parent = slugify(reader.text("depende_de", 40))
    if code in seen:
        reader.refuse(
            "codigo", "repeated", _("El código se repite en el archivo."), _("Deje una sola fila por código.")
        )
    if parent and (parent not in codes or parent == code):
        fix = _("Use el código de otra dirección del archivo o ya cargada.")
        reader.refuse("depende_de", "unknown_department", _("No hay una dirección con ese código."), fix)
    seen.add(code)
    return {
        "code": code,
        "name": reader.needed("nombre", 120),
        "parent": parent,
        "does": reader.text("que_hace", 2000),
        "email": reader.email("correo", needed=False),
        "phone": reader.text("telefono", 40),
        "address": reader.text("direccion"),
        "hours": reader.text("horario"),
    }


def _department_outcome(department: Department | None, values: Mapping[str, Any]) -> str:
    if department is None:
        return "created"
    now = {name: getattr(department, name) for name in values if name != "parent"}
    now["parent"] = department.parent.code if department.parent else ""
    same = all(now[name] == value for name, value in values.items() if value)
    return "unchanged" if same else "updated"


def carry_out_department(planned: Planned, by: Any) -> Department:
    """Save one department; an empty cell leaves what was there."""
    given = {name: value for name, value in planned.values.items() if value and name != "parent"}
    parent = Department.objects.filter(code=planned.values["parent"]).first()
    return actions.save_department(by=by, **given, **({"parent": parent} if parent else {}))


# --- officials --------------------------------------------------------------------------------------
def plan_officials(rows: Sequence[Row]) -> Plan:
    """Which accounts and roles a file adds. Nobody loses a role because a file does not name it."""
    plan = Plan(("correo", "nombre", "rol", "direccion"))
    departments = set(Department.objects.filter(is_active=True).values_list("code", flat=True))
    held = set(Membership.objects.filter(ends_on=None).values_list("user__email", "role", "department__code"))
    emails = set(
        User.objects.filter(email__in=[c.get("correo", "").lower() for _n, c in rows]).values_list("email", flat=True)
    )
    for row in rows:
        reader = _Reader(row, plan.errors)
        values = _official(reader, departments)
        if not reader.failed:
            key = (values["email"], values["role"], values["department"] or None)
            outcome = "unchanged" if key in held else "updated" if values["email"] in emails else "created"
            held.add(key)
            emails.add(values["email"])
            plan.rows.append(Planned(reader.number, outcome, _official_shown(values), values))
    return plan


def _official(reader: _Reader, departments: set[str]) -> dict[str, Any]:
    role = _role_named(reader.needed("rol"))
    department = slugify(reader.text("direccion"))
    if role is None and reader.text("rol"):
        names = ", ".join(str(known.name) for known in access.roles().values())
        reader.refuse("rol", "unknown_role", _("No existe ese rol."), _("Use uno de estos: %s.") % names)
    if role is not None and role.in_department and department not in departments:
        fix = _("Escriba el código de una dirección ya cargada.")
        reader.refuse("direccion", "unknown_department", _("Este rol se ejerce en una dirección."), fix)
    return {
        "email": reader.email("correo", needed=True),
        "full_name": reader.needed("nombre", 120),
        "role": role.slug if role else "",
        "department": department if role and role.in_department else "",
        "position": reader.text("cargo", 120),
        "starts_on": reader.day("desde"),
    }


def _official_shown(values: Mapping[str, Any]) -> tuple[str, ...]:
    role = access.roles()[values["role"]]
    return values["email"], values["full_name"], str(role.name), values["department"]


def _role_named(text: str) -> type[access.Role] | None:
    wanted = fold(text)
    return next((r for r in access.roles().values() if wanted in (r.slug, fold(str(r.name)))), None)


def carry_out_official(planned: Planned, by: Any) -> User:
    """The account, if there is none, and the role from the day of the file, or from today."""
    values = planned.values
    user, _created = actions.save_official(email=values["email"], full_name=values["full_name"], by=by)
    actions.grant_role(
        user=user,
        role=values["role"],
        department=Department.objects.filter(code=values["department"]).first(),
        position=values["position"],
        starts_on=values["starts_on"] or timezone.localdate(),
        by=by,
    )
    return user


SHEETS = {
    "direcciones": Sheet(
        "direcciones",
        gettext_lazy("Direcciones y unidades"),
        ("codigo", "nombre", "depende_de", "que_hace", "correo", "telefono", "direccion", "horario"),
        (
            "obras",
            "Dirección de Obras Municipales",
            "",
            "Permisos de edificación y urbanización.",
            "obras@municipalidad.cl",
            "+56 32 222 3333",
            "Los Aromos 120, piso 2",
            "Lunes a viernes, 8:30 a 14:00",
        ),
        plan_departments,
        carry_out_department,
    ),
    "funcionarios": Sheet(
        "funcionarios",
        gettext_lazy("Funcionarias y funcionarios"),
        ("correo", "nombre", "rol", "direccion", "cargo", "desde"),
        (
            "carmen.diaz@municipalidad.cl",
            "Carmen Díaz",
            "Jefatura de dirección",
            "obras",
            "Directora de Obras",
            "2026-12-01",
        ),
        plan_officials,
        carry_out_official,
    ),
}


def as_rows(errors: Sequence[RowError]) -> list[tuple[Any, ...]]:
    return [tuple(asdict(error).values()) for error in errors]
