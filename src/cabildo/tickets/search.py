"""What the one search box finds: folio, text and place. Names are searched in people, with a purpose."""

from collections.abc import Iterable

from cabildo.db.search import SearchIndex
from cabildo.tickets.models import Ticket

INDEX = SearchIndex("tickets")


def words_of(ticket: Ticket) -> str:
    return f"{ticket.folio} {ticket.folio.replace('-', '')} {ticket.text} {ticket.place}"


def index(ticket: Ticket) -> None:
    INDEX.put(ticket.pk, ticket.municipality_id, words_of(ticket))


def index_many(tickets: Iterable[Ticket]) -> None:
    INDEX.put_many((ticket.pk, ticket.municipality_id, words_of(ticket)) for ticket in tickets)
