"""Stage 5: what is put right at once, without matrix, in three months at most."""

from datetime import date
from typing import Any

from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.revised import first_revision, write
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, ImmediateAction
from cabildo.quality.rules.programme import IMMEDIATE_MONTHS, months_after


@transaction.atomic
def add_immediate(cycle: Cycle, *, by: User, **values: Any) -> ImmediateAction:
    """`values`: what, responsible, begins_on, due_on. QualityError cycle_closed, due_before_beginning, due_too_late."""
    cycle = hold_open(cycle.pk)
    _check_dates(values["begins_on"], values["due_on"])
    added: ImmediateAction = ImmediateAction.objects.create(
        municipality_id=cycle.municipality_id, cycle=cycle, **first_revision(values)
    )
    audit.record("immediate_action.added", on=added, by=by, data={"user": added.responsible_id})
    return added


def _check_dates(begins_on: date, due_on: date) -> None:
    if due_on < begins_on:
        raise QualityError("due_before_beginning")
    if due_on > months_after(begins_on, IMMEDIATE_MONTHS):
        raise QualityError("due_too_late", last=months_after(begins_on, IMMEDIATE_MONTHS))


@transaction.atomic
def change_immediate(action: ImmediateAction, *, revision: int, by: User, **wanted: Any) -> ImmediateAction:
    """Write what is not done yet, as seen at `revision`. QualityError as adding, immediate_done; StaleError."""
    action = _pending(action)
    _check_dates(wanted["begins_on"], wanted["due_on"])
    changed = sorted(write(action, wanted, revision=revision))
    audit.record("immediate_action.changed", on=action, by=by, data={"fields": changed})
    return action


def _pending(action: ImmediateAction) -> ImmediateAction:
    """The action as it is now, in an open cycle, while nobody said that it was done."""
    hold_open(action.cycle_id)
    now: ImmediateAction = ImmediateAction.objects.get(pk=action.pk)
    if now.done_on is not None:
        raise QualityError("immediate_done")
    return now


@transaction.atomic
def finish_immediate(action: ImmediateAction, *, done_on: date, note: str, today: date, by: User) -> ImmediateAction:
    """Say when it was done and what came of it.

    QualityError cycle_closed, immediate_done, in_future, done_before_beginning, outcome_missing.
    """
    action = _pending(action)
    must_have_come(today, done_on=done_on)
    if done_on < action.begins_on:
        raise QualityError("done_before_beginning", begins_on=action.begins_on)
    if not note.strip():
        raise QualityError("outcome_missing")
    action.done_on, action.note = done_on, note.strip()
    action.save(update_fields=["done_on", "note"])
    audit.record("immediate_action.done", on=action, by=by, data={"on": done_on.isoformat()})
    return action


@transaction.atomic
def remove_immediate(action: ImmediateAction, *, by: User) -> None:
    """Take out what was written by mistake and is not done. QualityError cycle_closed, immediate_done."""
    action = _pending(action)
    ImmediateAction.objects.filter(pk=action.pk).delete()
    audit.record("immediate_action.removed", on=action, by=by, reason="correction")
