"""Which steps may a request take, and who may take them?"""

from cabildo.workflow.rules.transitions import Machine, Transition

INTAKE, DERIVED, IN_PROGRESS, WAITING, APPROVAL, CLOSED = (
    "intake",
    "derived",
    "in_progress",
    "waiting",
    "approval",
    "closed",
)
OPEN = frozenset({INTAKE, DERIVED, IN_PROGRESS, WAITING, APPROVAL})
WITH_DEPARTMENT = frozenset({DERIVED, IN_PROGRESS, WAITING, APPROVAL})

MACHINE = Machine(
    states=frozenset({*OPEN, CLOSED}),
    initial=INTAKE,
    final=frozenset({CLOSED}),
    transitions=(
        Transition("route", frozenset({INTAKE}), DERIVED, who="tickets.derive"),
        Transition("acknowledge", frozenset({DERIVED}), IN_PROGRESS, who="tickets.work"),
        Transition("derive", frozenset({DERIVED, IN_PROGRESS}), DERIVED, reasons_required=True, who="tickets.derive"),
        Transition("ask", frozenset({DERIVED, IN_PROGRESS}), WAITING, who="tickets.work"),
        Transition("resume", frozenset({WAITING}), IN_PROGRESS, who="tickets.work"),
        Transition("submit", frozenset({DERIVED, IN_PROGRESS}), APPROVAL, who="tickets.work"),
        Transition("return", frozenset({APPROVAL}), IN_PROGRESS, reasons_required=True, who="tickets.approve"),
        Transition("answer", frozenset({DERIVED, IN_PROGRESS, APPROVAL}), CLOSED, who="tickets.close"),
        Transition("withdraw", OPEN, CLOSED, reasons_required=True, who="tickets.work"),
        Transition("silence", WITH_DEPARTMENT, CLOSED, reasons_required=True, who="tickets.close"),
        Transition("merge", OPEN, CLOSED, who="tickets.merge"),
        Transition("unmerge", frozenset({CLOSED}), IN_PROGRESS, reasons_required=True, who="tickets.merge"),
        Transition("reopen", frozenset({CLOSED}), DERIVED, reasons_required=True, who="tickets.close"),
    ),
)
