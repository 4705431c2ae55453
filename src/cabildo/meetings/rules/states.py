"""The life of a meeting, from its preparation to the signed acta."""

from cabildo.workflow.rules.transitions import Machine, Transition

BEFORE = frozenset({"draft", "called"})
CLOSED = frozenset({"minuted", "signed"})

MACHINE = Machine(
    states=frozenset({"draft", "called", "held", "minuted", "signed", "cancelled"}),
    transitions=(
        Transition("call", BEFORE, "called"),
        Transition("change_plan", BEFORE, "draft"),
        Transition("cancel", BEFORE, "cancelled", reasons_required=True),
        Transition("hold", BEFORE, "held"),
        Transition("correct_times", frozenset({"held"}), "held"),
        Transition("close_minutes", frozenset({"held"}), "minuted"),
        Transition("sign", frozenset({"minuted"}), "signed"),
        Transition("reopen", CLOSED, "held", reasons_required=True),
    ),
    initial="draft",
    final=frozenset({"signed", "cancelled"}),
)
