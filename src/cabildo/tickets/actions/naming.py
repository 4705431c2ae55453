"""What is done with a complaint about an official while it is not known of whom it speaks?"""

from collections.abc import Iterable, Sequence

from cabildo.accounts.models import User
from cabildo.accounts.queries import roles_here
from cabildo.tickets.models import Mention, Ticket
from cabildo.tickets.queries.concerned import Matched, matched


def prepare(ticket: Ticket) -> Sequence[User]:
    """Mark a request that is not saved yet: its official when the words name one person, else that one is missing.

    The answer is who may be meant, for `keep` to write down.
    """
    marked = prepare_together([ticket])
    return marked[0][1] if marked else ()


def prepare_together(tickets: Sequence[Ticket]) -> list[tuple[Ticket, Sequence[User]]]:
    """The same of many, as they come with an import. At most one query."""
    for ticket in tickets:
        ticket.official_pending = False
    asked = [ticket for ticket in tickets if ticket.category.concerns_official and ticket.official is None]
    held = list(roles_here()) if asked else []
    return [(ticket, _marked(ticket, matched(ticket, held))) for ticket in asked]


def _marked(ticket: Ticket, found: Matched) -> Sequence[User]:
    ticket.official, ticket.official_pending = found.named, found.named is None
    return found.maybe if ticket.official_pending else ()


def keep(ticket: Ticket, maybe: Sequence[User]) -> None:
    """Keep it from all of them, in the transaction of the caller."""
    keep_together([(ticket, maybe)])


def keep_together(marked: Iterable[tuple[Ticket, Sequence[User]]]) -> None:
    Mention.objects.bulk_create(
        Mention(municipality_id=ticket.municipality_id, ticket=ticket, user=user)
        for ticket, maybe in marked
        for user in maybe
    )


def keep_again(marked: Iterable[tuple[Ticket, Sequence[User]]], changed: Sequence[Ticket]) -> None:
    """The same of an import; of those that it changed, only what today's words may mean."""
    if changed:
        Mention.objects.filter(ticket__in=[ticket.pk for ticket in changed]).delete()
    keep_together(marked)


def forget(ticket: Ticket) -> None:
    """One was named, or the subject is another: what the words might have meant is over."""
    Mention.objects.filter(ticket=ticket).delete()
    ticket.official_pending = False
