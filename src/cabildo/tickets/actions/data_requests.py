"""How is a right over personal data asked for, verified, extended, decided and carried out (Ley 19.628, art. 11)?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.people import actions as people
from cabildo.people.actions import Contact
from cabildo.people.models import Requester
from cabildo.people.queries import by_run
from cabildo.tickets import messages
from cabildo.tickets.actions.events import By
from cabildo.tickets.actions.retention import anonymise_ticket, forget_person
from cabildo.tickets.choices import DataRequestState, DataRight
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Adhesion, DataSubjectRequest
from cabildo.tickets.queries.data_requests import identified_first, tickets_of
from cabildo.tickets.rules import data_requests as rules
from cabildo.workflow.actions import take_number
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules import deadlines
from cabildo.workflow.rules.deadlines import Deadline
from cabildo.workflow.rules.terms import Clock, Rule, Unit

SERIES = "data_requests"


@dataclass(frozen=True)
class Exercise:
    """Which right, by whom, with which words; `key` names the form sent, so that sending it twice asks once."""

    right: str
    contact: Contact
    detail: str
    channel: str
    key: str | None = None
    identity: str = ""  # how an official saw who it is; whose records these are is still to be said


def receive(exercise: Exercise, *, by: By, today: date) -> DataSubjectRequest:
    """Put it on record with its term: 30 calendar days, or 2 business days to block. It is free of charge.

    The same form sent again, even at the same moment, gives the request of the first one.
    """
    if known := _already(exercise):
        return known
    try:
        return _receive(exercise, by=by, today=today)
    except IntegrityError:
        known = _already(exercise)
        if known is None:
            raise
        return known


def _already(exercise: Exercise) -> DataSubjectRequest | None:
    return DataSubjectRequest.objects.filter(key=exercise.key).first() if exercise.key else None


@transaction.atomic
def _receive(exercise: Exercise, *, by: By, today: date) -> DataSubjectRequest:
    saw_the_card = isinstance(by, User) and bool(exercise.identity.strip())
    who = people.put_on_record(exercise.contact, by=by, trusted=saw_the_card)
    asked = DataSubjectRequest(
        municipality=current_municipality(),
        folio=rules.folio(today.year, take_number(SERIES, today.year)),
        right=exercise.right,
        channel=exercise.channel,
        requester=who,
        detail=exercise.detail.strip(),
        key=exercise.key,
        registered_by=by if isinstance(by, User) else None,
        verified_how=exercise.identity.strip(),
        received_at=timezone.now(),
        clock=Clock.LEGAL.value,
    )
    _count(asked, deadlines.compute(today, rules.TERMS[exercise.right], municipal_calendar(today)))
    asked.save(force_insert=True)
    audit.record("data_request.received", on=asked, by=by, reason=exercise.right, data={"channel": exercise.channel})
    messages.data_request(asked, "received", to=who.email)
    return asked


def _count(asked: DataSubjectRequest, term: Deadline) -> None:
    """Write the computed term, with its explanation, on the unsaved request."""
    asked.days, asked.unit, asked.article = term.rule.days, term.rule.unit.value, term.rule.article
    asked.extension_limit, asked.extra_days = term.rule.extension_limit, term.extra_days
    asked.submitted_on, asked.effective_on = term.submitted_on, term.effective_on
    asked.nominal_due_on, asked.due_on, asked.extended_due_on = term.nominal_due_on, term.due_on, term.extended_due_on
    asked.explanation = deadlines.as_json(term)["explanation"]
    asked.computed_at = timezone.now()


@transaction.atomic
def verify_identity(
    asked: DataSubjectRequest, *, how: str, subjects: Iterable[Requester], by: User
) -> DataSubjectRequest:
    """An officer proved who asks, and says which records are of that person."""
    chosen = list(subjects)
    if not chosen:
        raise TicketsError("no_person_chosen")
    asked = _locked(asked)
    asked.state = rules.MACHINE.apply("verify", asked.state, reason=how)
    asked.verified_how, asked.verified_at, asked.verified_by = how.strip(), timezone.now(), by
    asked.save()
    asked.subjects.set(chosen)
    audit.record("data_request.verified", on=asked, by=by, data={"subjects": [str(one.pk) for one in chosen]})
    return asked


@transaction.atomic
def extend(asked: DataSubjectRequest, *, reason: str, by: User, today: date) -> DataSubjectRequest:
    """Thirty calendar days more, once, told with its reason before the term expires."""
    if not reason.strip():
        raise TicketsError("reason_missing")
    asked = _locked(asked)
    calendar = municipal_calendar(today)
    rule = Rule(asked.days, Unit(asked.unit), asked.article, extension_limit=asked.extension_limit)
    term = deadlines.compute(asked.submitted_on, rule, calendar, extra_days=asked.extra_days)
    _count(asked, deadlines.extend(term, rule.longest_extension, today, calendar))
    asked.extension_reason = reason.strip()
    asked.save()
    audit.record("data_request.extended", on=asked, by=by, data={"days": asked.extra_days})
    messages.data_request(asked, "extended", to=_mail_of(asked))
    return asked


@transaction.atomic
def grant(
    asked: DataSubjectRequest, *, decision: str, by: User, correction: Contact | None = None
) -> DataSubjectRequest:
    """Grant it and carry it out at once. `correction` is what a rectification writes."""
    asked = _locked(asked)
    to = _mail_of(asked)  # a suppression empties it, and the answer is still owed
    state = rules.MACHINE.apply("grant", asked.state, reason=decision)
    if asked.right == DataRight.RECTIFICATION:
        _rectify(asked, correction, by=by)
    elif carry_out := CARRY_OUT.get(asked.right):
        carry_out(asked, by)
    _answer(asked, state, decision, granted=True, by=by, to=to)
    return asked


@transaction.atomic
def refuse(asked: DataSubjectRequest, *, decision: str, by: User) -> DataSubjectRequest:
    """Refuse it with its reasons: identity not proved, or a law that orders to keep the data."""
    asked = _locked(asked)
    state = rules.MACHINE.apply("refuse", asked.state, reason=decision)
    _answer(asked, state, decision, granted=False, by=by, to=_mail_of(asked))
    return asked


def _mail_of(asked: DataSubjectRequest) -> str | None:
    return asked.requester.email if asked.requester else None


def _answer(asked: DataSubjectRequest, state: str, decision: str, *, granted: bool, by: User, to: str | None) -> None:
    asked.state, asked.granted, asked.decision = state, granted, decision.strip()
    asked.decided_by, asked.answered_at = by, timezone.now()
    asked.save()
    audit.record("data_request.answered", on=asked, by=by, reason="granted" if granted else "refused")
    messages.data_request(asked, "answered", to=to)


def _rectify(asked: DataSubjectRequest, correction: Contact | None, *, by: User) -> None:
    """The record with the RUN takes the correction whole; the others of the same person all but the RUN."""
    if correction is None or not correction:
        raise TicketsError("nothing_to_rectify")
    main, *others = identified_first(asked.subjects.all())
    owner = by_run(correction.run) if correction.run else None
    if owner is not None and owner.pk != main.pk:
        raise TicketsError("run_of_another")
    people.rectify(main, correction, by=by)
    for other in others:
        people.rectify(other, replace(correction, run=""), by=by)


def _suppress(asked: DataSubjectRequest, by: User) -> None:
    subjects = list(asked.subjects.all())
    tickets = list(tickets_of(subjects))
    if pending := [ticket.folio for ticket in tickets if ticket.is_open]:
        raise TicketsError("open_requests", n=len(pending), folios=", ".join(pending))
    for ticket in tickets:
        anonymise_ticket(ticket, by=by, reason="data_subject", with_adherents=False)
    Adhesion.objects.filter(requester__in=subjects).update(requester=None, ended_at=timezone.now())
    for subject in subjects:
        forget_person(subject, by=by, reason="data_subject")


def _hide(asked: DataSubjectRequest, by: User) -> None:
    """Nobody finds the person in a search nor writes to them; what is stored stays, and may be shown again."""
    for subject in asked.subjects.all():
        set_blocked(subject, blocked=True, by=by)


def set_blocked(requester: Requester, *, blocked: bool, by: User) -> None:
    requester.blocked_at = timezone.now() if blocked else None
    requester.save(update_fields=["blocked_at"])
    audit.record("requester.blocked" if blocked else "requester.unblocked", on=requester, by=by)


@transaction.atomic
def lift(asked: DataSubjectRequest, *, by: User) -> DataSubjectRequest:
    """The reason to block has ended: the person may be found and written to again."""
    asked = lock_rows(DataSubjectRequest.objects.filter(pk=asked.pk)).get()
    if not asked.granted or asked.right not in rules.HIDING or asked.lifted_at is not None:
        raise TicketsError("not_blocked")
    for subject in asked.subjects.all():
        set_blocked(subject, blocked=False, by=by)
    asked.lifted_at = timezone.now()
    asked.save(update_fields=["lifted_at"])
    audit.record("data_request.lifted", on=asked, by=by)
    return asked


CARRY_OUT: dict[str, Callable[[DataSubjectRequest, User], None]] = {
    DataRight.SUPPRESSION: _suppress,
    DataRight.OPPOSITION: _hide,
    DataRight.BLOCKING: _hide,
}


def _locked(asked: DataSubjectRequest) -> DataSubjectRequest:
    fresh: DataSubjectRequest = lock_rows(DataSubjectRequest.objects.filter(pk=asked.pk)).get()
    if fresh.state == DataRequestState.ANSWERED:
        raise TicketsError("data_request_answered")
    return fresh
