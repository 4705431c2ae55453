"""How is a consultancy contracted, who visits, whom does it accompany, and what does it leave of each visit?

The outside role is given to whoever is of the firm in every municipality of the contract, and ends with either.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.files import File
from django.db import transaction

from cabildo import audit
from cabildo.accounts.actions import assign_from_outside, withdraw_from_outside
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.db.locking import lock_rows
from cabildo.db.revised import first_revision, write
from cabildo.documents.actions import store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.quality import queries as cycles
from cabildo.quality.actions.editing import hold_open, must_have_come
from cabildo.quality.actions.handing_out import hand_out, hand_over, papers_of
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Consultancy, ConsultancyMember, ConsultancyPlace, Cycle, Visit
from cabildo.quality.queries import consultancy as queries

type By = User | audit.Actor


@transaction.atomic
def contract(agency: Agency, *, today: date, by: By, **values: Any) -> Consultancy:
    """Record a tender, its award and its contract. QualityError in_future, contract_known, contract_dates."""
    lock_rows(Agency.objects.filter(pk=agency.pk)).get()
    must_have_come(today, awarded_on=values["awarded_on"])
    _must_follow(values["awarded_on"], values["starts_on"], values["ends_on"])
    if Consultancy.objects.filter(agency=agency, contract_number=values["contract_number"]).exists():
        raise QualityError("contract_known")
    made: Consultancy = Consultancy.objects.create(agency=agency, **first_revision(values))
    audit.record("consultancy.contracted", on=made, by=by, data={"agency": agency.pk})
    return made


@transaction.atomic
def change_contract(consultancy: Consultancy, *, revision: int, today: date, by: By, **wanted: Any) -> Consultancy:
    """Write a contract as seen at `revision`. QualityError as `contract`, consultancy_ended; StaleError."""
    consultancy = _held(consultancy)
    must_have_come(today, awarded_on=wanted.get("awarded_on"))
    _must_follow(*(wanted.get(name, getattr(consultancy, name)) for name in ("awarded_on", "starts_on", "ends_on")))
    others = Consultancy.objects.filter(agency=consultancy.agency_id).exclude(pk=consultancy.pk)
    if others.filter(contract_number=wanted.get("contract_number")).exists():
        raise QualityError("contract_known")
    changed = sorted(write(consultancy, wanted, revision=revision))
    audit.record("consultancy.changed", on=consultancy, by=by, data={"fields": changed})
    return consultancy


def _must_follow(awarded_on: date, starts_on: date, ends_on: date) -> None:
    if not awarded_on <= starts_on <= ends_on:
        raise QualityError("contract_dates")


def _held(consultancy: Consultancy) -> Consultancy:
    found: Consultancy = lock_rows(Consultancy.objects.filter(pk=consultancy.pk)).get()
    if found.ended_on is not None:
        raise QualityError("consultancy_ended")
    return found


@transaction.atomic
def add_consultant(consultancy: Consultancy, *, user: User, today: date, by: By) -> ConsultancyMember:
    """Somebody of the firm will visit: from today they enter every municipality of the contract.

    Whoever is in a register of validators, or ever validated one of these municipalities, cannot.
    QualityError consultancy_ended, consultant_known, consultant_validates.
    """
    consultancy = _held(consultancy)
    lock_rows(User.objects.filter(pk=user.pk)).get()
    if consultancy.members.filter(user=user, ended_on=None).exists():
        raise QualityError("consultant_known", name=str(user))
    if queries.is_validator(user, today):
        raise QualityError("consultant_validates", name=str(user))
    for place in queries.everywhere(consultancy):
        with in_municipality(place.municipality):
            _enter(user, today, by)
    member: ConsultancyMember = ConsultancyMember.objects.create(consultancy=consultancy, user=user, starts_on=today)
    audit.record("consultant.added", on=member, by=by, data={"consultancy": consultancy.pk, "user": user.pk})
    return member


def _enter(user: User, today: date, by: By) -> None:
    if queries.validated_here(user):
        raise QualityError("consultant_validates", name=str(user))
    assign_from_outside(user=user, role=queries.ROLE, starts_on=today, by=by)


@transaction.atomic
def end_consultant(member: ConsultancyMember, *, today: date, by: By) -> None:
    """Today is the last day of somebody of the firm. QualityError consultancy_ended."""
    consultancy = _held(member.consultancy)
    _end_member(member, consultancy, today, by)


def _end_member(member: ConsultancyMember, consultancy: Consultancy, today: date, by: By) -> None:
    for place in queries.everywhere(consultancy):
        with in_municipality(place.municipality):
            withdraw_from_outside(user=member.user, role=queries.ROLE, on_date=today, by=by)
    ConsultancyMember.objects.filter(pk=member.pk, ended_on=None).update(ended_on=today)
    audit.record("consultant.ended", on=member, by=by, data={"consultancy": consultancy.pk})


@transaction.atomic
def cover(consultancy: Consultancy, municipality: Municipality, *, today: date, by: By) -> ConsultancyPlace:
    """The contract accompanies a municipality from today: it reads the contract, the consultants enter it.

    QualityError consultancy_ended, not_taking_part, covered_already, consultant_validates.
    """
    consultancy = _held(consultancy)
    lock_rows(Municipality.objects.filter(pk=municipality.pk)).get()
    if municipality.pk not in cycles.accepted_ids(consultancy.agency):
        raise QualityError("not_taking_part", name=municipality)
    papers = papers_of(queries.everywhere(consultancy).first())
    with in_municipality(municipality):
        if ConsultancyPlace.objects.filter(ended_on=None).exists():
            raise QualityError("covered_already", name=municipality)
        place: ConsultancyPlace = ConsultancyPlace.objects.create(
            municipality=municipality, consultancy=consultancy, starts_on=today
        )
        for user in queries.people_in_force(consultancy):
            _enter(user, today, by)
        hand_over(papers, to=place, by=by)
        audit.record("consultancy.covers", on=place, by=by, data={"consultancy": consultancy.pk})
    return place


@transaction.atomic
def uncover(place: ConsultancyPlace, *, today: date, by: By) -> None:
    """Today is the last day in a municipality; its visits and their reports stay with it. QualityError as `cover`."""
    consultancy = _held(place.consultancy)
    _leave(place, consultancy, today, by)


def _leave(place: ConsultancyPlace, consultancy: Consultancy, today: date, by: By) -> None:
    with in_municipality(place.municipality):
        for user in queries.people_in_force(consultancy):
            withdraw_from_outside(user=user, role=queries.ROLE, on_date=today, by=by)
        ConsultancyPlace.objects.filter(pk=place.pk, ended_on=None).update(ended_on=today)
        audit.record("consultancy.left", on=place, by=by, data={"consultancy": consultancy.pk})


@transaction.atomic
def end_consultancy(consultancy: Consultancy, *, today: date, by: By) -> None:
    """Today is the last day: every consultant leaves. QualityError consultancy_ended, contract_not_begun."""
    consultancy = _held(consultancy)
    if today < consultancy.starts_on:
        raise QualityError("contract_not_begun", day=consultancy.starts_on)
    for place in queries.everywhere(consultancy):
        _leave(place, consultancy, today, by)
    consultancy.members.filter(ended_on=None).update(ended_on=today)
    consultancy.ended_on = today
    consultancy.revision += 1
    consultancy.save(update_fields=["ended_on", "revision"])
    audit.record("consultancy.ended", on=consultancy, by=by)


@transaction.atomic
def add_contract_paper(consultancy: Consultancy, *, paper: File, by: By) -> int:
    """Keep the contract for each municipality of it. QualityError nobody_covered, consultancy_ended; DocumentsError."""
    consultancy = _held(consultancy)
    many = hand_out(paper, to=queries.everywhere(consultancy), by=by)
    if not many:
        raise QualityError("nobody_covered")
    return many


@transaction.atomic
def plan_visit(cycle: Cycle, *, number: int, agenda: str, revision: int, by: User) -> Visit:
    """The consultant writes what a visit will treat. QualityError no_consultancy, no_such_visit, agenda_missing,
    cycle_closed; StaleError."""
    cycle = hold_open(cycle.pk)
    place, planned = _own_place(by), _planned(cycle, number)
    if not agenda.strip():
        raise QualityError("agenda_missing")
    wanted = {"agenda": agenda.strip()}
    if planned.visit is not None:
        changed = sorted(write(planned.visit, wanted, revision=revision))
        audit.record("visit.changed", on=planned.visit, by=by, data={"fields": changed})
        return planned.visit
    visit: Visit = Visit.objects.create(
        municipality_id=cycle.municipality_id,
        cycle=cycle,
        place=place,
        task=planned.task,
        number=number,
        **first_revision(wanted),
    )
    audit.record("visit.planned", on=visit, by=by, data={"cycle": cycle.pk, "number": number})
    return visit


@transaction.atomic
def report_visit(
    visit: Visit,
    *,
    held_on: date,
    effort_days: Decimal,
    report: str,
    revision: int,
    today: date,
    by: User,
    paper: File | None = None,
) -> Visit:
    """The consultant says when the visit was made, what it took and what came of it, with a paper if there is one.

    Its task in the process is done with it, unless it waits for another that is still to do.
    QualityError no_consultancy, in_future, report_missing, cycle_closed; StaleError, DocumentsError.
    """
    hold_open(visit.cycle_id)
    _own_place(by)
    must_have_come(today, held_on=held_on)
    if not report.strip():
        raise QualityError("visit_report_missing")
    visit = lock_rows(Visit.objects.filter(pk=visit.pk)).get()
    wanted = {"held_on": held_on, "effort_days": effort_days, "report": report.strip()}
    changed = sorted(write(visit, wanted, revision=revision))
    if paper is not None:
        store_upload(paper, owner=visit, kind=Kind.EVIDENCE, visibility=Visibility.INTERNAL, by=by)
    audit.record("visit.reported", on=visit, by=by, data={"fields": changed, "number": visit.number})
    return visit


def _own_place(user: User) -> ConsultancyPlace:
    """The contract by which this person is here."""
    place = queries.place_here()
    if place is None or user not in queries.people_in_force(place.consultancy):
        raise QualityError("no_consultancy")
    return place


def _planned(cycle: Cycle, number: int) -> queries.PlannedVisit:
    found = next((one for one in queries.visits_of(cycle) if one.number == number), None)
    if found is None:
        raise QualityError("no_such_visit")
    return found
