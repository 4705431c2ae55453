"""How does a request forget its person, keeping what was asked and how it was answered as figures?"""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import actions as documents
from cabildo.documents.queries import kept_documents_of
from cabildo.notifications import actions as notifications
from cabildo.notifications.choices import State as MessageState
from cabildo.notifications.models import Message
from cabildo.people import actions as people
from cabildo.people.models import Requester
from cabildo.tickets import search
from cabildo.tickets.actions.events import By
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import (
    Adhesion,
    Answer,
    Category,
    Derivation,
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
    (Satisfaction, "ticket", ("comment",)),
    (Merge, "ticket", ("reason",)),
    (Merge, "into", ("reason",)),
    (ModerationChange, "ticket", ("before", "after", "reason")),
    (InternalRequest, "ticket", ("procedure", "asks", "answer")),
    (InternalEvent, "request__ticket", ("words",)),
    (SilenceAct, "ticket", ("grounds", "certificate")),
)


@transaction.atomic
def set_rule(*, category: Category | None, kind: str, months: int, basis: str, by: User) -> RetentionRule:
    """Say for how long, and by which norm; a rule for the same category and kind is replaced."""
    rule, _created = RetentionRule.objects.update_or_create(
        municipality=current_municipality(),
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
    """Anonymise what its rule no longer lets keep, oldest first; how many. A request at a time: it may be stopped."""
    expired = [pk for group in due(today) for pk in group.tickets.values_list("pk", flat=True)[:limit]][:limit]
    for pk in expired:
        anonymise_ticket(Ticket.objects.get(pk=pk), by=audit.SYSTEM, reason=EXPIRED)
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
    for document in kept_documents_of(ticket):
        documents.erase_document(document, by=by, reason=reason)


def _erase_messages(ticket: Ticket) -> None:
    """What was written about it: the log keeps when, what kind and how it ended."""
    about = Message.objects.filter(on_type=ticket._meta.label_lower, on_id=str(ticket.pk))
    about.filter(state=MessageState.QUEUED).update(state=MessageState.SUPPRESSED, next_try_at=None)
    about.update(recipient=None, subject=None, body=None, recipient_index="")


def forget_person(requester: Requester, *, by: By, reason: str) -> None:
    """Forget who this was, here and in the log of messages. In the caller's transaction."""
    actor = by if by is not None else audit.SYSTEM
    if requester.email:
        notifications.erase_recipient(requester.email, by=actor)
    people.anonymise(requester, by=actor, reason=reason)
