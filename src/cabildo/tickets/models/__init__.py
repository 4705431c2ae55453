"""The tables of the request desk, one file per noun."""

from cabildo.tickets.models.answer import Answer
from cabildo.tickets.models.attempt import Attempt
from cabildo.tickets.models.backlog import ClearingPlan
from cabildo.tickets.models.catalogue import Category, RoutingRule, TermRule
from cabildo.tickets.models.cell import TicketCell
from cabildo.tickets.models.client import ApiClient, ClientUpdate
from cabildo.tickets.models.clock import TicketClock, TicketPause
from cabildo.tickets.models.escalation import EscalationPlan, EscalationSent
from cabildo.tickets.models.file_copy import FileCopy
from cabildo.tickets.models.importing import ImportProblem, ImportRun, SourceMapping
from cabildo.tickets.models.internal import InternalEvent, InternalRequest
from cabildo.tickets.models.joining import Adhesion, Merge
from cabildo.tickets.models.lists import CalendarFeed, ListExport
from cabildo.tickets.models.mail import ReceivedMail
from cabildo.tickets.models.mention import Mention
from cabildo.tickets.models.privacy import DataSubjectRequest, ModerationChange, RetentionRule
from cabildo.tickets.models.protocol import Protocol, ProtocolAcknowledgement
from cabildo.tickets.models.satisfaction import Satisfaction
from cabildo.tickets.models.silence import SilenceAct
from cabildo.tickets.models.ticket import Derivation, Ticket, TicketEvent

__all__ = [
    "Adhesion",
    "Answer",
    "ApiClient",
    "Attempt",
    "CalendarFeed",
    "Category",
    "ClearingPlan",
    "ClientUpdate",
    "DataSubjectRequest",
    "Derivation",
    "EscalationPlan",
    "EscalationSent",
    "FileCopy",
    "ImportProblem",
    "ImportRun",
    "InternalEvent",
    "InternalRequest",
    "ListExport",
    "Mention",
    "Merge",
    "ModerationChange",
    "Protocol",
    "ProtocolAcknowledgement",
    "ReceivedMail",
    "RetentionRule",
    "RoutingRule",
    "Satisfaction",
    "SilenceAct",
    "SourceMapping",
    "TermRule",
    "Ticket",
    "TicketCell",
    "TicketClock",
    "TicketEvent",
    "TicketPause",
]
