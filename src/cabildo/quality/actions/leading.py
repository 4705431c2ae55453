"""Who leads the process of a cycle, without anybody having to say it? It may be changed on the page of the process."""

from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.accounts.models import User
from cabildo.quality import queries
from cabildo.quality.models import Counterpart, Cycle
from cabildo.workflow.processes.actions import runs
from cabildo.workflow.processes.choices import EventKind, ProcessPermission
from cabildo.workflow.processes.models import ProcessEvent


def leader_for(cycle: Cycle, *, by: User) -> User | None:
    """A technical counterpart in force, of this cycle or the one before; else who begins it. None if no role lets them.

    Two queries and those of `can`.
    """
    named = Counterpart.objects.filter(cycle__in=[cycle.pk, cycle.previous_id], ended_on=None)
    counterparts = [one.user for one in named.select_related("user").order_by("-cycle__number", "pk")]
    return next((user for user in [*counterparts, by] if can(user, ProcessPermission.LEAD)), None)


def lead_if_nobody_does(cycle: Cycle, *, by: User) -> None:
    """The run of the cycle gets a leader, if it has none and somebody may; what people decided stays."""
    run = queries.run_of(cycle)
    if run is None or not run.is_open or run.leader_id is not None:
        return
    if ProcessEvent.objects.filter(run=run, kind=EventKind.LED).exists():
        return
    leader = leader_for(cycle, by=by)
    if leader is not None:
        runs.name_leader(run, to=leader, reason=_("Es contraparte técnica del ciclo, o quien lo comenzó."), by=by)
