"""What does a mail say by itself, which request does it name, and is it one to take at all?"""

import re
from collections.abc import Collection, Iterable, Mapping

from cabildo.notifications import rules as delivery
from cabildo.tickets.rules.folio import normal_folio

MESSAGE_ID = re.compile(r"<[^<>\s]{1,300}>")
FOLIO = re.compile(r"\bS[-\s]?\d{4}[-\s]?\d{6,9}[-\s]?[0-9A-Z]\b", re.I)
# where the answered mail begins, as the usual programs write it
QUOTE_STARTS = re.compile(
    r"^(?:"
    r"(?:El|On)\b.{5,200}(?:escribió|escribio|wrote)\s*:"
    r"|-{2,}\s*(?:Mensaje original|Original Message|Mensaje reenviado).*"
    r"|_{10,}"
    r"|(?:De|From):\s.+@.+"
    r")\s*$",
    re.I,
)
SIGNATURE = re.compile(r"^-- ?$")
UNTAKEN = frozenset({"bounce", "automatic", "list"})
UNPROVEN = "unproven_sender"
REFUSED_KEPT_DAYS = 90  # to correct a wrong refusal; then its words are forgotten


def why_not_take(headers: Mapping[str, str], sender: str, own: Collection[str]) -> str | None:
    """Why a mail is nobody asking for something: bounce, automatic, list, own_address, machine. None when it may be.

    A sender that was not proven, or that takes no answers, asks all the same: see `may_answer`.
    """
    reason = delivery.why_not_answer(headers)
    if reason in UNTAKEN:
        return reason
    refused = delivery.why_not_to(sender, own)
    return refused if refused in {"own_address", "machine"} else None


def may_answer(headers: Mapping[str, str], sender: str, own: Collection[str]) -> bool:
    """Whether a receipt may go to this sender, and what it says count as said by its owner."""
    return delivery.why_not_answer(headers) is None and delivery.why_not_to(sender, own) is None


def folios_in(subject: str) -> list[str]:
    """Folios written in a subject, in their normal form; a wrong check character is none."""
    found = (normal_folio(match) for match in FOLIO.findall(subject[:500]))
    return list(dict.fromkeys(folio for folio in found if folio))


def message_ids(*headers: str) -> list[str]:
    """The Message-IDs of In-Reply-To and References, the nearest first."""
    return list(dict.fromkeys(found for header in headers for found in reversed(MESSAGE_ID.findall(header[:20_000]))))


def own_words(text: str) -> str:
    """What the person wrote now: without the mail it answers nor what follows a signature mark; all if none."""
    lines = []
    for line in text.splitlines():
        if QUOTE_STARTS.match(line[:400].strip()) or SIGNATURE.match(line):
            break
        if not line.lstrip().startswith(">"):
            lines.append(line.rstrip())
    return _squeezed(lines) or _squeezed(text.splitlines())


def _squeezed(lines: Iterable[str]) -> str:
    """Without blank lines at the ends, and at most one between others."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
