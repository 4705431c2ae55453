"""The two plans of the committee of Puerto Claro once they are whole: approved, carried out, ended with the cycle."""

from datetime import date
from decimal import Decimal

from cabildo.accounts.models import User
from cabildo.plans.actions import planning, progress, tree
from cabildo.plans.choices import ActKind
from cabildo.plans.queries.tree import tree as grown
from cabildo.quality.models import Cycle
from cabildo.quality.plans import COMMUNICATION, WORK
from cabildo.quality.queries.working_plans import plan_of
from cabildo.site.demo.people import official

RESPONSIBLE = ("calidad", "comite", "control", "dideco")
ACT = "2 del Comité de Mejora"
DONE = "Hecho en su fecha, como quedó en acta."
ENDED = "Sus actividades se hicieron; lo que mostró cada una está en el acta de la sesión en que se revisó."


def start(cycle: Cycle, today: date, lead: User) -> None:
    """Somebody answers for every activity, the committee approved both, and they are carried out from today."""
    people = [official(name) for name in RESPONSIBLE]
    for kind in (WORK, COMMUNICATION):
        plan = plan_of(cycle, kind)
        if plan is None:
            raise LookupError(cycle)
        for place, branch in enumerate(grown(plan).activities):
            node = branch.node
            if node.responsible_id is None:
                tree.change_node(node, revision=node.revision, by=lead, responsible=people[place % len(people)])
        planning.submit(plan, by=lead)
        planning.approve(plan, act=planning.Act(ActKind.MINUTES, ACT, today), by=official("alcaldia"))
        planning.start(plan, by=lead)


def end(cycle: Cycle, today: date, lead: User) -> None:
    """Everything of both was done, each thing on its day."""
    for kind in (WORK, COMMUNICATION):
        plan = plan_of(cycle, kind)
        if plan is None:
            raise LookupError(cycle)
        for branch in grown(plan).activities:
            on = min(branch.node.ends_on or today, today)
            progress.report_progress(branch.node, on=on, percent=Decimal(100), text=DONE, by=lead, today=today)
        planning.close(plan, by=lead, note=ENDED)
