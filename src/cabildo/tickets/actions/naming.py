"""What is done with a complaint about an official while it is not known of whom it speaks?"""

from collections.abc import Sequence

from cabildo.accounts.models import User
from cabildo.tickets.models import Mention, Ticket
from cabildo.tickets.queries.concerned import matched


def prepare(ticket: Ticket) -> Sequence[User]:
    """Mark a request that is not saved yet: its official when the words name one person, else that one is missing.

    The answer is who may be meant, for `keep` to write down.
    """
    if not ticket.category.concerns_official or ticket.official is not None:
        return ()
    found = matched(ticket)
    ticket.official, ticket.official_pending = found.named, found.named is None
    return found.maybe if ticket.official_pending else ()


def keep(ticket: Ticket, maybe: Sequence[User]) -> None:
    """Keep it from all of them, in the transaction of the caller."""
    Mention.objects.bulk_create(
        Mention(municipality_id=ticket.municipality_id, ticket=ticket, user=user) for user in maybe
    )


def forget(ticket: Ticket) -> None:
    """One was named or set aside: what the words might have meant is over."""
    Mention.objects.filter(ticket=ticket).delete()
    ticket.official_pending = False
