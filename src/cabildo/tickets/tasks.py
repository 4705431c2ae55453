"""What the request desk does in the background. Each may run twice without harm."""

from dataclasses import asdict
from itertools import batched
from typing import Any

from django.tasks import TaskContext
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.models import Municipality
from cabildo.accounts.scoping import current_municipality, in_municipality
from cabildo.db import statistics
from cabildo.jobs import daily, enqueue, every, progress, task
from cabildo.notifications import imap
from cabildo.notifications.queries import mail_server
from cabildo.tickets import mailbox
from cabildo.tickets.actions import (
    attempts,
    cells,
    clocks,
    escalation,
    exporting,
    file_copies,
    importing,
    letters,
    mail_correcting,
    retention,
)
from cabildo.tickets.models import Answer, ImportRun, SilenceAct, Ticket
from cabildo.tickets.queries.letters import acts_without_certificate, answers_without_letter

LETTERS_AT_ONCE = 500
RECOUNTED_AT_ONCE = 200
IMPORT_RETRIES = 3


@task(name="tickets.recount_deadlines")
def recount_deadlines() -> None:
    """Ask for every open deadline of the municipality to be counted again, in batches: its calendar has changed.

    A batch is a stretch of ids, so that one still waiting from an earlier change serves this one too.
    """
    municipality = current_municipality()
    for batch in batched(clocks.open_ticket_ids(), RECOUNTED_AT_ONCE):
        first, last = batch[0], batch[-1]
        key = f"recount:{first}-{last}"
        enqueue("tickets.recount_batch", municipality=municipality, key=key, first=first, last=last)


@task(name="tickets.recount_batch")
def recount_batch(first: int, last: int) -> None:
    """Count the open deadlines between these ids again; whoever must be answered is told a date that moved."""
    ids = clocks.open_ticket_ids(first, last)
    moved = 0
    for done, pk in enumerate(ids, start=1):
        moved += clocks.recount_after_calendar_change(Ticket.objects.get(pk=pk), by=audit.SYSTEM)
        progress(done, len(ids))
    data = {"n": len(ids), "moved": moved}
    audit.record("deadlines.recounted", by=audit.SYSTEM, municipality_id=current_municipality().pk, data=data)


@daily(at="08:00", business_days=True)
@task(name="tickets.begin_day")
def begin_day() -> None:
    """Ask each municipality for its morning warnings."""
    for municipality in Municipality.objects.all():
        enqueue("tickets.warn", municipality=municipality, key="warn")


@task(name="tickets.warn")
def warn() -> None:
    """Note the levels reached and send the digests; nothing on the municipality's own holidays."""
    escalation.warn(timezone.now())


@task(name="tickets.write_letter")
def write_letter(answer: int) -> None:
    """Make the letter of a sent answer, once."""
    letters.write_letter(Answer.objects.get(pk=answer))


@task(name="tickets.write_certificate")
def write_certificate(act: int) -> None:
    """Make the paper of a declared silence, once."""
    letters.write_certificate(SilenceAct.objects.get(pk=act))


@every(minutes=1)
@task(name="tickets.write_missing_letters")
def write_missing_letters() -> None:
    """Ask for the letter of every answer that left a short while ago and has none; for certificates too."""
    for municipality in Municipality.objects.order_by("pk"):
        with in_municipality(municipality):
            for answer in answers_without_letter(LETTERS_AT_ONCE):
                enqueue("tickets.write_letter", municipality=municipality, key=f"letter:{answer.pk}", answer=answer.pk)
            for act in acts_without_certificate(LETTERS_AT_ONCE):
                enqueue("tickets.write_certificate", municipality=municipality, key=f"certificate:{act.pk}", act=act.pk)


@task(name="tickets.export_list", isolated=True)
def export_list(export: int) -> None:
    """Make the file of a list that was too long to wait for, and leave it in the inbox of who asked."""
    exporting.deliver(export)


@task(name="tickets.copy_file", isolated=True, retries=2)
def copy_file(copy: int) -> None:
    """Make the ZIP of an electronic file that was too long to wait for, and leave it in the inbox of who asked."""
    file_copies.deliver(copy)


@task(name="tickets.import_file", isolated=True, retries=IMPORT_RETRIES, takes_context=True)
def import_file(context: TaskContext, run: int) -> None:
    """Check or import a file. Killed half-way, it goes on after the last batch that was committed."""
    try:
        importing.carry_on(ImportRun.objects.get(pk=run))
    except Exception:
        if context.attempt > IMPORT_RETRIES:
            importing.give_up(ImportRun.objects.get(pk=run))
        raise
    statistics.refresh()  # thousands of rows came at once


@every(minutes=10)
@task(name="tickets.refresh_maps")
def refresh_maps() -> None:
    """Ask every municipality to count the squares of its public map again."""
    for municipality in Municipality.objects.order_by("pk"):
        enqueue("tickets.refresh_cells", municipality=municipality, key=f"cells:{municipality.pk}")


@task(name="tickets.refresh_cells")
def refresh_cells() -> None:
    """Count the squares of the public map, in the municipality of the scope."""
    cells.refresh_cells()


@every(minutes=2)
@task(name="tickets.fetch_mail")
def fetch_mail() -> None:
    """Ask for a visit to the mailbox of each municipality that has one: a slow server delays no other."""
    for municipality in Municipality.objects.all():
        with in_municipality(municipality):
            server = mail_server()
        if server is not None and server.incoming_host:
            enqueue("tickets.read_mailbox", municipality=municipality, key=f"mailbox:{municipality.pk}")


@task(name="tickets.read_mailbox", retries=0)
def read_mailbox() -> dict[str, Any]:
    """Take the unread mails. A mailbox that does not open is tried again at the next round; the result says why."""
    server = mail_server()
    if server is None or not server.incoming_host:
        return {}
    try:
        return asdict(mailbox.fetch(server))
    except imap.MailboxError as error:
        return {"error": error.code}


@daily(at="02:20")
@task(name="tickets.begin_forgetting")
def begin_forgetting() -> None:
    """Ask each municipality to anonymise what has been kept long enough."""
    for municipality in Municipality.objects.order_by("pk"):
        enqueue("tickets.anonymise_expired", municipality=municipality, key="anonymise")
        enqueue("tickets.erase_made_files", municipality=municipality, key="made-files")
        enqueue("tickets.forget_refused_mail", municipality=municipality, key="forget-mail")
        enqueue("tickets.forget_attempts", municipality=municipality, key="forget-attempts")


@task(name="tickets.anonymise_expired")
def anonymise_expired() -> None:
    """Anonymise the requests whose rule has expired, in the municipality of the scope."""
    while done := retention.anonymise_expired(timezone.localdate()):
        progress(done)


@task(name="tickets.forget_attempts")
def forget_attempts() -> None:
    """Drop the counts of tries that have ended, in the municipality of the scope."""
    attempts.forget_attempts(timezone.now())


@task(name="tickets.forget_refused_mail")
def forget_refused_mail() -> None:
    """Erase the words of mails that were refused long ago, in the municipality of the scope."""
    mail_correcting.forget_refused(timezone.now())


@task(name="tickets.erase_made_files")
def erase_made_files() -> None:
    """Erase the files made a week ago for people to take away, in the municipality of the scope."""
    exporting.erase_made_files(timezone.now())
