"""Whom and what does a search show this person? Never what the record would hide from them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from cabildo.accounts.queries import department_ids
from cabildo.accounts.scoping import current_municipality
from cabildo.people.models import Requester
from cabildo.people.queries import matching
from cabildo.people.rules import masked_run
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.tickets.rules.folio import normal_folio
from cabildo.tickets.search import INDEX

PAGE_SIZE = 20
FIRST_CHUNK, CHUNK = 30, 200  # who sees nearly all finds a page in the first
MOST_CHUNKS = 10
MOST_PERSONS = 10
MOST_REQUESTS = 5


@dataclass(frozen=True)
class Known:
    """A person and their requests that this official may know to be theirs, the newest first."""

    requester: Requester
    tickets: list[Ticket]

    @property
    def pk(self) -> str:
        return str(self.requester.pk)

    @property
    def shown_run(self) -> str:
        return masked_run(self.requester.run) if self.requester.run else ""


@dataclass(frozen=True)
class FoundTickets:
    """A page of requests; `next_before` continues it, and `cut` says that the search stopped before the end."""

    tickets: list[Ticket]
    next_before: int | None
    cut: bool = False


def by_folio(user: Any, typed: str) -> Ticket | None:
    """The visible request of an exact folio, however it was typed."""
    folio = normal_folio(typed)
    return visible_tickets(user).filter(folio=folio).first() if folio else None


def by_words(user: Any, query: str, before: int | None = None) -> FoundTickets:
    """Requests whose text, place or folio has all the words, newest first. At most ten rounds of two queries."""
    found: list[Ticket] = []
    seen = visible_tickets(user).select_related("category", "department").defer("answers", "category__definition")
    for number in range(MOST_CHUNKS):
        size = CHUNK if number else FIRST_CHUNK
        pks = INDEX.matching_pks(current_municipality().pk, query, before_pk=before, limit=size)
        found += seen.filter(pk__in=pks).order_by("-pk")
        if len(found) > PAGE_SIZE:
            return FoundTickets(found[:PAGE_SIZE], found[PAGE_SIZE - 1].pk)
        if len(pks) < size:
            return FoundTickets(found, None)
        before = pks[-1]
    return FoundTickets(found, before, cut=True)


def with_known_identity(user: Any) -> QuerySet[Ticket]:
    """Visible requests whose requester this official may know: a reserved one only in its own department."""
    return visible_tickets(user).filter(Q(is_reserved=False) | Q(department__in=department_ids(user)))


def persons(user: Any, query: str, *, for_caller: bool = False) -> list[Known]:
    """People that match, with the requests of theirs that this official may see; who has none of these is left out.

    `for_caller` also answers whether a RUN, telephone or mail that somebody has just said is known here; a name alone
    never does. Blocked people are not found, nor those known by reserved requests alone. Whoever calls logs the read.
    """
    found = [one for one in matching(query, MOST_PERSONS) if one.blocked_at is None]
    theirs = with_known_identity(user).filter(requester__in=found).select_related("category", "department")
    by_person: dict[Any, list[Ticket]] = {one.pk: [] for one in found}
    for ticket in theirs.order_by("-received_at", "-pk").defer("text", "answers", "category__definition"):
        by_person[ticket.requester_id].append(ticket)
    hidden = _known_by_reserve_alone(found) if for_caller and _is_exact(query) else set(by_person)
    return [Known(one, by_person[one.pk][:MOST_REQUESTS]) for one in found if by_person[one.pk] or one.pk not in hidden]


def chosen(pk: Any) -> Requester | None:
    """The person of this internal id, to fill a form with their data; None for whom a search would not show."""
    one = Requester.objects.filter(pk=pk, anonymised_at=None, blocked_at=None).first()
    return None if one is None or _known_by_reserve_alone([one]) else one


def _is_exact(query: str) -> bool:
    """A RUN, a telephone or a mail; a name holds neither digits nor the sign."""
    return "@" in query or any(character.isdigit() for character in query)


def _known_by_reserve_alone(found: list[Requester]) -> set[Any]:
    """Those whose every request is reserved: that they are on record at all would say too much."""
    asked = Ticket.objects.filter(requester__in=found)
    reserved = set(asked.filter(is_reserved=True).values_list("requester_id", flat=True))
    open_ones = set(asked.filter(is_reserved=False).values_list("requester_id", flat=True))
    return reserved - open_ones
