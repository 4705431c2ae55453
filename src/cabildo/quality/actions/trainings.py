"""How is a training planned, who is called to it, who came, and when is levelling asked for?

An agency acts from outside any municipality: each verb enters the one that it is about.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files import File
from django.db import transaction

from cabildo import audit
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.db.locking import lock_rows
from cabildo.db.revised import first_revision, write
from cabildo.quality import queries as cycles
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.actions.handing_out import hand_out, hand_over, papers_of
from cabildo.quality.choices import TrainingKind
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, LevellingRequest, Training, TrainingAttendance, TrainingPlace
from cabildo.quality.queries import trainings as queries

type By = User | audit.Actor


@transaction.atomic
def plan_training(agency: Agency, *, by: By, **values: Any) -> Training:
    """Plan a training. QualityError training_dates, training_two_days."""
    _must_last(values["kind"], values["starts_on"], values["ends_on"])
    training: Training = Training.objects.create(agency=agency, **first_revision(values))
    audit.record("training.planned", on=training, by=by, data={"agency": agency.pk, "kind": training.kind})
    return training


@transaction.atomic
def change_training(training: Training, *, revision: int, by: By, **wanted: Any) -> Training:
    """Write a training as seen at `revision`. QualityError training_dates, training_two_days; StaleError."""
    training = lock_rows(Training.objects.filter(pk=training.pk)).get()
    days = {name: wanted.get(name, getattr(training, name)) for name in ("kind", "starts_on", "ends_on")}
    _must_last(**days)
    changed = sorted(write(training, wanted, revision=revision))
    audit.record("training.changed", on=training, by=by, data={"fields": changed})
    return training


def _must_last(kind: str, starts_on: date, ends_on: date) -> None:
    """The training about programme and self-assessment takes two days (seed 001, slide 24)."""
    if ends_on < starts_on:
        raise QualityError("training_dates")
    if kind == TrainingKind.PROGRAMME and ends_on == starts_on:
        raise QualityError("training_two_days")


@transaction.atomic
def call_municipality(training: Training, municipality: Municipality, *, today: date, by: By) -> TrainingPlace:
    """Call a municipality: it gets the materials, and its committee and counterparts are expected.

    QualityError not_taking_part, already_called.
    """
    lock_rows(Training.objects.filter(pk=training.pk)).get()
    if municipality.pk not in cycles.accepted_ids(training.agency):
        raise QualityError("not_taking_part", name=municipality)
    papers = papers_of(queries.everywhere(training).first())
    with in_municipality(municipality):
        if TrainingPlace.objects.filter(training=training).exists():
            raise QualityError("already_called", name=municipality)
        place: TrainingPlace = TrainingPlace.objects.create(
            municipality=municipality, training=training, called_on=today
        )
        _expect(place, today)
        audit.record("training.called", on=place, by=by, data={"training": training.pk})
        hand_over(papers, to=place, by=by)
    return place


@transaction.atomic
def renew_list(place: TrainingPlace, *, today: date, by: By) -> int:
    """Expect those who joined the committee since; nobody is taken off. How many were added."""
    with in_municipality(place.municipality):
        place = lock_rows(TrainingPlace.objects.filter(pk=place.pk)).get()
        added = _expect(place, today)
        audit.record("training.list_renewed", on=place, by=by, data={"added": added})
    return added


def _expect(place: TrainingPlace, today: date) -> int:
    cycle = cycles.open_cycle()
    if cycle is None:
        return 0
    members, counterparts = queries.people_of(cycle, today)
    known = TrainingAttendance.objects.filter(place=place)
    seated, named = (set(known.values_list(name, flat=True)) for name in ("member", "counterpart"))
    here = {"municipality_id": place.municipality_id, "place": place}
    new = [TrainingAttendance(member=one, **here) for one in members if one.pk not in seated]
    new += [TrainingAttendance(counterpart=one, **here) for one in counterparts if one.pk not in named]
    TrainingAttendance.objects.bulk_create(new)
    return len(new)


@transaction.atomic
def note_attendance(place: TrainingPlace, *, came: Mapping[int, bool | None], today: date, by: By) -> TrainingPlace:
    """Note who came, by attendance; None is «not noted». QualityError training_to_come."""
    if place.training.starts_on > today:
        raise QualityError("training_to_come", day=place.training.starts_on)
    with in_municipality(place.municipality):
        place = lock_rows(TrainingPlace.objects.filter(pk=place.pk)).get()
        changed = [one for one in place.attendances.filter(pk__in=came) if one.came is not came[one.pk]]
        for one in changed:
            one.came = came[one.pk]
        TrainingAttendance.objects.bulk_update(changed, ["came"])
        audit.record("training.attendance_noted", on=place, by=by, data={"people": sorted(one.pk for one in changed)})
    return place


@transaction.atomic
def add_material(training: Training, *, paper: File, by: By) -> int:
    """Keep a material for each municipality that was called; how many. QualityError nobody_called; DocumentsError."""
    lock_rows(Training.objects.filter(pk=training.pk)).get()
    many = hand_out(paper, to=queries.everywhere(training), by=by)
    if not many:
        raise QualityError("nobody_called")
    return many


@transaction.atomic
def ask_levelling(cycle: Cycle, *, visit: int, today: date, by: User) -> LevellingRequest:
    """The municipality asks to level its committee in visit 2 or 4, for fewer than half of it are trained.

    QualityError levelling_visit, levelling_asked, levelling_not_needed, no_committee, cycle_closed.
    """
    cycle = hold_open(cycle.pk)
    if visit not in queries.TRAINS_FOR:
        raise QualityError("levelling_visit")
    if LevellingRequest.objects.filter(cycle=cycle, visit=visit).exists():
        raise QualityError("levelling_asked")
    found = queries.trained_of(cycle, today, visit=visit)
    if not found.members:
        raise QualityError("no_committee")
    if found.is_enough:
        raise QualityError("levelling_not_needed", trained=found.trained, members=found.members)
    asked: LevellingRequest = LevellingRequest.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        visit=visit,
        trained=found.trained,
        members=found.members,
        asked_on=today,
        asked_by=by,
    )
    audit.record("levelling.asked", on=asked, by=by, data={"cycle": cycle.pk, "visit": visit})
    return asked
