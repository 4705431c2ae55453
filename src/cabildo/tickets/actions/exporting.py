"""How does a list that is too long to wait for become a file in somebody's inbox?"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.access import can
from cabildo.accounts.links import absolute
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.documents.actions import erase_document, store_generated
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document
from cabildo.documents.rules import MediaType
from cabildo.jobs import enqueue
from cabildo.notifications.actions import notify
from cabildo.notifications.choices import Channel
from cabildo.tickets import exports
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.models import ListExport

KEPT = timedelta(days=7)
MADE_TO_TAKE = ("tickets.listexport", "tickets.filecopy")
MEDIA = {"csv": MediaType.CSV, "xlsx": MediaType.XLSX}


@transaction.atomic
def ask_for_file(*, address: str, file_format: str, with_persons: bool, by: User) -> ListExport:
    """Have the file made in the background; whoever asked finds it in the inbox."""
    asked = ListExport.objects.create(
        municipality=current_municipality(),
        asked_by=by,
        address=address,
        file_format=file_format,
        with_persons=with_persons,
        asked_at=timezone.now(),
    )
    note(by, file_format, with_persons=with_persons, on=asked)
    enqueue("tickets.export_list", municipality=asked.municipality, by=by, export=asked.pk)
    return asked


def note(by: User, file_format: str, *, with_persons: bool, on: ListExport | None = None) -> None:
    """Put on record that a list left the desk as a file."""
    data = {"format": file_format, "with_persons": with_persons}
    audit.record("tickets.exported", on=on, by=by, municipality_id=current_municipality().pk, data=data)


def erase_made_files(now: datetime) -> int:
    """Erase the lists and electronic files made for somebody to take away, a week after; how many.

    They hold personal data outside the requests whose time is watched over.
    """
    made = Document.objects.filter(owner_type__in=MADE_TO_TAKE, erased_at=None, created_at__lt=now - KEPT)
    for document in (old := list(made)):
        erase_document(document, by=audit.SYSTEM, reason="made_to_take")
    return len(old)


def deliver(pk: int) -> None:
    """Make the file, keep it for who asked alone, and tell them. A second run does nothing.

    Who may no longer export when it would be made gets nothing.
    """
    asked = ListExport.objects.select_related("asked_by").get(pk=pk)
    if asked.finished_at is not None or not can(asked.asked_by, TicketPermission.EXPORT):
        return
    tickets = list(exports.listed(asked.asked_by, asked.address))
    lines = exports.rows(asked.asked_by, tickets, with_persons=asked.with_persons)
    content = exports.as_file(asked.file_format, exports.headings(with_persons=asked.with_persons), lines)
    with transaction.atomic():
        if lock_rows(ListExport.objects.filter(pk=pk)).get().finished_at is not None:
            return  # another worker was faster
        if asked.with_persons:
            persons = exports.persons_in(asked.asked_by, tickets)
            audit.record_reads(persons, by=asked.asked_by, municipality_id=asked.municipality_id, purpose="list_export")
        _hand_over(asked, content, len(tickets))


def _hand_over(asked: ListExport, content: bytes, count: int) -> None:
    document = store_generated(
        content,
        name=f"solicitudes-{asked.asked_at:%Y-%m-%d}.{asked.file_format}",
        owner=asked,
        kind=Kind.OTHER,
        visibility=Visibility.INTERNAL,
        by=asked.asked_by,
        media_type=MEDIA[asked.file_format],
    )
    asked.finished_at, asked.rows = timezone.now(), count
    asked.save(update_fields=["finished_at", "rows"])
    url = absolute("documents:download", document.public_id)
    context = {"export": asked, "url": url}
    notify("tickets.export", asked.asked_by, context, f"export:{asked.pk}", channels=[Channel.INBOX], on=asked, url=url)
