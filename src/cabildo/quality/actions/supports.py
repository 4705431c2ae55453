"""How is a support recorded, and how does its money come in and get accounted for?"""

from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, write
from cabildo.quality import queries
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, Support, SupportMovement
from cabildo.quality.rules.support import balance, overdrawn_on
from cabildo.ui.spanish import number, short_date


@transaction.atomic
def record_support(cycle: Cycle, *, granted_on: date, today: date, by: User, **values: Any) -> Support:
    """Record what the programme gives and why it is due. QualityError in_future, cycle_closed."""
    cycle = hold_open(cycle.pk)
    must_have_come(today, granted_on=granted_on)
    written = first_revision({"granted_on": granted_on, **values})
    support: Support = Support.objects.create(municipality_id=cycle.municipality_id, cycle=cycle, **written)
    audit.record("support.recorded", on=support, by=by, data={"kind": support.kind})
    return support


@transaction.atomic
def change_support(support: Support, *, revision: int, today: date, by: User, **wanted: Any) -> Support:
    """Write a support as seen at `revision`. QualityError in_future, stale, above_amount, cycle_closed."""
    hold_open(support.cycle_id)
    must_have_come(today, granted_on=wanted.get("granted_on"))
    support = Support.objects.get(pk=support.pk)
    changed = sorted(write(support, wanted, revision=revision))
    _must_balance(support)
    audit.record("support.changed", on=support, by=by, data={"fields": changed})
    return support


@transaction.atomic
def remove_support(support: Support, *, by: User) -> None:
    """Take out a support recorded by mistake. QualityError support_has_movements, cycle_closed."""
    hold_open(support.cycle_id)
    if support.movements.exists():
        raise QualityError("support_has_movements")
    Support.objects.filter(pk=support.pk).delete()
    audit.record("support.removed", on=support, by=by, data={"kind": support.kind})


@transaction.atomic
def record_movement(support: Support, *, on: date, today: date, by: User, **values: Any) -> SupportMovement:
    """Record a transfer, or accounts rendered. QualityError in_future, above_amount, overdrawn, cycle_closed."""
    hold_open(support.cycle_id, even_left=True)
    must_have_come(today, on=on)
    movement: SupportMovement = SupportMovement.objects.create(
        municipality_id=support.municipality_id, support=support, on=on, **values
    )
    _must_balance(Support.objects.get(pk=support.pk))
    audit.record("movement.recorded", on=movement, by=by, data={"support": support.pk, "kind": movement.kind})
    return movement


@transaction.atomic
def remove_movement(movement: SupportMovement, *, by: User) -> None:
    """Take out a movement recorded by mistake. QualityError overdrawn when what remains does not add up."""
    hold_open(movement.support.cycle_id, even_left=True)
    audit.record("movement.removed", on=movement, by=by, data={"support": movement.support_id, "kind": movement.kind})
    SupportMovement.objects.filter(pk=movement.pk).delete()
    _must_balance(movement.support)


def _must_balance(support: Support) -> None:
    """No more is transferred than was granted, nor accounted for than had come in."""
    book = queries.book_of(support.movements.all())
    came = balance(book).transferred
    if support.amount_clp is not None and came is not None and came > support.amount_clp:
        facts = {"came": number(came), "amount": number(support.amount_clp)}
        raise QualityError("above_amount", field="amount_clp", **facts)
    day = overdrawn_on(book)
    if day is not None:
        raise QualityError("overdrawn", field="amount_clp", day=short_date(day))
