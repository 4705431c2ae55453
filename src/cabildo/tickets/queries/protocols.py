"""Which protocols apply at a step, which wait for somebody, and who has read them?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet

from cabildo.accounts.access import departments_where, holds_everywhere
from cabildo.tickets.choices import ProtocolState, TicketPermission
from cabildo.tickets.models import Category, Protocol, ProtocolAcknowledgement


@dataclass(frozen=True)
class Shown:
    """A protocol as it stands at a step: with whether this person has said to know it."""

    protocol: Protocol
    is_known: bool


def protocols_for(step: str, channel: str, category: Category, kind: str = "") -> list[Protocol]:
    """Those in force at this step, channel and category; `kind` narrows them when it is known. One query."""
    in_force = Protocol.objects.filter(step=step, state=ProtocolState.APPROVED).select_related("department")
    return [protocol for protocol in in_force if _applies(protocol, channel, category, kind)]


def _applies(protocol: Protocol, channel: str, category: Category, kind: str) -> bool:
    if protocol.channels and channel not in protocol.channels:
        return False
    if kind and protocol.kinds and kind not in protocol.kinds:
        return False
    if not protocol.groups and not protocol.categories:
        return True
    return category.group_code in protocol.groups or category.code in protocol.categories


def shown_to(user: Any, protocols: Iterable[Protocol]) -> list[Shown]:
    """The protocols with what this person has acknowledged. One query, none when there are no protocols."""
    protocols = list(protocols)
    known: set[int] = set()
    if protocols:
        given = ProtocolAcknowledgement.objects.filter(user=user, protocol__in=protocols)
        known = set(given.values_list("protocol_id", flat=True))
    return [Shown(protocol, protocol.pk in known) for protocol in protocols]


def subjects_of(protocol: Protocol) -> tuple[list[str], list[str]]:
    """The names of its groups of categories, and of its categories. One query, none when it is for all."""
    if not protocol.groups and not protocol.categories:
        return [], []
    wanted = Q(group_code__in=protocol.groups) | Q(code__in=protocol.categories)
    tree = list(Category.objects.filter(wanted).only("code", "label", "group_code", "group_label"))
    groups = {one.group_code: one.group_label for one in tree if one.group_code in protocol.groups}
    return list(groups.values()), [one.label for one in tree if one.code in protocol.categories]


def listed() -> QuerySet[Protocol]:
    """Every version that is not retired."""
    return Protocol.objects.exclude(state=ProtocolState.RETIRED).select_related("department")


def versions(protocol: Protocol) -> QuerySet[Protocol]:
    found = Protocol.objects.filter(code=protocol.code).select_related("approved_by")
    return found.order_by("-version")


def pending_version(code: str) -> Protocol | None:
    """The version being prepared, if any."""
    unfinished = [ProtocolState.DRAFT, ProtocolState.IN_APPROVAL]
    return Protocol.objects.filter(code=code, state__in=unfinished).first()


def next_version(code: str) -> int:
    last: int = Protocol.objects.filter(code=code).aggregate(last=Max("version"))["last"] or 0
    return last + 1


def is_of_own_department(user: Any, protocol: Protocol, permission: str) -> bool:
    """Does a role grant the permission in the department that writes it, or in the whole municipality?"""
    return holds_everywhere(user, permission) or protocol.department_id in departments_where(user, permission)


def owed_protocols(user: Any, today: date) -> QuerySet[Protocol]:
    """What waits for this person: those to approve, and those past their review date that they may rewrite."""
    approves = departments_where(user, TicketPermission.APPROVE_PROTOCOLS)
    waiting = Q(state=ProtocolState.IN_APPROVAL, department__in=approves)
    due = Q(state=ProtocolState.APPROVED, review_on__lte=today, department__in=approves)
    return Protocol.objects.filter(waiting | due).select_related("department").order_by("review_on", "pk")
