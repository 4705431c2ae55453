"""How a municipality is invited and answers, who looks after it, and which line the programme confirms.

An agency acts from outside any municipality: each verb enters the one that it is about.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import transaction

from cabildo import audit
from cabildo.accounts.actions import assign_from_outside, withdraw_from_outside
from cabildo.accounts.models import Agency, Municipality, User
from cabildo.accounts.scoping import in_municipality
from cabildo.db.locking import lock_rows
from cabildo.quality import queries
from cabildo.quality.actions.accreditation import leave_line
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.choices import EnrolmentState, Line
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, Enrolment, LineDecision
from cabildo.quality.queries.accreditation import follows_the_line

PROFESSIONAL = "programme_professional"


@transaction.atomic
def invite(
    municipality: Municipality,
    *,
    agency: Agency,
    invitation: str,
    today: date,
    by: User | audit.Actor,
    validating_agency: Agency | None = None,
) -> Enrolment:
    """Invite a municipality to the programme; who said no may be invited again.

    QualityError already_invited, enrolled_elsewhere.
    """
    lock_rows(Municipality.objects.filter(pk=municipality.pk)).get()
    with in_municipality(municipality):
        known = Enrolment.objects.filter(municipality=municipality).first()
        _refuse_twice(known, agency)
        enrolled: Enrolment = known or Enrolment(municipality=municipality, agency=agency)
        enrolled.invitation, enrolled.invited_on, enrolled.validating_agency = invitation, today, validating_agency
        enrolled.invited_by = by if isinstance(by, User) else None
        enrolled.declined_on, enrolled.decline_reason, enrolled.answered_by = None, "", None
        enrolled.revision += known is not None
        enrolled.save()
        audit.record("municipality.invited", on=enrolled, by=by, data={"agency": agency.pk})
    return enrolled


def _refuse_twice(known: Enrolment | None, agency: Agency) -> None:
    if known is None:
        return
    if known.agency_id != agency.pk:
        raise QualityError("enrolled_elsewhere", name=known.municipality)
    if known.state != EnrolmentState.DECLINED:
        raise QualityError("already_invited", name=known.municipality)


@transaction.atomic
def accept(enrolment: Enrolment, *, today: date, by: User) -> Enrolment:
    """The municipality takes part; its professional, if there is one, gets their role. QualityError answered."""
    with _unanswered(enrolment) as held:
        held.accepted_on, held.answered_by = today, by
        held.revision += 1
        held.save(update_fields=["accepted_on", "answered_by", "revision"])
        if held.professional is not None:
            assign_from_outside(user=held.professional, role=PROFESSIONAL, starts_on=today, by=by)
        audit.record("invitation.accepted", on=held, by=by)
    return held


@transaction.atomic
def decline(enrolment: Enrolment, *, reason: str, today: date, by: User) -> Enrolment:
    """The municipality does not take part, and why. QualityError answered, reason_missing."""
    if not reason.strip():
        raise QualityError("reason_missing")
    with _unanswered(enrolment) as held:
        held.declined_on, held.decline_reason, held.answered_by = today, reason.strip(), by
        held.revision += 1
        held.save(update_fields=["declined_on", "decline_reason", "answered_by", "revision"])
        audit.record("invitation.declined", on=held, by=by)
    return held


@contextmanager
def _unanswered(enrolment: Enrolment) -> Iterator[Enrolment]:
    with _held(enrolment) as held:
        if held.state != EnrolmentState.INVITED:
            raise QualityError("answered", who=held.answered_by)
        yield held


@contextmanager
def _held(enrolment: Enrolment) -> Iterator[Enrolment]:
    """The enrolment, locked, inside its municipality."""
    with in_municipality(enrolment.municipality):
        yield lock_rows(Enrolment.objects.filter(pk=enrolment.pk)).get()


@transaction.atomic
def look_after(
    enrolment: Enrolment,
    *,
    professional: User | None,
    validating_agency: Agency | None,
    today: date,
    by: User | audit.Actor,
) -> Enrolment:
    """Who looks after a municipality from today, and which body validates what it sends.

    Before it accepts, nobody enters it. The role of whoever leaves ended yesterday: two never hold it on one day.
    """
    with _held(enrolment) as held:
        before = held.professional
        if before is not None and before != professional:
            withdraw_from_outside(user=before, role=PROFESSIONAL, on_date=today - timedelta(days=1), by=by)
        held.professional, held.validating_agency = professional, validating_agency
        held.revision += 1
        held.save(update_fields=["professional", "validating_agency", "revision"])
        if professional is not None and held.state == EnrolmentState.ACCEPTED:
            assign_from_outside(user=professional, role=PROFESSIONAL, starts_on=today, by=by)
        named = {"professional": professional, "agency": validating_agency}
        data = {key: value.pk if value else None for key, value in named.items()}
        audit.record("enrolment.assigned", on=held, by=by, data=data)
    return held


@transaction.atomic
def confirm_line(cycle: Cycle, *, line: str, reason: str, today: date, by: User) -> LineDecision:
    """The programme confirms the line of a closed diagnosis, or decides another; the decision before stays on record.

    Runs inside the municipality of the cycle. A cycle that follows the accreditation leaves it when another line is
    decided. QualityError cycle_closed, diagnosis_open, reason_missing, line_fixed once the accreditation has ended.
    """
    if not reason.strip():
        raise QualityError("reason_missing")
    held = hold_open(cycle.pk)
    if held.diagnosis is None or held.diagnosis.is_open:
        raise QualityError("diagnosis_open")
    decided: LineDecision = LineDecision.objects.create(
        municipality_id=held.municipality_id,
        cycle=held,
        diagnosis=held.diagnosis,
        proposed=held.proposed_line,
        line=Line(line),
        reason=reason.strip(),
        replaces=next(iter(queries.line_decisions(held)), None),
        by=by,
    )
    audit.record("line.confirmed", on=decided, by=by, data={"line": decided.line, "proposed": decided.proposed})
    if decided.line != Line.ACCREDITATION and follows_the_line(held):
        leave_line(held, decision=decided, today=today, by=by)
    return decided
