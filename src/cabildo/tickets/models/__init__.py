"""The tables of the request desk, one file per noun."""

from cabildo.tickets.models.answer import Answer
from cabildo.tickets.models.catalogue import Category, RoutingRule, TermRule
from cabildo.tickets.models.clock import TicketClock, TicketPause
from cabildo.tickets.models.satisfaction import Satisfaction
from cabildo.tickets.models.ticket import Derivation, Ticket, TicketEvent

__all__ = [
    "Answer",
    "Category",
    "Derivation",
    "RoutingRule",
    "Satisfaction",
    "TermRule",
    "Ticket",
    "TicketClock",
    "TicketEvent",
    "TicketPause",
]
