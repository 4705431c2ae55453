"""How does an adopted tree become the municipality's own categories, departments and terms?"""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Department
from cabildo.accounts.scoping import current_municipality
from cabildo.content import Adopted
from cabildo.tickets.actions.events import By
from cabildo.tickets.choices import ModerationState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category, RoutingRule, TermRule, Ticket
from cabildo.tickets.rules import answer_terms

Body = Mapping[str, Any]


def plain(value: Any) -> Any:
    """A pack's read-only blocks and lists as JSON can hold them."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


@transaction.atomic
def take_into_use(adopted: Adopted, body: Body) -> None:
    """Create what the tree adds and renew what it changes; what the municipality decided stays.

    Departments are created once and never overwritten. A category that left the tree is closed, not removed.
    """
    departments = _departments(body["departments"])
    _kind_terms(body["kinds"])
    codes = []
    for position, (group, definition) in enumerate(_categories(body)):
        codes.append(definition["id"])
        _category(adopted, group, definition, position, departments)
    Category.objects.exclude(code__in=codes).update(is_open=False)


def _departments(described: Any) -> dict[str, Department]:
    known = {department.code: department for department in Department.objects.all()}
    for item in described:
        if item["id"] not in known:
            known[item["id"]] = Department.objects.create(
                municipality=current_municipality(),
                code=item["id"],
                name=item["name"],
                does=item["does"],
                hours=item["hours"],
            )
    for item in described:
        department, parent = known[item["id"]], known.get(item["parent"])
        if parent and department.parent_id is None and parent != department:
            department.parent = parent
            department.save(update_fields=["parent"])
    return known


def _categories(body: Body) -> Iterator[tuple[Body, Body]]:
    for group in sorted(body["groups"], key=lambda group: group["order"]):
        for definition in group["categories"]:
            yield group, definition


def _category(adopted: Adopted, group: Body, definition: Body, position: int, departments: Mapping[str, Any]) -> None:
    renewed = {
        "group_code": group["id"],
        "group_label": group["label"],
        "label": definition["label"],
        "position": position,
        "definition": plain(definition),
        "version_id": adopted.version_id,
    }
    decided_here = {
        "department": departments[definition["department"]],
        "goal_days": definition["goal_days"],
        "radius_m": definition["duplicate_radius_m"],
        "publishes_text": definition["public"]["text"],
        "publishes_photo": definition["public"]["photo"],
        "needs_approval": definition["approval"],
        "is_reserved": definition["handling"] == "reserved",
        "concerns_official": definition["handling"] == "excludes_person",
    }
    category, _created = Category.objects.update_or_create(
        municipality=current_municipality(),
        code=definition["id"],
        defaults=renewed,
        create_defaults={**renewed, **decided_here},
    )
    if definition["term"]:
        _term(definition["term"], category=category)


def _kind_terms(kinds: Any) -> None:
    """The proposed term of each kind, unless the municipality fixed one for all of them: its ordinance decides."""
    if TermRule.objects.filter(kind="", category=None).exists():
        return
    for kind in kinds:
        if kind["term"]:
            _term(kind["term"], kind=kind["id"])


def _term(term: Body, *, kind: str = "", category: Category | None = None) -> None:
    source = term["source"]
    TermRule.objects.get_or_create(
        municipality=current_municipality(),
        kind=kind,
        category=category,
        defaults={
            "days": term["days"],
            "unit": term["unit"],
            "article": ", ".join(part for part in (source["norm"], source["article"]) if part),
            "is_proposed": True,
        },
    )


@transaction.atomic
def set_term(*, kind: str, days: int, unit: str, article: str, by: By, category: Category | None = None) -> TermRule:
    """Fix the term that this municipality's ordinance gives; requests already received keep theirs.

    One for all kinds takes the place of those that an adopted tree proposed by kind. Above the law's cap it is refused
    (TicketsError `term_over_law`).
    """
    if answer_terms.is_over_law(days):
        raise TicketsError("term_over_law", limit=answer_terms.MAX_DAYS)
    rule, _created = TermRule.objects.update_or_create(
        municipality=current_municipality(),
        kind=kind,
        category=category,
        defaults={"days": days, "unit": unit, "article": article, "is_proposed": False},
    )
    rule.full_clean(exclude=["municipality"])
    audit.record("term_rule.changed", on=rule, by=by, data={"kind": kind, "days": days, "unit": unit})
    if not kind and category is None:
        _drop_proposed_kinds(by=by)
    return rule


def _drop_proposed_kinds(*, by: By) -> None:
    for rule in TermRule.objects.filter(is_proposed=True, category=None).exclude(kind=""):
        audit.record("term_rule.dropped", on=rule, by=by, data={"kind": rule.kind})
        rule.delete()


@transaction.atomic
def drop_term(rule: TermRule, *, by: By) -> None:
    """Leave what it was for to the next rule: of the kind, of all kinds, else the law's; for requests to come."""
    audit.record("term_rule.dropped", on=rule, by=by, data={"kind": rule.kind, "category": rule.category_id})
    rule.delete()


@transaction.atomic
def confirm_terms(*, by: By) -> int:
    """The municipality makes the proposed terms its own, as they are; how many. Twice changes nothing more."""
    rules = list(TermRule.objects.select_for_update().filter(is_proposed=True))
    for rule in rules:
        rule.is_proposed = False
        rule.save(update_fields=["is_proposed"])
        audit.record("term_rule.confirmed", on=rule, by=by, data={"kind": rule.kind, "category": rule.category_id})
    return len(rules)


@transaction.atomic
def configure_category(category: Category, *, by: By, **changes: Any) -> Category:
    """Change who answers, whether it is open, its goal, radius, approval or what it publishes."""
    for name, value in changes.items():
        setattr(category, name, value)
    category.save(update_fields=list(changes))
    if not category.publishes_text or category.is_reserved or category.concerns_official:
        _hide_all(category)
    audit.record("category.configured", on=category, by=by, data={"fields": sorted(changes)})
    return category


def _hide_all(category: Category) -> None:
    """What was published of a subject that publishes no longer stops being read at once."""
    Ticket.objects.filter(category=category, is_public=True).update(
        is_public=False,
        public_text="",
        moderation=ModerationState.NEVER,
        version=F("version") + 1,
        updated_at=timezone.now(),
    )


@transaction.atomic
def set_route(category: Category, *, area_code: str, department: Department, by: By) -> RoutingRule:
    """In this area, another department answers the category."""
    rule, _created = RoutingRule.objects.update_or_create(
        municipality=current_municipality(),
        category=category,
        area_code=area_code,
        defaults={"department": department},
    )
    audit.record("routing_rule.changed", on=rule, by=by, data={"area": area_code, "department": department.pk})
    return rule


@transaction.atomic
def drop_route(rule: RoutingRule, *, by: By) -> None:
    """In that area the category's own department answers again; requests already routed stay where they are."""
    data = {"area": rule.area_code, "department": rule.department_id}
    audit.record("routing_rule.dropped", on=rule, by=by, data=data)
    rule.delete()
