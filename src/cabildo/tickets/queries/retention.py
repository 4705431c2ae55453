"""Which closed requests have been kept as long as they may, and by which rule?"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cabildo.people.models import Requester
from cabildo.tickets.models import Adhesion, DataSubjectRequest, RetentionRule, Ticket
from cabildo.tickets.rules.retention import months_before


@dataclass(frozen=True)
class Due:
    """A rule, the day before which a closing is old enough, and the requests it reaches."""

    rule: RetentionRule
    closed_before: date
    tickets: QuerySet[Ticket]


def ranked_rules() -> list[RetentionRule]:
    """The most particular first: category and kind, category, kind, all."""
    rules = RetentionRule.objects.select_related("category")
    return sorted(rules, key=lambda rule: (rule.category_id is None, rule.kind == "", rule.pk))


def due(today: date) -> Iterator[Due]:
    """What every rule would anonymise today; each request is of its most particular rule alone."""
    taken = Q(pk__in=[])
    for rule in ranked_rules():
        applies = _applies(rule)
        before = months_before(today, rule.months)
        old = Ticket.objects.filter(applies, anonymised_at=None, closed_at__lt=_midnight(before)).exclude(taken)
        yield Due(rule, before, old.order_by("closed_at", "pk"))
        taken |= applies


def _applies(rule: RetentionRule) -> Q:
    wanted: dict[str, Any] = {"category_id": rule.category_id, "kind": rule.kind}
    return Q(**{name: value for name, value in wanted.items() if value}) if any(wanted.values()) else Q(pk__gt=0)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def is_needed_elsewhere(requester: Requester, ticket: Ticket) -> bool:
    """Whether other requests, adhesions or rights under way still need this person."""
    others = Ticket.objects.filter(requester=requester, anonymised_at=None).exclude(pk=ticket.pk)
    adhesions = Adhesion.objects.filter(requester=requester, ticket__anonymised_at=None).exclude(ticket=ticket)
    asked = DataSubjectRequest.objects.filter(Q(requester=requester) | Q(subjects=requester), answered_at=None)
    return others.exists() or adhesions.exists() or asked.exists()
