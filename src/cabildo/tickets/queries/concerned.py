"""Which complaints speak of a person, or may, and from whom is each one kept?"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from cabildo.accounts.models import Membership, User
from cabildo.accounts.queries import same_person
from cabildo.accounts.roles import roles
from cabildo.kit.text import words
from cabildo.tickets.models import Mention, Ticket
from cabildo.tickets.rules.naming import may_name, names, says_post, says_unit, telling_words

FREE = "text"  # the questions that are answered with one's own words


@dataclass(frozen=True)
class Matched:
    """Whom the words of a complaint name, when it is one person and no other; else who may be meant."""

    named: User | None
    maybe: list[User]


def not_about[Row: Model](rows: QuerySet[Row], user: Any, path: str = "") -> QuerySet[Row]:
    """The rows but those of a complaint that speaks of this person, or may while nobody else was named.

    `path` leads from a row to its request; without it the row is the request. The complaints are few, and named by
    their key no other row has to be read for it.
    """
    field = path or "pk"
    return rows.exclude(**{f"{field}__in": named(user).values("pk")}).exclude(
        **{f"{field}__in": mentioned(user).values("ticket")}
    )


def is_about(user: Any, ticket: Ticket) -> bool:
    """Does it speak of this person, or may it? No query where nobody's words are searched for a name."""
    if ticket.official_id is not None:
        return ticket.official_id in same_person(user)
    return ticket.category.concerns_official and mentioned(user).filter(ticket=ticket).exists()


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
    if ticket.official is None:
        people = list(User.objects.filter(pk__in=Mention.objects.filter(ticket=ticket).values("user")))
    return frozenset(account for person in people for account in same_person(person))


def kept_from_all(people: Iterable[User]) -> frozenset[int]:
    """The requests that nobody among these people may see; of nobody, none. At most one query."""
    accounts = [same_person(one) for one in people]
    if not accounts:
        return frozenset()
    everyone = frozenset[int]().union(*accounts)
    about = Ticket.objects.filter(official__in=everyone).order_by().values_list("official", "pk")
    maybe = Mention.objects.filter(user__in=everyone).order_by().values_list("user", "ticket")
    hidden = set(about.union(maybe))
    return frozenset.intersection(*(frozenset(pk for account, pk in hidden if account in one) for one in accounts))


def matched(ticket: Ticket, held: Sequence[Membership]) -> Matched:
    """Of whom the words speak, among who holds a role. A name in the answer means that one; the rest may be meant.

    A post that is said may mean who holds it; a unit, everybody there, unless the words say which of them.
    """
    questions = ticket.category.definition.get("questions", [])
    free = {question["id"] for question in questions if question["type"] == FREE}
    answers = [str(answer["value"]) for answer in ticket.answers if answer["id"] in free]
    answered, whole = _said(answers), _said([*answers, ticket.text])
    sure = {one.user for one in held if names(one.user.full_name, answered)}
    texts = [telling_words(text) for text in (*answers, ticket.text)]
    told = [one for one in held if _is_told(one, answered, whole) or any(says_post(one.position, t) for t in texts)]
    units = {_unit(one) for one in held if says_unit(_unit(one), _said_telling(answers))} - {_unit(one) for one in told}
    maybe = {one.user: None for one in held if one in told or _unit(one) in units}
    return Matched(next(iter(sure)) if len(sure) == 1 else None, list(maybe))


def _is_told(one: Membership, answered: Collection[str], whole: Collection[str]) -> bool:
    return may_name(one.user.full_name, answered) or names(one.user.full_name, whole)


def _unit(one: Membership) -> str:
    """Where this person works: their department with its code, else what their role is called."""
    if one.department:
        return f"{one.department.name} {one.department.code}"
    role = roles().get(one.role)
    return str(role.name) if role else ""


def _said_telling(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in telling_words(text)}


def _said(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in words(text)}
