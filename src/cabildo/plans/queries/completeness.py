"""What does a plan still lack before somebody can approve it?"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from cabildo.plans.models import PlanNode
from cabildo.plans.queries.tree import Branch, Tree
from cabildo.plans.rules.progress import Rule


@dataclass(frozen=True)
class Lack:
    """A node, or the whole plan when there is none, and what it lacks, in words."""

    node: PlanNode | None
    what: str

    def __str__(self) -> str:
        return f"{self.node.code}: {self.what}" if self.node else self.what


def lacks(tree: Tree) -> list[Lack]:
    """Everything missing, in the order of the plan; empty when it may be sent to approval. No query."""
    if not tree.branches:
        return [Lack(None, _("no tiene ningún elemento"))]
    return [Lack(branch.node, what) for branch in tree.walk() for what in _of(branch)]


def _of(branch: Branch) -> list[str]:
    node, part = branch.node, branch.part
    if part.rule == Rule.MILESTONES and not part.marks:
        return [_("falta al menos un hito")]
    if not branch.is_activity:
        return []
    return [
        what
        for what, is_missing in (
            (_("faltan las fechas"), not node.starts_on or not node.ends_on),
            (_("falta quién responde"), not node.department_id and not node.responsible_id),
            (_("falta el medio de verificación"), not node.verification.strip()),
        )
        if is_missing
    ]
