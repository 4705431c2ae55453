"""What does a validator do next in a cycle? Stages 4 and 6, one thing at a time."""

from dataclasses import dataclass

AFTER_SEALING = {
    "review": "interview",
    "scheduled": "minutes",
    "held": "agree",
    "consensus": "issue",
    "observed": "reply",
}
BEFORE_AGREEING = {"review", "scheduled", "held"}


@dataclass(frozen=True)
class SelfAssessmentWork:
    """`state` is that of the validation, None before it begins: it can once something was declared and sealed."""

    is_declared: bool
    state: str | None
    has_sealed: bool


@dataclass(frozen=True)
class PlanWork:
    """`is_begun` and the rest are of the validation of the plan; `all_read` of everybody who acts."""

    is_sent: bool
    is_begun: bool
    has_read: bool
    all_read: bool
    is_issued: bool


def next_in_self_assessment(work: SelfAssessmentWork) -> str:
    """The code of the next thing to do; empty when it waits for others."""
    if work.state is None:
        return "begin" if work.is_declared else ""
    if not work.has_sealed and work.state in BEFORE_AGREEING:
        return "seal"
    return AFTER_SEALING.get(work.state, "")


def next_in_plan(work: PlanWork) -> str:
    """The same of the plan."""
    if not work.is_sent or work.is_issued:
        return ""
    if not work.is_begun:
        return "plan_begin"
    if not work.has_read:
        return "plan_read"
    return "plan_issue" if work.all_read else ""
