"""Which complaints speak of a person, or may, and from whom is each one kept?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from cabildo.accounts.models import User
from cabildo.accounts.queries import same_person
from cabildo.kit.text import words
from cabildo.tickets.models import Mention, Ticket
from cabildo.tickets.rules.naming import may_name, names

FREE = "text"  # the questions that are answered with one's own words


@dataclass(frozen=True)
class Matched:
    """Whom the words of a complaint name, when it is one person and no other; else who may be meant."""

    named: User | None
    maybe: list[User]


def not_about[Row: Model](rows: QuerySet[Row], user: Any, path: str = "") -> QuerySet[Row]:
    """The rows but those of a complaint that speaks of this person, or may while nobody was named.

    `path` leads from a row to its request; without it the row is the request. The complaints are few, and named by
    their key no other row has to be read for it.
    """
    field = path or "pk"
    return rows.exclude(**{f"{field}__in": named(user).values("pk")}).exclude(
        **{f"{field}__in": mentioned(user).values("ticket")}
    )


def is_about(user: Any, ticket: Ticket) -> bool:
    """Does it speak of this person, or may it?"""
    if ticket.official_id in same_person(user):
        return True
    return ticket.official_pending and mentioned(user).filter(ticket=ticket).exists()


def is_in_any(user: Any) -> bool:
    """Is anything here kept from this person? One query."""
    return named(user).values("pk").union(mentioned(user).values("ticket")).exists()


def named(user: Any) -> QuerySet[Ticket]:
    return Ticket.objects.filter(official__in=same_person(user))


def mentioned(user: Any) -> QuerySet[Mention]:
    return Mention.objects.filter(user__in=same_person(user))


def kept_from(ticket: Ticket) -> frozenset[int]:
    """The accounts that get no word of it."""
    people: list[User] = [ticket.official] if ticket.official else []
    if ticket.official_pending:
        people = list(User.objects.filter(pk__in=Mention.objects.filter(ticket=ticket).values("user")))
    return frozenset(account for person in people for account in same_person(person))


def matched(ticket: Ticket, people: Sequence[User]) -> Matched:
    """Of whom among the people the words speak. Who names a person in the answer means that one; the rest may be."""
    questions = ticket.category.definition.get("questions", [])
    free = {question["id"] for question in questions if question["type"] == FREE}
    answered = _said(str(answer["value"]) for answer in ticket.answers if answer["id"] in free)
    whole = answered | _said([ticket.text])
    sure = [person for person in people if names(person.full_name, answered)]
    maybe = [p for p in people if may_name(p.full_name, answered) or names(p.full_name, whole)]
    return Matched(sure[0] if len(sure) == 1 else None, maybe)


def _said(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words(text)}
