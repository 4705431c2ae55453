"""A process as states and transitions, written as data and checked as a graph."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from cabildo.workflow.rules.errors import WorkflowError


@dataclass(frozen=True)
class Transition:
    """A named step from any of `sources` to `target`. `who` is the permission needed, decided by the caller."""

    name: str
    sources: frozenset[str]
    target: str
    reasons_required: bool = False
    who: str = ""


@dataclass(frozen=True)
class Machine:
    """A process that begins in `initial` and may rest for good in the states of `final`.

    ValueError when a transition names an unknown state or two steps of one name leave the same state.
    """

    states: frozenset[str]
    transitions: tuple[Transition, ...]
    initial: str
    final: frozenset[str]
    _steps: dict[tuple[str, str], Transition] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = {self.initial, *self.final}.union(*({step.target, *step.sources} for step in self.transitions))
        if not named <= self.states:
            raise ValueError(f"unknown states: {sorted(named - self.states)}")
        pairs = [(step.name, source) for step in self.transitions for source in step.sources]
        if len(set(pairs)) != len(pairs):
            raise ValueError("two transitions of one name leave the same state")
        by_pair = {(step.name, source): step for step in self.transitions for source in step.sources}
        object.__setattr__(self, "_steps", by_pair)

    def allowed(self, state: str) -> tuple[Transition, ...]:
        """The transitions that leave a state, in the order written."""
        return tuple(step for step in self.transitions if state in step.sources)

    def apply(self, name: str, state: str, *, reason: str = "") -> str:
        """The state a transition leads to.

        Raises `WorkflowError`: transition_unknown, transition_not_allowed, or reason_required when it needs a reason
        and none was given.
        """
        if not any(step.name == name for step in self.transitions):
            raise WorkflowError("transition_unknown", transition=name)
        step = self._steps.get((name, state))
        if step is None:
            raise WorkflowError("transition_not_allowed", transition=name, state=state)
        if step.reasons_required and not reason.strip():
            raise WorkflowError("reason_required", transition=name)
        return step.target

    def unreachable_states(self) -> frozenset[str]:
        """States to which no path leads from the initial one."""
        return self.states - self._closure([self.initial], {s: self._targets(s) for s in self.states})

    def dead_states(self) -> frozenset[str]:
        """States from which no path leads to a final one: a request that enters is stuck for ever."""
        sources = {s: {source for source in self.states if s in self._targets(source)} for s in self.states}
        return self.states - self._closure(self.final, sources)

    def _targets(self, state: str) -> set[str]:
        return {step.target for step in self.allowed(state)}

    @staticmethod
    def _closure(begin: Iterable[str], neighbours: dict[str, set[str]]) -> frozenset[str]:
        seen: set[str] = set()
        waiting = set(begin)
        while waiting:
            seen |= waiting
            waiting = set().union(*(neighbours[state] for state in waiting)) - seen
        return frozenset(seen)
