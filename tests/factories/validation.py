"""A cycle whose self-assessment was declared, a validating body, and two trained validators."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.utils import timezone

from cabildo import audit
from cabildo.accounts import actions as accounts
from cabildo.accounts.models import Agency, User
from cabildo.instruments import actions as instruments
from cabildo.instruments.actions.layers import seal
from cabildo.instruments.models import Layer
from cabildo.instruments.rules.scoring import Mark
from cabildo.meetings.actions import holding, minutes
from cabildo.meetings.actions.holding import Noted
from cabildo.meetings.choices import Mark as Attended
from cabildo.meetings.models import Meeting
from cabildo.meetings.queries.sessions import items_of
from cabildo.quality.actions import feedback, validation, validators
from cabildo.quality.choices import ChangeReason, FindingKind
from cabildo.quality.models import Cycle, Enrolment, Validation, Validator, ValidatorAssignment
from cabildo.quality.queries import validation as queries
from conftest import make_user
from factories.assessment_models import element_ids

TODAY = timezone.localdate()  # the doors ask the clock whether a role holds
NO_CONFLICT = "No trabajé, asesoré ni tengo parientes en la municipalidad ni en su consultoría."
LOW, HIGH = 2, 3  # what validators give to the first element, and what was declared of all


@pytest.fixture
def agency(puerto_claro) -> Agency:
    made = accounts.create_agency(slug="validador", name="Centro Validador", by=audit.SYSTEM)
    Enrolment.objects.create(
        municipality=puerto_claro,
        agency=made,
        validating_agency=made,
        invitation="Les invitamos a participar.",
        invited_on=TODAY,
    )
    return made


def register(agency: Agency, name: str, **more: Any) -> Validator:
    given = {"trained_on": date(2025, 3, 1), "valid_until": date(2028, 3, 1), "employer": "Universidad del Puerto"}
    return validators.register_validator(
        agency, user=make_user(name), today=TODAY, by=audit.SYSTEM, **{**given, **more}
    )


@pytest.fixture
def vera(agency) -> Validator:
    return register(agency, "Vera Ruiz")


@pytest.fixture
def bruno(agency) -> Validator:
    return register(agency, "Bruno Paz")


@pytest.fixture
def declared(cycle, model, counterpart) -> Layer:
    """All of it declared at three."""
    cycle.self_assessment = instruments.open_assessment(version=model, title="Autoevaluación", on=cycle, by=counterpart)
    cycle.save(update_fields=["self_assessment"])
    marks = dict.fromkeys(element_ids(), Mark(HIGH))
    return seal(cycle.self_assessment, party="declared", label="Comité de Mejora", marks=marks, by=counterpart)


def send(cycle: Cycle, validator: Validator, *, has_conflict: bool = False) -> ValidatorAssignment:
    """Assigned and declared."""
    assignment = validators.assign(cycle, validator=validator, today=TODAY, by=audit.SYSTEM)
    return validators.declare(assignment, has_conflict=has_conflict, declaration=NO_CONFLICT, by=validator.user)


@pytest.fixture
def begun(declared, cycle, vera, bruno) -> Validation:
    """Both declared no conflict, and the review began."""
    send(cycle, bruno)
    send(cycle, vera)
    return validation.begin_review(cycle, by=vera.user)


def mark_all(begun: Validation, by: User, first: int = LOW) -> None:
    """As declared, but for the first element."""
    for place, name in enumerate(element_ids()):
        wanted: dict[str, Any] = {"score": HIGH}
        if place == 0 and first != HIGH:
            wanted = {"score": first, "reason_code": ChangeReason.NO_EVIDENCE, "reason": "El decreto no está."}
        drafts = queries.drafts_of(begun, queries.acts_on(by, begun.cycle))
        revision = drafts[name].revision if name in drafts else 0
        validation.write_mark(begun, name, revision=revision, by=by, **wanted)


def hold_interview(begun: Validation, by: User) -> Meeting:
    """Planned, held, minuted."""
    starts = datetime(2026, 11, 20, 13, tzinfo=UTC)
    meeting = validation.plan_interview(begun, starts_at=starts, how="+56 2 2345 6789", by=by)
    ends = datetime(2026, 11, 20, 14, tzinfo=UTC)
    holding.note_times(meeting, started_at=starts, ended_at=ends, now=ends, by=by)
    people = {person.pk: Noted(Attended.CAME) for person in meeting.attendances.all()}
    holding.take_attendance(meeting, people, by=by)
    for item in items_of(meeting):
        minutes.write_minute(item, {"text": "Se aclaró qué dice el decreto."}, base=0, by=by)
    minutes.close_minutes(Meeting.objects.get(pk=meeting.pk), at=ends, by=by)
    validation.note_interview(begun, by=by)
    return meeting


@pytest.fixture
def agreed(begun, vera, bruno) -> Validation:
    """Both sealed the same marks, spoke with the municipality, and agreed."""
    for one in (vera, bruno):
        mark_all(begun, one.user)
        validation.seal_own(begun, by=one.user)
    hold_interview(begun, vera.user)
    validation.seal_consensus(begun, by=vera.user)
    return Validation.objects.get(pk=begun.pk)


def tell_everything(agreed: Validation, by: User) -> None:
    """A strength and an opportunity for every subcriterion, and the summary."""
    whole = queries.whole_of(queries.validation_of(agreed.cycle))
    for part in dict.fromkeys(item.part["id"] for item in whole.items):
        for kind in FindingKind:
            feedback.add_finding(agreed, subcriterion=part, kind=kind, text=f"Se ve en {part}.", element="", by=by)
    feedback.write_summary(agreed, summary="Hay prácticas aprobadas.", revision=agreed.revision, by=by)


@pytest.fixture
def issued(agreed, vera) -> Validation:
    tell_everything(agreed, vera.user)
    feedback.issue(agreed, by=vera.user)
    return Validation.objects.get(pk=agreed.pk)
