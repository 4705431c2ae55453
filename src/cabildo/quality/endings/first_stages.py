"""Diagnosis, entry and committee: what each task of theirs leaves on record, and when."""

from datetime import date

from cabildo.meetings.choices import State
from cabildo.meetings.models import Call
from cabildo.quality import queries
from cabildo.quality.choices import TrainingKind
from cabildo.quality.endings.facts import Fact, day, first, held, last, last_signature, today, when
from cabildo.quality.gates import committee, entry
from cabildo.quality.models import Cycle
from cabildo.quality.queries import committee as seated
from cabildo.quality.queries import trainings
from cabildo.quality.queries.accreditation import services_of
from cabildo.quality.queries.consultancy import place_of


def called(cycle: Cycle) -> date | None:
    """Whoever must come was called to the meeting of the diagnosis; one that was held needs no call any more."""
    meeting = queries.diagnosis_meeting(cycle)
    if meeting is None:
        return None
    sent = Call.objects.filter(attendance__meeting=meeting).order_by("at").first()
    return day(sent.at) if sent else held(meeting)


def answered(cycle: Cycle) -> date | None:
    return day(cycle.diagnosis.closed_at) if cycle.diagnosis else None


def minutes_signed(cycle: Cycle) -> date | None:
    """The acta of answers that stand: of a diagnosis that was opened again it says nothing."""
    meeting = queries.diagnosis_meeting(cycle)
    if meeting is None or meeting.state != State.SIGNED or answered(cycle) is None:
        return None
    return last_signature(meeting) or today()


def line_confirmed(cycle: Cycle) -> date | None:
    decision = queries.standing_decision(cycle)
    return day(decision.at) if decision else None


def invited(_cycle: Cycle) -> date | None:
    enrolment = queries.enrolment_here()
    return enrolment.invited_on if enrolment else None


def accepted(_cycle: Cycle) -> date | None:
    enrolment = queries.enrolment_here()
    return enrolment.accepted_on if enrolment else None


def supported(cycle: Cycle) -> date | None:
    found = queries.entry_of(cycle)
    return when(entry.support_recorded(found), last(one.granted_on for one in found.supports))


def agreement_signed(cycle: Cycle) -> date | None:
    found = queries.entry_of(cycle)
    agreement = found.agreement
    signed = (agreement.municipality_signed_on, agreement.agency_signed_on) if agreement else ()
    return when(entry.agreement_signed(found), last(signed))


def counterparts_named(cycle: Cycle) -> date | None:
    found = queries.entry_of(cycle)
    return when(entry.counterparts_named(found), last(one.named_on for one in found.counterparts_in_force))


def consultancy_awarded(cycle: Cycle) -> date | None:
    place = place_of(cycle)
    return place.consultancy.awarded_on if place else None


def consultancy_contracted(cycle: Cycle) -> date | None:
    """The contract covers the municipality, whose visits it begins to pay."""
    place = place_of(cycle)
    return place.starts_on if place else None


def committee_appointed(cycle: Cycle) -> date | None:
    formation = seated.formation_of(cycle)
    body = formation.committee.body if formation.committee else None
    return when(committee.committee_appointed(formation), body.act_on if body else None)


def trained(kind: TrainingKind) -> Fact:
    """A training of this kind was given to the municipality, and somebody came."""

    def of(cycle: Cycle) -> date | None:
        given = [one.place.training for one in trainings.of_cycle(cycle) if one.came]
        return first(one.ends_on for one in given if one.kind == kind and one.ends_on <= today())

    return of


def launched(cycle: Cycle) -> date | None:
    launch = seated.launch_of(cycle)
    return when(committee.launch_held(cycle), held(launch.meeting) if launch else None)


def practices_published(cycle: Cycle) -> date | None:
    return first(one.published_on for one in seated.practices_of(cycle))


def services_chosen(cycle: Cycle) -> date | None:
    return today() if services_of(cycle) else None
