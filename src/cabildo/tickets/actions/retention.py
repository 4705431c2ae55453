"""How does a request forget its person, keeping what was asked and how it was answered as figures?"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.documents.queries import documents_of_all, kept_documents_of
from cabildo.notifications import actions as notifications
from cabildo.notifications.choices import State as MessageState
from cabildo.notifications.models import Message
from cabildo.people import actions as people
from cabildo.people.models import Requester
from cabildo.tickets import search
from cabildo.tickets.actions.events import By
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.choices import RetentionScope
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import (
    Adhesion,
    Answer,
    Category,
    DataSubjectRequest,
    Derivation,
    FileCopy,
    ImportProblem,
    ImportRun,
    InternalEvent,
    InternalRequest,
    Merge,
    ModerationChange,
    RetentionRule,
    Satisfaction,
    SilenceAct,
    Ticket,
    TicketEvent,
)
from cabildo.tickets.queries.retention import due, is_needed_elsewhere
from cabildo.tickets.rules.retention import coarse, kept_answers

EXPIRED = "retention_expired"
# Free text around a request: (table, path to the request, columns). A test finds the tables that are missing here.
WORDS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (TicketEvent, "ticket", ("words",)),
    (Answer, "ticket", ("text", "returned_reason")),
    (Derivation, "ticket", ("reason",)),
    (Satisfaction, "ticket", ("comment", "token")),
    (Merge, "ticket", ("reason",)),
    (Merge, "into", ("reason",)),
    (ModerationChange, "ticket", ("before", "after", "reason")),
    (InternalRequest, "ticket", ("procedure", "asks", "answer")),
    (InternalEvent, "request__ticket", ("words",)),
    (SilenceAct, "ticket", ("grounds", "certificate")),
)


@transaction.atomic
def set_rule(
    *,
    category: Category | None,
    kind: str,
    months: int,
    basis: str,
    by: User,
    scope: str = RetentionScope.TICKETS,
) -> RetentionRule:
    """Say for how long, and by which norm; a rule for the same scope, category and kind is replaced."""
    rule, _created = RetentionRule.objects.update_or_create(
        municipality=current_municipality(),
        scope=scope,
        category=category,
        kind=kind,
        defaults={"months": months, "basis": basis.strip()},
    )
    audit.record("retention_rule.set", on=rule, by=by, data={"months": months})
    return rule


@transaction.atomic
def drop_rule(rule: RetentionRule, *, by: User) -> None:
    """From now on the next more general rule decides, or none."""
    audit.record("retention_rule.dropped", on=rule, by=by, data={"months": rule.months})
    rule.delete()


def anonymise_expired(today: date, *, limit: int = 500) -> int:
    """Forget what its rule no longer lets keep, oldest first; how many. One at a time: it may be stopped."""
    expired = [one for group in due(today) for one in group.records[:limit]][:limit]
    for one in expired:
        FORGET[type(one)](one, by=audit.SYSTEM, reason=EXPIRED)
    return len(expired)


@transaction.atomic
def anonymise_ticket(ticket: Ticket, *, by: By, reason: str, with_adherents: bool = True) -> None:
    """Erase the words, papers and persons of a closed request. Folio, dates, subject, state and sector stay.

    Its people are forgotten too, unless other requests still need them: then only this one's tie is cut. Without
    `with_adherents` those who adhered are left as they are: the one who asks to be forgotten does not decide for them.
    """
    ticket = locked(ticket)
    if ticket.is_open:
        raise TicketsError("open_requests", n=1, folios=ticket.folio)
    if ticket.anonymised_at is not None:
        return
    known = _people(ticket, with_adherents)
    _erase_words(ticket)
    _erase_papers(ticket, by=by, reason=reason)
    _erase_messages(ticket)
    _forget_ticket(ticket)
    if with_adherents:
        Adhesion.objects.filter(ticket=ticket).update(requester=None)
    for requester in known:
        if not is_needed_elsewhere(requester, ticket):
            forget_person(requester, by=by, reason=reason)
    search.index(ticket)
    audit.record("ticket.anonymised", on=ticket, by=by, reason=reason)


def _people(ticket: Ticket, with_adherents: bool) -> list[Requester]:
    wanted = Q(pk=ticket.requester_id)
    if with_adherents:
        wanted |= Q(pk__in=Adhesion.objects.filter(ticket=ticket).values("requester_id"))
    return list(Requester.objects.filter(wanted, anonymised_at=None))


def _forget_ticket(ticket: Ticket) -> None:
    save(
        ticket,
        text=_("Texto borrado al terminar el plazo de conservación."),
        answers=kept_answers(ticket.answers, ticket.category.definition.get("questions", [])),
        public_text="",
        is_public=False,
        moderation="",
        requester=None,
        secret_index="",
        channel_detail="",
        place="",
        latitude=coarse(ticket.latitude),
        longitude=coarse(ticket.longitude),
        is_coarse=True,
        backdated_reason="",
        anonymised_at=timezone.now(),
    )


def _erase_words(ticket: Ticket) -> None:
    """Everything a person typed about it: they may name anyone."""
    for model, path, fields in WORDS:
        model.objects.filter(**{path: ticket}).update(**dict.fromkeys(fields, ""))


def _erase_papers(ticket: Ticket, *, by: By, reason: str) -> None:
    inner = documents_of_all(list(InternalRequest.objects.filter(ticket=ticket))).filter(erased_at=None)
    copies = documents_of_all(list(FileCopy.objects.filter(ticket=ticket))).filter(erased_at=None)
    for document in (*kept_documents_of(ticket), *inner, *copies):
        documents.erase_document(document, by=by, reason=reason)


def _erase_messages(subject: Model) -> None:
    """What was written about it: the log keeps when, what kind and how it ended."""
    about = Message.objects.filter(on_type=subject._meta.label_lower, on_id=str(subject.pk))
    about.filter(state=MessageState.QUEUED).update(state=MessageState.SUPPRESSED, next_try_at=None)
    about.update(recipient=None, subject=None, body=None, recipient_index="")


@transaction.atomic
def forget_data_request(asked: DataSubjectRequest, *, by: By, reason: str) -> None:
    """Erase the words and the persons of an answered right over data. Folio, right, dates and outcome stay."""
    asked = lock_rows(DataSubjectRequest.objects.filter(pk=asked.pk)).get()
    if asked.is_open:
        raise TicketsError("data_request_open")
    if asked.anonymised_at is not None:
        return
    known = Requester.objects.filter(Q(pk=asked.requester_id) | Q(pk__in=asked.subjects.all()), anonymised_at=None)
    persons = list(known)
    asked.requester, asked.detail, asked.decision = None, None, None
    asked.verified_how = asked.extension_reason = ""
    asked.anonymised_at = timezone.now()
    asked.save()
    asked.subjects.clear()
    _erase_messages(asked)
    for person in persons:
        if not is_needed_elsewhere(person):
            forget_person(person, by=by, reason=reason)
    audit.record("data_request.anonymised", on=asked, by=by, reason=reason)


@transaction.atomic
def forget_import(run: ImportRun, *, by: By, reason: str) -> None:
    """Erase an imported file and the values of its refused rows. Its counts and codes stay."""
    if run.document is not None:
        documents.erase_document(run.document, by=by, reason=reason)
    ImportProblem.objects.filter(run=run).update(value="")
    audit.record("import.forgotten", on=run, by=by, reason=reason)


FORGET: dict[type[Model], Callable[..., None]] = {
    Ticket: anonymise_ticket,
    DataSubjectRequest: forget_data_request,
    ImportRun: forget_import,
}


def forget_person(requester: Requester, *, by: By, reason: str) -> None:
    """Forget who this was, here and in the log of messages. In the caller's transaction."""
    actor = by if by is not None else audit.SYSTEM
    if requester.email:
        notifications.erase_recipient(requester.email, by=actor)
    people.anonymise(requester, by=actor, reason=reason)
