"""How does a municipality ask the programme, and how is it answered? Both sides write one story.

An agency acts from outside any municipality: `answer` and `hand_to` enter the one that asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Agency, User
from cabildo.accounts.scoping import current_municipality, in_municipality
from cabildo.db.locking import lock_rows
from cabildo.db.revised import first_revision, write
from cabildo.quality import help_messages
from cabildo.quality import queries as cycles
from cabildo.quality.choices import HelpState
from cabildo.quality.errors import QualityError
from cabildo.quality.models import HelpEntry, HelpRequest, HelpTerm
from cabildo.quality.queries import help as queries
from cabildo.workflow.actions import take_number

type By = User | audit.Actor
SERIES = "quality.help"


@transaction.atomic
def set_term(agency: Agency, *, days: int, revision: int, by: By) -> HelpTerm:
    """In how many business days the agency answers what is asked from now on. StaleError."""
    lock_rows(Agency.objects.filter(pk=agency.pk)).get()
    term = HelpTerm.objects.filter(agency=agency).first()
    if term is None:
        term = HelpTerm.objects.create(agency=agency, **first_revision({"days": days}))
    else:
        write(term, {"days": days}, revision=revision)
    audit.record("help_term.set", on=term, by=by, data={"agency": agency.pk, "days": days})
    return term


@transaction.atomic
def ask(*, subject: str, words: str, today: date, by: User) -> HelpRequest:
    """Ask the agency that runs the programme; its professional answers if there is one.

    QualityError not_enrolled, question_missing.
    """
    enrolment = cycles.enrolment_here()
    if enrolment is None or enrolment.accepted_on is None:
        raise QualityError("not_enrolled")
    if not subject.strip() or not words.strip():
        raise QualityError("question_missing")
    days = queries.days_of(enrolment.agency)
    asked: HelpRequest = HelpRequest.objects.create(
        municipality=current_municipality(),
        agency=enrolment.agency,
        year=today.year,
        number=take_number(SERIES, today.year),
        subject=subject.strip(),
        asked_by=by,
        asked_on=today,
        days=days,
        due_on=queries.due_on(today, days),
        assigned_to=enrolment.professional,
    )
    help_messages.tell_asked(asked, _tell(asked, "asked", words.strip(), by))
    audit.record("help.asked", on=asked, by=by, data={"agency": asked.agency_id})
    return asked


def _tell(request: HelpRequest, kind: str, words: str, by: User) -> HelpEntry:
    entry: HelpEntry = HelpEntry.objects.create(
        municipality_id=request.municipality_id,
        request=request,
        at=timezone.now(),
        kind=kind,
        words=words,
        by=by,
    )
    return entry


@contextmanager
def _held(request: HelpRequest, *states: HelpState) -> Iterator[HelpRequest]:
    """The question, locked, inside its municipality. QualityError help_state."""
    with in_municipality(request.municipality):
        held: HelpRequest = lock_rows(HelpRequest.objects.filter(pk=request.pk)).get()
        if held.state not in states:
            raise QualityError("help_state", state=held.get_state_display())
        yield held


@transaction.atomic
def answer(request: HelpRequest, *, words: str, today: date, by: User) -> HelpRequest:
    """The agency answers; who asked is told. QualityError help_state, answer_missing."""
    if not words.strip():
        raise QualityError("answer_missing")
    with _held(request, HelpState.ASKED) as held:
        held.state, held.answered_on = HelpState.ANSWERED, today
        held.assigned_to = held.assigned_to or by
        held.save(update_fields=["state", "answered_on", "assigned_to"])
        help_messages.tell_answered(held, _tell(held, "answered", words.strip(), by))
        audit.record("help.answered", on=held, by=by)
    return held


@transaction.atomic
def ask_again(request: HelpRequest, *, words: str, today: date, by: User) -> HelpRequest:
    """The answer was not enough: the term begins anew. QualityError help_state, question_missing."""
    if not words.strip():
        raise QualityError("question_missing")
    with _held(request, HelpState.ANSWERED) as held:
        held.days = queries.days_of(held.agency)
        held.state, held.answered_on, held.due_on = HelpState.ASKED, None, queries.due_on(today, held.days)
        held.save(update_fields=["state", "answered_on", "due_on", "days"])
        help_messages.tell_asked(held, _tell(held, "asked_again", words.strip(), by))
        audit.record("help.asked_again", on=held, by=by)
    return held


@transaction.atomic
def close(request: HelpRequest, *, by: User) -> HelpRequest:
    """The municipality needs no more, answered or not. QualityError help_state."""
    with _held(request, HelpState.ASKED, HelpState.ANSWERED) as held:
        held.state = HelpState.CLOSED
        held.save(update_fields=["state"])
        _tell(held, "closed", "", by)
        audit.record("help.closed", on=held, by=by)
    return held


@transaction.atomic
def hand_to(request: HelpRequest, *, user: User, by: User) -> HelpRequest:
    """Another person of the agency answers. QualityError help_state, not_of_agency."""
    if not queries.who_answers(request.agency).filter(pk=user.pk).exists():
        raise QualityError("not_of_agency", name=str(user))
    with _held(request, HelpState.ASKED) as held:
        held.assigned_to = user
        held.save(update_fields=["assigned_to"])
        help_messages.tell_asked(held, _tell(held, "assigned", str(user), by))
        audit.record("help.assigned", on=held, by=by, data={"user": user.pk})
    return held
