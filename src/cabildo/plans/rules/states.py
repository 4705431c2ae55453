"""The life of a plan: written, sent, approved by an act, carried out, closed."""

from enum import StrEnum

from cabildo.workflow.rules.transitions import Machine, Transition


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    IN_EXECUTION = "in_execution"
    CLOSED = "closed"


SUBMIT, SEND_BACK, APPROVE, START, CLOSE = "submit", "send_back", "approve", "start", "close"

MACHINE = Machine(
    states=frozenset(State),
    transitions=(
        Transition(SUBMIT, frozenset({State.DRAFT}), State.SUBMITTED),
        Transition(SEND_BACK, frozenset({State.SUBMITTED}), State.DRAFT, reasons_required=True),
        Transition(APPROVE, frozenset({State.SUBMITTED}), State.APPROVED),
        Transition(START, frozenset({State.APPROVED}), State.IN_EXECUTION),
        Transition(CLOSE, frozenset({State.IN_EXECUTION}), State.CLOSED),
    ),
    initial=State.DRAFT,
    final=frozenset({State.CLOSED}),
)
# whoever writes it changes it freely; once approved every change is a new baseline with its reason
REBASELINED = frozenset({State.APPROVED, State.IN_EXECUTION})
