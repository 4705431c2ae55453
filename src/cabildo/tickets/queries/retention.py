"""Which closed requests have been kept as long as they may, and by which rule?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from cabildo.people.models import Requester
from cabildo.tickets.choices import ImportState, RetentionScope
from cabildo.tickets.models import Adhesion, DataSubjectRequest, ImportProblem, ImportRun, RetentionRule, Ticket
from cabildo.tickets.rules.data_requests import HIDING
from cabildo.tickets.rules.retention import months_before

UNDER_WAY = (ImportState.CHECKING, ImportState.RUNNING)
HOLDS = Q(granted=True, right__in=HIDING, lifted_at=None)  # without the person nobody could lift it


@dataclass(frozen=True)
class Due:
    """A rule, the day before which something ended long enough ago, and what it reaches, oldest first by `ended_at`."""

    rule: RetentionRule
    ended_before: date
    records: QuerySet[Any]


def ranked_rules() -> list[RetentionRule]:
    """Those of requests, the most particular first: category and kind, category, kind, all; then the others."""
    rules = RetentionRule.objects.select_related("category")
    order = {scope: number for number, scope in enumerate(RetentionScope)}
    return sorted(
        rules, key=lambda rule: (order[RetentionScope(rule.scope)], rule.category_id is None, rule.kind == "", rule.pk)
    )


def due(today: date) -> Iterator[Due]:
    """What every rule would make forget today; each request is of its most particular rule alone."""
    taken = Q(pk__in=[])
    for rule in ranked_rules():
        before = months_before(today, rule.months)
        if rule.scope == RetentionScope.TICKETS:
            applies = _applies(rule)
            old = _tickets(_midnight(before)).filter(applies).exclude(taken)
            taken |= applies
        else:
            old = OTHERS[RetentionScope(rule.scope)](_midnight(before))
        yield Due(rule, before, old.order_by("ended_at", "pk"))


def _tickets(before: datetime) -> QuerySet[Any]:
    return Ticket.objects.filter(anonymised_at=None, closed_at__lt=before).annotate(ended_at=F("closed_at"))


def _data_requests(before: datetime) -> QuerySet[Any]:
    """A granted block or opposition is kept while it holds."""
    old = DataSubjectRequest.objects.filter(anonymised_at=None, answered_at__lt=before)
    return old.exclude(HOLDS).annotate(ended_at=F("answered_at"))


def _imports(before: datetime) -> QuerySet[Any]:
    """Files, and the values of refused rows that were kept to be mended."""
    has_file = Q(document__isnull=False, document__erased_at=None)
    has_values = Exists(ImportProblem.objects.filter(run=OuterRef("pk")).exclude(value=""))
    old = ImportRun.objects.filter(has_file | has_values, asked_at__lt=before)
    return old.exclude(state__in=UNDER_WAY).annotate(ended_at=F("asked_at"))


OTHERS: dict[RetentionScope, Callable[[datetime], QuerySet[Any]]] = {
    RetentionScope.DATA_REQUESTS: _data_requests,
    RetentionScope.IMPORTS: _imports,
}


def _applies(rule: RetentionRule) -> Q:
    wanted: dict[str, Any] = {"category_id": rule.category_id, "kind": rule.kind}
    return Q(**{name: value for name, value in wanted.items() if value}) if any(wanted.values()) else Q(pk__gt=0)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def is_needed_elsewhere(requester: Requester, ticket: Ticket | None = None) -> bool:
    """Whether requests other than this, adhesions, or rights that are under way or hold still need this person."""
    known = ticket.pk if ticket else None
    others = Ticket.objects.filter(requester=requester, anonymised_at=None).exclude(pk=known)
    adhesions = Adhesion.objects.filter(requester=requester, ticket__anonymised_at=None).exclude(ticket=known)
    asked = DataSubjectRequest.objects.filter(Q(requester=requester) | Q(subjects=requester))
    return others.exists() or adhesions.exists() or asked.filter(Q(answered_at=None) | HOLDS).exists()
