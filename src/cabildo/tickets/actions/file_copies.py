"""How does an electronic file that is too long to wait for become a ZIP in somebody's inbox?"""

from mmap import ACCESS_READ, mmap
from typing import Any, cast

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.links import absolute
from cabildo.accounts.models import User
from cabildo.db.locking import lock_rows
from cabildo.documents import actions as documents
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document
from cabildo.documents.rules import MediaType
from cabildo.jobs import enqueue
from cabildo.notifications.actions import notify
from cabildo.notifications.choices import Channel
from cabildo.people.models import Requester
from cabildo.tickets import expediente
from cabildo.tickets.actions.locking import locked
from cabildo.tickets.models import FileCopy, Ticket
from cabildo.tickets.queries.expediente import pieces_of
from cabildo.tickets.queries.visibility import may_see_identity, visible_tickets


@transaction.atomic
def ask_for_copy(ticket: Ticket, *, by: User) -> FileCopy:
    """Have it made in the background. Asked for again while it is being made, it is the same; one that failed, anew."""
    ticket = locked(ticket)
    copy = FileCopy.objects.filter(ticket=ticket, asked_by=by, finished_at=None).select_related("job").first()
    if copy is not None and not copy.has_failed:
        return copy
    copy = copy or FileCopy(municipality_id=ticket.municipality_id, ticket=ticket, asked_by=by)
    copy.asked_at = timezone.now()
    copy.save()
    copy.job = enqueue("tickets.copy_file", municipality=ticket.municipality, by=by, copy=copy.pk)
    copy.save(update_fields=["job"])
    audit.record("ticket.file_asked", on=ticket, by=by)
    return copy


def deliver(pk: int) -> None:
    """Make the ZIP, keep it for who asked alone, and tell them. A second run does nothing.

    It holds what they may read at this moment; who may no longer see the request gets nothing.
    """
    copy = FileCopy.objects.select_related("asked_by").get(pk=pk)
    if copy.finished_at is not None:
        return
    asked = visible_tickets(copy.asked_by).filter(pk=copy.ticket_id)
    ticket = asked.select_related("category", "department", "requester").first()
    if ticket is None:
        FileCopy.objects.filter(pk=pk).update(finished_at=timezone.now())
        return
    is_whole = may_see_identity(copy.asked_by, ticket)
    person = ticket.requester if is_whole else None
    pieces = pieces_of(ticket, copy.asked_by)
    with expediente.archive(ticket, pieces, requester=str(person or ""), now=timezone.now()) as made:
        document = _keep(made, copy, expediente.zip_name(ticket))
    _hand_over(document, copy, ticket, person, is_whole=is_whole)


def _keep(made: Any, copy: FileCopy, name: str) -> Document:
    """The ZIP is read from the disk, where it may be larger than the memory; nothing is locked meanwhile."""
    made.rollover()
    with mmap(made.fileno(), 0, access=ACCESS_READ) as content:
        return documents.store_generated(
            cast("bytes", content),
            name=name,
            owner=copy,
            kind=Kind.OTHER,
            visibility=Visibility.INTERNAL,
            by=copy.asked_by,
            media_type=MediaType.ZIP,
        )


@transaction.atomic
def _hand_over(document: Document, copy: FileCopy, ticket: Ticket, person: Requester | None, *, is_whole: bool) -> None:
    """`is_whole`: it holds the papers of the request, which may say who asks though no requester is on record."""
    by = copy.asked_by
    copy = lock_rows(FileCopy.objects.filter(pk=copy.pk)).get()
    if copy.finished_at is not None:
        documents.erase_document(document, by=audit.SYSTEM, reason="made_twice")
        return
    copy.finished_at, copy.names_requester = timezone.now(), is_whole
    copy.save(update_fields=["finished_at", "names_requester"])
    audit.record("ticket.file_downloaded", on=ticket, by=by)
    if person is not None:
        seen = [("people.requester", str(person.pk))]
        audit.record_reads(seen, by=by, municipality_id=ticket.municipality_id, purpose="file_copy")
    url = absolute("documents:download", document.public_id)
    context = {"ticket": ticket, "url": url}
    notify("tickets.file_copy", by, context, f"file:{copy.pk}", channels=[Channel.INBOX], on=ticket, url=url)
