"""Stage 4: begin the review, write and seal one's marks, talk with the municipality, agree."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.db.revised import first_revision, write
from cabildo.instruments.actions.layers import seal
from cabildo.instruments.models import Layer
from cabildo.instruments.queries.items import items_of
from cabildo.instruments.rules.layers import Reason
from cabildo.instruments.rules.scoring import BLANK, Mark
from cabildo.meetings.actions.bodies import Who
from cabildo.meetings.actions.planning import Point, invite, plan_meeting
from cabildo.meetings.choices import MeetingKind, Role, State
from cabildo.meetings.models import Meeting
from cabildo.quality.actions.editing import hold_open
from cabildo.quality.choices import ValidationState
from cabildo.quality.errors import QualityError
from cabildo.quality.models import Cycle, DraftMark, Validation, ValidationStep, ValidatorAssignment
from cabildo.quality.queries import validation as queries
from cabildo.quality.queries import validators
from cabildo.quality.queries.validation import Proposed, Whole
from cabildo.quality.rules import validation as rules
from cabildo.quality.rules.validation import MACHINE, Step
from cabildo.workflow.rules.errors import WorkflowError

INTERVIEW_MINUTES = 90
FEW_NAMES = 3
DONE = gettext_lazy("Ese paso ya se dio.")
COMES_FIRST = {
    ValidationState.REVIEW: gettext_lazy("Primero agende la entrevista."),
    ValidationState.SCHEDULED: gettext_lazy("Primero hagan la entrevista, cierren su acta y dela por realizada."),
    ValidationState.HELD: gettext_lazy("Primero sellen los puntajes acordados."),
    ValidationState.CONSENSUS: gettext_lazy("Primero emita el informe de retroalimentación."),
    ValidationState.ISSUED: gettext_lazy("El informe sólo cambia si la municipalidad lo observa. Si no, déjelo firme."),
    ValidationState.OBSERVED: gettext_lazy("Primero responda las observaciones de la municipalidad."),
    ValidationState.REPLIED: gettext_lazy("El informe sólo cambia si la municipalidad lo observa otra vez."),
    ValidationState.FIRM: gettext_lazy("El informe ya no cambia."),
}


@transaction.atomic
def begin_review(cycle: Cycle, *, by: User) -> Validation:
    """Open the validation on what the committee declared. QualityError not_acting, nothing_declared, validation_begun,
    cycle_closed."""
    cycle = hold_open(cycle.pk)
    must_act(cycle, by)
    declared = queries.declared_layer(cycle)
    if declared is None:
        raise QualityError("nothing_declared")
    if Validation.objects.filter(cycle=cycle).exists():
        raise QualityError("validation_begun")
    validation: Validation = Validation.objects.create(
        municipality_id=cycle.municipality_id, cycle=cycle, declared=declared, opened_at=timezone.now()
    )
    _note(validation, by)
    audit.record("validation.begun", on=validation, by=by, data={"layer": declared.pk})
    return validation


@transaction.atomic
def take_new_declaration(validation: Validation, *, by: User) -> Validation:
    """The municipality declared anew: from now on that is what is read, and what was written stays to be looked at.

    QualityError validation_state once the marks are agreed.
    """
    validation = held(validation, rules.MARKING)
    must_act(validation.cycle, by)
    declared = queries.declared_layer(validation.cycle)
    if declared is not None and declared.pk != validation.declared_id:
        validation.declared = declared
        validation.save(update_fields=["declared"])
        audit.record("validation.declared_anew", on=validation, by=by, data={"layer": declared.pk})
    return validation


@transaction.atomic
def write_mark(validation: Validation, element: str, *, revision: int, by: User, **wanted: Any) -> DraftMark:
    """Keep what a validator would mark, whole or not; theirs alone until it is sealed.

    What is written after sealing counts once it is sealed again. QualityError not_acting, element_unknown,
    validation_state; StaleError.
    """
    validation = held(validation, rules.MARKING)
    assignment = must_act(validation.cycle, by)
    _must_be_element(validation, element)
    return _write(validation, assignment, element, wanted, revision=revision, by=by)


@transaction.atomic
def write_agreed_mark(validation: Validation, element: str, *, revision: int, by: User, **wanted: Any) -> DraftMark:
    """Keep what all validators would agree of an element. QualityError as `write_mark`; StaleError."""
    validation = held(validation, rules.AGREEING)
    must_act(validation.cycle, by)
    _must_be_element(validation, element)
    return _write(validation, None, element, wanted, revision=revision, by=by)


def _write(
    validation: Validation,
    assignment: ValidatorAssignment | None,
    element: str,
    wanted: Mapping[str, Any],
    *,
    revision: int,
    by: User,
) -> DraftMark:
    known = DraftMark.objects.filter(validation=validation, assignment=assignment, element=element).first()
    if known is not None:
        write(known, wanted, revision=revision)
    else:
        key = {"municipality_id": validation.municipality_id, "validation": validation, "assignment": assignment}
        known = DraftMark.objects.create(**key, element=element, **first_revision(wanted))
    audit.record("validation.mark_written", on=known, by=by, data={"element": element})
    draft: DraftMark = known
    return draft


@transaction.atomic
def seal_own(validation: Validation, *, by: User, reason: str = "") -> Layer:
    """Seal the layer of a validator, whole; again only with a reason (after the interview, say).

    QualityError not_acting, marks_unfinished, marks_unexplained, validation_state; InstrumentsError.
    """
    validation = held(validation, rules.MARKING)
    assignment = must_act(validation.cycle, by)
    whole = queries.whole_of(validation)
    proposed = _ready(whole, queries.own_marks(whole, assignment))
    label = _("Validación de %s") % assignment
    layer = _seal(whole, assignment.party, label, proposed, reason=reason, by=by)
    audit.record("validation.sealed", on=validation, by=by, data={"layer": layer.pk})
    return layer


@transaction.atomic
def plan_interview(validation: Validation, *, starts_at: datetime, how: str, by: User) -> Meeting:
    """The telephone interview as a meeting of the validators with the counterparts; who plans it keeps the minutes.

    `how` is the number or link by which they speak. QualityError not_acting, interview_planned, validation_state.
    """
    validation = held(validation, rules.BEFORE_INTERVIEW)
    must_act(validation.cycle, by)
    if validation.interview is not None and validation.interview.state != State.CANCELLED:
        raise QualityError("interview_planned")
    meeting = plan_meeting(
        title=_("Entrevista telefónica de validación"),
        kind=MeetingKind.WORKING,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=INTERVIEW_MINUTES),
        place=how,
        agenda=[Point(_("Qué se aclaró"), 75), Point(_("Papeles que la municipalidad enviará"), 15)],
        on_type=validation._meta.label_lower,
        on_id=str(validation.pk),
        by=by,
    )
    _call_together(meeting, validation.cycle, by)
    validation.interview = meeting
    validation.save(update_fields=["interview"])
    if validation.state == ValidationState.REVIEW:
        advance(validation, Step.SCHEDULE, by=by)
    return meeting


def _call_together(meeting: Meeting, cycle: Cycle, by: User) -> None:
    """Who plans it presides and keeps the minutes; the other validators and the counterparts in force speak."""
    invite(meeting, Who(user=by), by=by, role=Role.CHAIR)
    others = [one.validator.user for one in validators.acting(cycle) if one.validator.user_id != by.pk]
    counterparts = [one.user for one in cycle.counterparts.filter(ended_on=None).select_related("user")]
    for person in dict.fromkeys([*others, *counterparts]):
        invite(meeting, Who(user=person), by=by)


@transaction.atomic
def note_interview(validation: Validation, *, by: User) -> Validation:
    """It was held, and its acta is closed. QualityError not_acting, interview_not_minuted, validation_state."""
    validation = held(validation, frozenset({ValidationState.SCHEDULED}))
    must_act(validation.cycle, by)
    if validation.interview is None or validation.interview.state not in (State.MINUTED, State.SIGNED):
        raise QualityError("interview_not_minuted")
    return advance(validation, Step.HOLD, by=by)


@transaction.atomic
def seal_consensus(validation: Validation, *, by: User, reason: str = "") -> Layer:
    """Seal what the validators agreed; again with a reason until the report is issued, or after an observation.

    QualityError not_acting, marks_of_others, marks_unfinished, marks_unexplained, validation_state.
    """
    validation = held(validation, rules.AGREEING)
    must_act(validation.cycle, by)
    whole = queries.whole_of(validation)
    if whole.unsealed:
        raise QualityError("marks_of_others", names=", ".join(str(one) for one in whole.unsealed))
    proposed = _ready(whole, queries.agreed_marks(whole))
    layer = _seal(whole, queries.CONSENSUS, _("Acuerdo de los validadores"), proposed, reason=reason, by=by)
    audit.record("validation.agreed", on=validation, by=by, data={"layer": layer.pk})
    if validation.state == ValidationState.HELD:
        advance(validation, Step.AGREE, by=by)
    return layer


def _ready(whole: Whole, proposed: Proposed) -> Proposed:
    for code, names in (("marks_unfinished", proposed.missing), ("marks_unexplained", proposed.unexplained)):
        if names:
            raise QualityError(code, count=len(names), names=_shown(whole, names))
    return proposed


def _shown(whole: Whole, names: Any) -> str:
    labels = {item.id: item.label for item in whole.items}
    shown = "; ".join(labels[name] for name in names[:FEW_NAMES])
    return f"{shown}…" if len(names) > FEW_NAMES else shown


def _seal(whole: Whole, party: str, label: str, proposed: Proposed, *, reason: str, by: User) -> Layer:
    """A reason is kept only where a mark differs from the declared one."""
    moved = set(rules.changed(whole.declared.marks, proposed.marks))
    reasons: dict[str, Reason] = {name: one for name, one in proposed.reasons.items() if name in moved}
    marks: dict[str, Mark] = {item.id: proposed.marks.get(item.id, BLANK) for item in whole.items}
    return seal(whole.assessment, party=party, label=label, marks=marks, reasons=reasons, by=by, reason=reason)


def advance(validation: Validation, step: Step, *, by: User) -> Validation:
    """The next state, noted with who and when. QualityError validation_state."""
    try:
        validation.state = MACHINE.apply(step, validation.state)
    except WorkflowError:
        raise not_now(validation, _before(step)) from None
    validation.save(update_fields=["state"])
    _note(validation, by)
    audit.record(f"validation.{step}", on=validation, by=by, data={"state": validation.state})
    return validation


def _note(validation: Validation, by: User) -> None:
    ValidationStep.objects.create(
        municipality_id=validation.municipality_id,
        validation=validation,
        state=validation.state,
        at=timezone.now(),
        by=by,
    )


def held(validation: Validation, states: frozenset[str]) -> Validation:
    """The validation, locked, when its state is one of these. QualityError validation_state, cycle_closed."""
    hold_open(validation.cycle_id)
    found: Validation = (
        lock_rows(Validation.objects.filter(pk=validation.pk))
        .select_related("cycle", "declared__assessment__version__pack", "interview")
        .defer("declared__assessment__version__body")
        .get()
    )
    if found.state not in states:
        raise not_now(found, states)
    return found


def _before(step: Step) -> frozenset[str]:
    """The states from which this step is taken."""
    return next(one.sources for one in MACHINE.transitions if one.name == step)


def not_now(validation: Validation, wanted: Collection[str]) -> QualityError:
    """The refusal of what is done in other states, which says what comes first, or why it is over."""
    state = ValidationState(validation.state)
    then = DONE if state not in rules.OUT and rules.is_past(state, wanted) else COMES_FIRST[state]
    return QualityError("validation_state", state=validation.get_state_display(), then=then)


def must_act(cycle: Cycle, by: User) -> ValidatorAssignment:
    """Their assignment. QualityError not_acting for whoever is not assigned, did not declare, or has a conflict."""
    assignment = queries.acts_on(by, cycle)
    if assignment is None:
        raise QualityError("not_acting")
    return assignment


def _must_be_element(validation: Validation, element: str) -> None:
    if all(item.id != element for item in items_of(validation.declared.assessment)):
        raise QualityError("element_unknown")
