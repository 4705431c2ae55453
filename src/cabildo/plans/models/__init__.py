"""Plans, their tree, and what hangs from each node."""

from cabildo.plans.models.plan import Participation, Plan, PlanNode, PlanVersion, Rebaseline
from cabildo.plans.models.work import (
    BudgetLine,
    CorrectiveMeasure,
    Evidence,
    Milestone,
    NodeIndicator,
    ProgressReport,
)

__all__ = [
    "BudgetLine",
    "CorrectiveMeasure",
    "Evidence",
    "Milestone",
    "NodeIndicator",
    "Participation",
    "Plan",
    "PlanNode",
    "PlanVersion",
    "ProgressReport",
    "Rebaseline",
]
