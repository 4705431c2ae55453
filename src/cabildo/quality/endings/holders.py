"""Who holds each role of the process of a cycle, as far as the programme knows? What people decided stays."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Membership, User
from cabildo.accounts.queries import in_force
from cabildo.quality import queries
from cabildo.quality.models import Counterpart, Cycle
from cabildo.quality.queries import validators
from cabildo.quality.queries.committee import formation_of, mayors
from cabildo.workflow.processes import queries as processes
from cabildo.workflow.processes.actions.runs import Holder
from cabildo.workflow.processes.actions.tasks import assign_role
from cabildo.workflow.processes.choices import EventKind
from cabildo.workflow.processes.models import ProcessEvent, ProcessRun, RunRole

type Known = Callable[[Cycle], User | None]


def _mayor(_cycle: Cycle) -> User | None:
    found = mayors(timezone.localdate()).order_by("pk").first()
    return found.user if found else None


def _counterpart(cycle: Cycle) -> User | None:
    """The first of those in force."""
    named = Counterpart.objects.filter(cycle=cycle, ended_on=None).select_related("user").order_by("pk").first()
    return named.user if named else None


def _chair(cycle: Cycle) -> User | None:
    chair = formation_of(cycle).chair
    return chair.user if chair else None


def _professional(_cycle: Cycle) -> User | None:
    """Who looks after the municipality, once it takes part and they may enter it."""
    enrolment = queries.enrolment_here()
    return enrolment.professional if enrolment and enrolment.accepted_on else None


def _consultant(_cycle: Cycle) -> User | None:
    sent = Membership.objects.filter(in_force(timezone.localdate()), role=validators.CONSULTANT, user__is_active=True)
    found = sent.select_related("user").order_by("starts_on", "pk").first()
    return found.user if found else None


def _validator(cycle: Cycle) -> User | None:
    """The first of those who declared no conflict."""
    acting = validators.acting(cycle)
    return acting[0].validator.user if acting else None


KNOWN: dict[str, Known] = {
    "alcaldia": _mayor,
    "contrapartes": _counterpart,
    "comite": _chair,
    "profesional_programa": _professional,
    "consultor": _consultant,
    "validador": _validator,
}


def fill(cycle: Cycle, run: ProcessRun) -> None:
    """Give each role to who is known to hold it, unless somebody decided it; who left no longer holds it."""
    decided = _decided(run)
    for role in processes.roles_of(run):
        known = KNOWN.get(role.code)
        if known is None or decided.get(role.code) is True:
            continue
        holder = known(cycle)
        if _must_change(role, holder, by_itself=role.code in decided):
            assign_role(role, to=Holder(holder), by=audit.SYSTEM)


def _must_change(role: RunRole, holder: User | None, *, by_itself: bool) -> bool:
    if role.department_id is not None or role.responsible == holder:
        return False
    # one that came with the process of an earlier cycle stays until its place is known to be somebody else's
    return holder is not None or by_itself


def _decided(run: ProcessRun) -> dict[Any, bool]:
    """Role -> was it a person who said last who holds it, in this cycle or another? Roles never given are left out."""
    told = ProcessEvent.objects.filter(run__on_type=run.on_type, kind=EventKind.REASSIGNED, task=None)
    return {event.data.get("role"): event.by_id is not None for event in told.order_by("pk")}
