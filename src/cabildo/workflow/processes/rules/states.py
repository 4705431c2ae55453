"""The states of a task and of a stage, and the steps between them."""

from cabildo.workflow.rules.transitions import Machine, Transition


def _step(name: str, sources: str, target: str, *, reasons_required: bool = False) -> Transition:
    return Transition(name, frozenset(sources.split()), target, reasons_required=reasons_required)


TASK = Machine(
    states=frozenset({"pending", "running", "done", "skipped"}),
    transitions=(
        _step("begin", "pending", "running"),
        _step("finish", "pending running", "done"),
        _step("skip", "pending running", "skipped", reasons_required=True),
        _step("undo", "running done skipped", "pending"),
    ),
    initial="pending",
    final=frozenset({"done", "skipped"}),
)
STAGE = Machine(
    states=frozenset({"to_begin", "running", "closed", "reopened"}),
    transitions=(
        _step("begin", "to_begin", "running"),
        _step("close", "running reopened", "closed"),
        _step("reopen", "closed", "reopened", reasons_required=True),
    ),
    initial="to_begin",
    final=frozenset({"closed"}),
)
