"""To whom may a message go, when, under which identity, and what follows from an answer of the mail server?"""

import hashlib
import re
from collections.abc import Collection, Mapping
from datetime import datetime, time, timedelta

from cabildo.kit.workdays import DAY, Calendar

PER_RECIPIENT_PER_HOUR = 20
ONE_HOUR = timedelta(hours=1)
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=2)
MAX_ATTEMPTS = 30  # with these delays, a little over two days
# Longer than every network time limit of one delivery together.
SENDING_LEASE = timedelta(minutes=5)
MAX_ADDRESS = 254  # RFC 5321 §4.5.3.1.3
MAX_SUBJECT = 200

_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"{_LOCAL}@{_LABEL}(?:\.{_LABEL})+")
_NO_REPLY = re.compile(
    r"(?:no[-_.]?repl(?:y|ies)|do[-_.]?not[-_.]?reply|no[-_.]?(?:responder|responda|contestar|conteste))(?:[-_.+].*)?",
    re.I,
)
_MACHINE = re.compile(
    r"(?:mailer[-_.]?daemon|postmaster|bounces?|listserv|majordomo)(?:[-_.+].*)?|owner-.+|.+-(?:owner|request|bounces?)",
    re.I,
)
_BULK = {"bulk", "list", "junk", "auto_reply"}
_ANSWERING_MACHINES = ("x-autoreply", "x-autorespond", "x-auto-reply", "x-loop")
_LISTS = ("list-id", "list-unsubscribe", "list-post")


def is_address(text: str) -> bool:
    """Whether the text is one plain address that can be sent to: no name, no line break, ASCII before the @."""
    return len(text) <= MAX_ADDRESS and _ADDRESS.fullmatch(text) is not None


def normal_address(text: str) -> str:
    """The form in which addresses are compared: without spaces around, lower case."""
    return text.strip().lower()


def why_not_to(address: str, own_addresses: Collection[str]) -> str | None:
    """Why no machine should write to this address: invalid_address, own_address, no_reply, machine; None when it may.

    Own addresses include the incoming one: a mail to it would open a request about itself.
    """
    if not is_address(address):
        return "invalid_address"
    if normal_address(address) in {normal_address(own) for own in own_addresses}:
        return "own_address"
    local = address.partition("@")[0]
    if _NO_REPLY.fullmatch(local):
        return "no_reply"
    return "machine" if _MACHINE.fullmatch(local) else None


def why_not_answer(headers: Mapping[str, str]) -> str | None:
    """Why a mail with these headers must not be answered by a machine (RFC 3834 §2); None when it may.

    automatic: sent by a program; list: from a list or in bulk; bounce: a delivery report; unproven_sender: the
    receiving server found that the sender is not who it says, so that the answer would go to a third person.
    """
    given = {name.lower(): value.strip().lower() for name, value in headers.items()}
    if given.get("return-path") == "<>" or given.get("content-type", "").startswith("multipart/report"):
        return "bounce"
    if given.get("auto-submitted", "no").partition(";")[0].strip() != "no" or any(
        h in given for h in _ANSWERING_MACHINES
    ):
        return "automatic"
    suppressed = {word.strip() for word in given.get("x-auto-response-suppress", "").split(",")}
    if suppressed & {"all", "autoreply", "oof"}:
        return "automatic"
    if given.get("precedence") in _BULK or any(header in given for header in _LISTS):
        return "list"
    if re.search(r"\b(?:dmarc|spf)=fail\b", given.get("authentication-results", "")):
        return "unproven_sender"
    return None


def message_id(municipality_id: int, dedup_key: str, domain: str) -> str:
    """The Message-ID of whatever is sent under this key: the same on every attempt, and it reveals nothing."""
    digest = hashlib.sha256(f"{municipality_id}:{dedup_key}".encode()).hexdigest()
    return f"<{digest[:40]}@{domain}>"


def delay_after(attempts: int) -> timedelta:
    """How long to wait after that many failed attempts: a minute, doubled each time, at most two hours."""
    return min(FIRST_DELAY * 2 ** min(max(attempts - 1, 0), 20), LONGEST_DELAY)


def may_try_again(attempts: int) -> bool:
    """Whether a message is worth another attempt: for a little over two days."""
    return attempts < MAX_ATTEMPTS


def is_permanent(reply_code: int) -> bool:
    """Whether the server's answer is final (5yz, RFC 5321 §4.2.1)."""
    return reply_code >= 500


def postponed_until(sent_at: Collection[datetime], now: datetime) -> datetime | None:
    """When the next message to a recipient may leave, given those of the last hour; None for now."""
    recent = sorted(instant for instant in sent_at if instant > now - ONE_HOUR)
    return recent[-PER_RECIPIENT_PER_HOUR] + ONE_HOUR if len(recent) >= PER_RECIPIENT_PER_HOUR else None


def send_not_before(now: datetime, calendar: Calendar, *, opens: time = time(8), closes: time = time(18)) -> datetime:
    """`now` in working hours, else the next opening on a business day; aware, in the zone of `now`."""
    if calendar.is_business_day(now.date()) and opens <= now.time() < closes:
        return now
    day = now.date() if now.time() < opens else now.date() + DAY
    return datetime.combine(calendar.next_business_day(day), opens, now.tzinfo)


def one_line(text: str) -> str:
    """The text as a subject: line breaks become spaces, so that nothing in it can start another header."""
    return " ".join(text.split())[:MAX_SUBJECT]


def masked(address: str) -> str:
    """«r•••@ejemplo.cl»: enough to recognise an address one knows, not enough to learn it."""
    local, _, domain = address.partition("@")
    return f"{local[:1]}•••@{domain}" if domain else "•••"
