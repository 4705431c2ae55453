"""How are people warned, on business mornings, of what falls due, and what is noted of it?"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.tickets import digests
from cabildo.tickets.actions.events import By, tell
from cabildo.tickets.actions.locking import locked
from cabildo.tickets.actions.pausing import release_exhausted
from cabildo.tickets.choices import EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import EscalationPlan, EscalationSent
from cabildo.tickets.queries.escalation import Reached, reached, still_stands, thresholds
from cabildo.tickets.rules.escalation import are_sound
from cabildo.workflow.queries import calendar as municipal_calendar


@transaction.atomic
def set_thresholds(steps: Sequence[int], *, by: User) -> EscalationPlan:
    """Fix the municipality's levels, in business days left; warnings already given stay given."""
    if not are_sound(steps):
        raise TicketsError("thresholds_wrong")
    plan, _created = EscalationPlan.objects.update_or_create(
        municipality=current_municipality(), defaults={"thresholds": list(steps)}
    )
    audit.record("escalation_plan.changed", on=plan, by=by, data={"thresholds": list(steps)})
    return plan


def warn(now: datetime) -> int:
    """The morning of this municipality: note the levels reached and send each person one digest; how many digests.

    Nothing on its own holidays. Running twice on a day sends nothing twice.
    """
    today = timezone.localdate(now)
    if not municipal_calendar(today).is_business_day(today):
        return 0
    release_exhausted(today)
    escalate(today, by=audit.SYSTEM)
    return digests.send_all(now)


def escalate(today: date, *, by: By) -> int:
    """Note every level reached: once for each clock and due date, with one line in the timeline of the request."""
    return sum(_note(one, by) for one in reached(today, municipal_calendar(today), thresholds()))


@transaction.atomic
def _note(one: Reached, by: By) -> bool:
    """Whether it still had to be noted when its request was locked: it may be over, moved, or noted meanwhile."""
    if not still_stands(one, locked(one.ticket)):
        return False
    now = timezone.now()
    rows = [
        EscalationSent(
            municipality_id=one.ticket.municipality_id,
            ticket=one.ticket,
            clock=one.clock.value,
            due_on=one.due_on,
            level=level,
            at=now,
        )
        for level in one.levels
    ]
    EscalationSent.objects.bulk_create(rows)
    tell(one.ticket, EventKind.ESCALATED, by=by, data={"clock": one.clock.value, "level": one.levels[-1]}, at=now)
    return True
