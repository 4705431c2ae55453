"""How messages come to be, leave, fail and are read; how the mail server is set and tried."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as say

from cabildo import audit, jobs
from cabildo.accounts.models import User
from cabildo.accounts.scoping import current_municipality
from cabildo.db.locking import lock_rows
from cabildo.notifications import imap, queries, rules, smtp, templates, wording
from cabildo.notifications.addresses import mail_domain
from cabildo.notifications.choices import Channel, State
from cabildo.notifications.composition import compose
from cabildo.notifications.errors import NotificationsError
from cabildo.notifications.models import InboxItem, MailServer, Message

SEND = "notifications.send"
SWEPT_AT_ONCE = 500


@dataclass(frozen=True)
class Verdict:
    """The result of a test, in words."""

    works: bool
    code: str
    sentence: str


def notify(
    template: str,
    to: User | str,
    context: Mapping[str, Any],
    dedup_key: str,
    *,
    on: Model | None = None,
    channels: Iterable[str] | None = None,
    url: str = "",
    not_before: datetime | None = None,
    answering: Mapping[str, str] | None = None,
) -> tuple[Message, ...]:
    """Write a message in the caller's transaction; it is sent once that commits, and never when it does not.

    `to` is an official (mail and inbox unless `channels` says otherwise) or an address (mail). A message whose
    `dedup_key` was already used in the municipality is not written again: the first one is returned, so name the event
    and the recipient in the key. `on` is what it is about, `url` where its inbox item leads, `not_before` its earliest
    sending. `answering` are the headers of the mail it answers: then loop protection applies and it joins the thread.
    """
    values = {"municipality": current_municipality(), **context}
    rendered = templates.render(templates.find(template), values)
    shared = {"template": template, "dedup_key": dedup_key, "subject": rendered.subject, "body": rendered.body}
    shared |= {"on_type": on._meta.label_lower, "on_id": str(on.pk)} if on else {}
    written = []
    for channel in channels or _usual_channels(to):
        if channel == Channel.INBOX:
            written.append(_to_inbox(to, url, shared))
        else:
            written.append(_to_outbox(to, not_before, answering, shared))
    return tuple(written)


def _usual_channels(to: User | str) -> tuple[str, ...]:
    return (Channel.MAIL,) if isinstance(to, str) else (Channel.MAIL, Channel.INBOX)


@transaction.atomic(savepoint=False)
def _to_inbox(to: User | str, url: str, shared: dict[str, Any]) -> Message:
    if isinstance(to, str):
        raise TypeError("only officials have an inbox")
    now = timezone.now()
    details = {"recipient_user": to, "state": State.SENT, "sent_at": now}
    message, created = _write(Channel.INBOX, now, {**shared, **details})
    if created:
        InboxItem.objects.create(municipality=message.municipality, user=to, message=message, url=url, created_at=now)
    return message


@transaction.atomic(savepoint=False)
def _to_outbox(
    to: User | str, not_before: datetime | None, answering: Mapping[str, str] | None, shared: dict[str, Any]
) -> Message:
    now = timezone.now()
    address = (to if isinstance(to, str) else to.email).strip()
    index = queries.address_index(address)
    reason = _why_suppressed(address, index, answering, now)
    due_at = None if reason else max(now, not_before or now)
    details = {
        "recipient": address,
        "recipient_index": index,
        "recipient_user": None if isinstance(to, str) else to,
        "message_id": rules.message_id(current_municipality().pk, shared["dedup_key"], mail_domain()),
        "answers_id": rules.one_line(_header(answering or {}, "message-id")),
        "state": State.SUPPRESSED if reason else State.QUEUED,
        "last_error": reason or "",
        "next_try_at": due_at,
    }
    message, created = _write(Channel.MAIL, now, {**shared, **details})
    if created and due_at:  # no key: nothing can be waiting for a message written just now
        jobs.enqueue(SEND, after=due_at, municipality=message.municipality_id, message=message.pk)
    return message


def _write(channel: str, now: datetime, details: dict[str, Any]) -> tuple[Message, bool]:
    key = details.pop("dedup_key")
    named = {"municipality": current_municipality(), "channel": channel, "dedup_key": key}
    try:  # nearly always it is new: ask only when it is not
        with transaction.atomic():
            return Message.objects.create(**named, **details, created_at=now), True
    except IntegrityError:
        return Message.objects.get(**named), False


def _why_suppressed(address: str, index: str, answering: Mapping[str, str] | None, now: datetime) -> str | None:
    server = queries.mail_server()
    reason = rules.why_not_to(address, server.own_addresses if server else ())
    if reason or answering is None:
        return reason
    if queries.answers_in_last_hour(index, now) >= rules.PER_RECIPIENT_PER_HOUR:
        return "too_many_answers"
    return rules.why_not_answer(answering)


def _header(headers: Mapping[str, str], name: str) -> str:
    return next((value for key, value in headers.items() if key.lower() == name), "")


def _enqueue(message: Message, due_at: datetime) -> None:
    jobs.enqueue(
        SEND, after=due_at, key=f"message:{message.pk}", municipality=message.municipality_id, message=message.pk
    )


def send_message(pk: int) -> None:
    """Send one waiting mail. At least once: one that was accepted but not noted is sent again under its Message-ID."""
    message = _claim(pk)
    if message is None:
        return
    server = queries.mail_server()
    # outside any transaction: a slow server must not hold a lock
    failure = smtp.deliver(compose(message, server), server)
    if failure is None:
        _note_sent(message)
    else:
        _note_failure(message, failure)


@transaction.atomic
def _claim(pk: int) -> Message | None:
    """Take a message for one attempt; None when it is done, not due, being sent, or its recipient has enough."""
    now = timezone.now()
    message = lock_rows(Message.objects.select_related("municipality").filter(pk=pk)).first()
    if message is None or message.state not in queries.WAITING or message.next_try_at > now:
        return None
    later = rules.postponed_until(queries.last_hour_to(message.recipient_index, now), now)
    if later:
        _wait(message, "rate_limited", later)
        return None
    message.state = State.SENDING
    message.attempts += 1
    message.next_try_at = now + rules.SENDING_LEASE
    message.save(update_fields=["state", "attempts", "next_try_at"])
    return message


@transaction.atomic
def _note_sent(message: Message) -> None:
    message.state, message.sent_at, message.next_try_at = State.SENT, timezone.now(), None
    message.last_error, message.reply_code = "", None
    message.save(update_fields=["state", "sent_at", "next_try_at", "last_error", "reply_code"])


@transaction.atomic
def _note_failure(message: Message, failure: smtp.Failure) -> None:
    message.reply_code = failure.reply_code
    if failure.final or not rules.may_try_again(message.attempts):
        message.state, message.last_error, message.next_try_at = State.FAILED, failure.code, None
        message.save(update_fields=["state", "last_error", "reply_code", "next_try_at"])
    else:
        _wait(message, failure.code, timezone.now() + rules.delay_after(message.attempts))


def _wait(message: Message, code: str, until: datetime) -> None:
    message.state, message.last_error, message.next_try_at = State.QUEUED, code, until
    message.save(update_fields=["state", "last_error", "reply_code", "next_try_at"])
    _enqueue(message, until)


def enqueue_overdue(now: datetime) -> int:
    """Ask again for the mails of this municipality that were due and did not leave; how many.

    Covers a lost job, and a worker killed between handing the mail over and noting it.
    """
    overdue = list(queries.overdue_messages(now)[:SWEPT_AT_ONCE])
    for message in overdue:
        _enqueue(message, now)
    return len(overdue)


@transaction.atomic
def retry_message(message: Message, *, by: User) -> None:
    """Try a failed mail again from the start, under the same Message-ID."""
    message = lock_rows(Message.objects.filter(pk=message.pk)).get()
    if message.state != State.FAILED:
        raise NotificationsError("not_failed")
    now = timezone.now()
    message.attempts = 0
    message.save(update_fields=["attempts"])
    _wait(message, message.last_error, now)
    audit.record("message.retried", on=message, by=by, reason=message.last_error)


@transaction.atomic
def erase_recipient(address: str, *, by: User | audit.Actor) -> int:
    """Forget address and texts of every message to an address; the log keeps when, what kind and how it ended."""
    found = Message.objects.filter(recipient_index=queries.address_index(address))
    found.filter(state__in=queries.WAITING).update(state=State.SUPPRESSED, next_try_at=None)
    count = found.update(recipient=None, subject=None, body=None, recipient_index="")
    audit.record("messages.erased", by=by, municipality_id=current_municipality().pk, data={"count": count})
    return count


def mark_read(items: Iterable[int], *, by: User) -> int:
    """Mark these inbox items of a person as read; those of others are left alone."""
    unread = InboxItem.objects.filter(user=by, pk__in=list(items), read_at__isnull=True)
    return unread.update(read_at=timezone.now())


def mark_all_read(*, by: User) -> int:
    return InboxItem.objects.filter(user=by, read_at__isnull=True).update(read_at=timezone.now())


@transaction.atomic
def save_mail_server(*, by: User | audit.Actor, **values: Any) -> MailServer:
    """Create or change the municipality's mail server; a password that is not given stays."""
    kept = {name: value for name, value in values.items() if value or not name.endswith("password")}
    server = queries.mail_server() or MailServer(municipality=current_municipality())
    for name, value in kept.items():
        setattr(server, name, value)
    server.full_clean()
    server.save()
    audit.record("mail_server.saved", on=server, by=by, data={"fields": sorted(kept)})
    return server


def try_outgoing_mail(server: MailServer | None, *, to: str) -> Verdict:
    """Send a test mail to an address and say in words how it went."""
    if not rules.is_address(to):
        raise NotificationsError("bad_address", address=to)
    if server is None:
        return _verdict("not_configured")
    message = Message(
        municipality=current_municipality(),
        recipient=to,
        subject=say("Prueba del correo de la municipalidad"),
        body=say("Si lee este mensaje, el correo de salida funciona."),
        message_id=rules.message_id(server.municipality_id, f"test:{timezone.now().isoformat()}", mail_domain()),
    )
    failure = smtp.deliver(compose(message, server), server)
    return _verdict(failure.code if failure else "outgoing_ok", works=failure is None, address=to)


def try_incoming_mail(server: MailServer | None) -> Verdict:
    """Open the mailbox without changing it and say in words what was found."""
    if server is None or not server.incoming_host:
        return _verdict("not_configured")
    try:
        with imap.mailbox(server, readonly=True) as (_connection, count):
            return _verdict("incoming_ok", works=True, folder=server.incoming_folder, count=count)
    except imap.MailboxError as error:
        return _verdict(error.code, folder=server.incoming_folder)


def _verdict(code: str, *, works: bool = False, **facts: Any) -> Verdict:
    return Verdict(works, code, wording.sentence(code, **facts))
