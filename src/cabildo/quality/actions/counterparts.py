"""How are the two technical counterparts named and replaced?"""

from datetime import date

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.actions.leading import lead_if_nobody_does
from cabildo.quality.choices import COUNTERPARTS
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Counterpart, Cycle


@transaction.atomic
def name_counterpart(cycle: Cycle, *, user: User, act: str, named_on: date, today: date, by: User) -> Counterpart:
    """Name one of the two (seed 001, slide 24), who leads the process of the cycle if nobody does.

    QualityError in_future, counterpart_named, counterparts_full.
    """
    cycle = hold_open(cycle.pk)
    must_have_come(today, named_on=named_on)
    if not act.strip():
        raise QualityError("act_missing")
    holders = set(cycle.counterparts.filter(ended_on=None).values_list("user_id", flat=True))
    if user.pk in holders:
        raise QualityError("counterpart_named", name=user)
    if len(holders) >= COUNTERPARTS:
        raise QualityError("counterparts_full")
    named: Counterpart = Counterpart.objects.create(
        municipality_id=cycle.municipality_id, cycle=cycle, user=user, act=act.strip(), named_on=named_on
    )
    audit.record("counterpart.named", on=named, by=by, data={"user": user.pk, "on": named_on.isoformat()})
    lead_if_nobody_does(cycle, by=by)
    return named


@transaction.atomic
def end_counterpart(counterpart: Counterpart, *, ended_on: date, today: date, by: User) -> Counterpart:
    """Somebody is no longer counterpart, and stays in the history.

    QualityError in_future, counterpart_ended, ends_before_naming.
    """
    hold_open(counterpart.cycle_id, even_left=True)
    counterpart = Counterpart.objects.get(pk=counterpart.pk)
    must_have_come(today, ended_on=ended_on)
    if counterpart.ended_on is not None:
        raise QualityError("counterpart_ended")
    if ended_on < counterpart.named_on:
        raise QualityError("ends_before_naming", named_on=counterpart.named_on)
    counterpart.ended_on = ended_on
    counterpart.save(update_fields=["ended_on"])
    audit.record("counterpart.ended", on=counterpart, by=by, data={"on": ended_on.isoformat()})
    return counterpart
