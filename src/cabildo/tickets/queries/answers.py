"""Which answer waits for the head, and which one came back to be corrected?"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from cabildo.tickets.choices import AnswerState, State
from cabildo.tickets.models import Answer, Ticket


def pending_answer(ticket: Ticket) -> Answer | None:
    """The answer handed in to be approved. One query."""
    submitted = Answer.objects.filter(ticket=ticket, state=AnswerState.SUBMITTED)
    return submitted.select_related("drafted_by").order_by("-pk").first()


def order_of(answer: Answer) -> int:
    """Its place among the answers written to this request, from 1. One query."""
    return Answer.objects.filter(ticket=answer.ticket_id, pk__lte=answer.pk).count()


def returned_answer(ticket: Ticket) -> Answer | None:
    """The last answer written, if it came back to be corrected. One query."""
    last = Answer.objects.filter(ticket=ticket).select_related("drafted_by", "decided_by").order_by("-pk").first()
    return last if last is not None and last.state == AnswerState.RETURNED else None


def returned_answers() -> QuerySet[Answer]:
    """Answers that came back in requests under way, and that nothing followed."""
    later = Answer.objects.filter(ticket=OuterRef("ticket"), pk__gt=OuterRef("pk"))
    came_back = Answer.objects.filter(state=AnswerState.RETURNED, ticket__state=State.IN_PROGRESS)
    return came_back.filter(~Exists(later))


def corrections_of(user: Any) -> QuerySet[Answer]:
    """Those of this person."""
    return returned_answers().filter(drafted_by=user)
