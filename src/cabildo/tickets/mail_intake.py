"""What a mail holds, however badly it was made. Nothing here raises on any bytes, and nothing is kept as HTML."""

import hashlib
import html
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parseaddr

MAX_PARTS = 200
MAX_DEPTH = 20
MAX_ATTACHMENTS = 20
MAX_BODY = 200_000  # characters read of a body
MAX_NAME = 120
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
LINE_END = re.compile(r"(?i)<\s*(?:br|/p|/div|/tr|/li|/h[1-6])\b[^>]*>")
# what a malformed message makes the parser of the standard library raise
PARSER_ERRORS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, MemoryError)


@dataclass(frozen=True)
class Attachment:
    """A file of a mail, as it came."""

    name: str
    content: bytes


@dataclass(frozen=True)
class IncomingMail:
    """A mail in plain values. `identity` is its Message-ID or, without one, the hash of its bytes."""

    identity: str
    sender: str = ""
    sender_name: str = ""
    subject: str = ""
    text: str = ""
    in_reply_to: str = ""
    references: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    is_whole: bool = True


def parse(raw: bytes) -> IncomingMail:
    """The mail in these bytes. One that cannot be taken apart comes with its headers alone and `is_whole` False."""
    try:
        return _read(raw, BytesParser().parsebytes(raw))
    except PARSER_ERRORS:
        return parse_headers(raw)


def parse_headers(raw: bytes) -> IncomingMail:
    """Who writes, and about what; the body is left alone."""
    with suppress(*PARSER_ERRORS):
        return _described(raw, BytesHeaderParser().parsebytes(raw), is_whole=False)
    return IncomingMail(identity=_hash(raw), is_whole=False)


def _read(raw: bytes, message: Message) -> IncomingMail:
    leaves = list(_leaves(message))[:MAX_PARTS]
    files = [part for part in leaves if _is_file(part)]
    attachments = tuple(filter(None, map(_attachment, files[:MAX_ATTACHMENTS])))
    body = _body([part for part in leaves if not _is_file(part)])
    return _described(raw, message, is_whole=True, text=body, attachments=attachments)


def _described(raw: bytes, message: Message, **content: object) -> IncomingMail:
    name, address = parseaddr(_header(message, "From")[:1000])
    return IncomingMail(
        identity=_one_line(_header(message, "Message-ID")) or _hash(raw),
        sender=_one_line(address)[:254],
        sender_name=_one_line(name)[:160],
        subject=_one_line(_header(message, "Subject"))[:300],
        in_reply_to=_one_line(_header(message, "In-Reply-To")),
        references=_one_line(_header(message, "References")),
        headers=_headers(message),
        **content,  # type: ignore[arg-type]
    )


def _headers(message: Message) -> dict[str, str]:
    """Each header once, its first value; of Authentication-Results all, for any server on the way may have judged."""
    headers = {name.lower(): _one_line(_header(message, name)) for name in reversed(list(message.keys()))}
    judged = message.get_all("Authentication-Results") or []
    if judged:
        headers["authentication-results"] = " ".join(_one_line(str(value)) for value in judged)
    return headers


def _header(message: Message, name: str) -> str:
    """A header as text, whatever its encoded words claim to be."""
    value = str(message.get(name) or "")
    with suppress(*PARSER_ERRORS):
        return "".join(_decoded(part, charset) for part, charset in decode_header(value))
    return value


def _decoded(content: bytes | str, charset: str | None) -> str:
    if isinstance(content, str):
        return content
    for name in (charset or "utf-8", "utf-8", "cp1252"):
        with suppress(LookupError, ValueError):
            return content.decode(name)
    return content.decode("latin-1")


def _leaves(message: Message, depth: int = 0) -> Iterator[Message]:
    """The parts that hold something; a mail within the mail is opened too."""
    parts = message.get_payload()
    if not isinstance(parts, list):
        yield message
    elif depth < MAX_DEPTH:
        for part in parts:
            if isinstance(part, Message):
                yield from _leaves(part, depth + 1)


def _is_file(part: Message) -> bool:
    disposition = str(part.get("Content-Disposition") or "").strip().lower()
    return disposition.startswith("attachment") or bool(_file_name(part)) or part.get_content_maintype() != "text"


def _file_name(part: Message) -> str:
    with suppress(*PARSER_ERRORS):
        return _one_line(str(part.get_filename() or ""))[:MAX_NAME]
    return ""


def _attachment(part: Message) -> Attachment | None:
    content = _payload(part)
    extension = part.get_content_subtype()[:10]
    return Attachment(_file_name(part) or f"adjunto.{extension}", content) if content else None


def _payload(part: Message) -> bytes:
    with suppress(*PARSER_ERRORS):
        content = part.get_payload(decode=True)
        return content if isinstance(content, bytes) else b""
    return b""


def _body(parts: list[Message]) -> str:
    """The plain text when there is one, else what the HTML says."""
    plain = [part for part in parts if part.get_content_subtype() != "html"]
    text = "\n".join(_text(part) for part in plain).strip()
    return text or "\n".join(_told(_text(part)) for part in parts if part not in plain).strip()


def _text(part: Message) -> str:
    charset = None
    with suppress(*PARSER_ERRORS):
        charset = part.get_content_charset()
    text = _decoded(_payload(part), charset)[:MAX_BODY]
    return _storable(text.replace("\r\n", "\n").replace("\r", "\n"))


def _told(markup: str) -> str:
    """The words of an HTML body: no tag, no script, no style."""
    import nh3  # by the first mail in HTML, not by the start of the web

    broken = LINE_END.sub(lambda end: end[0] + "\n", markup)
    words = html.unescape(nh3.clean(broken, tags=set(), clean_content_tags={"script", "style", "title"}))
    return _storable("\n".join(" ".join(line.split()) for line in words.splitlines()))


def _one_line(text: str) -> str:
    """Without breaks, so that no header can carry another."""
    return " ".join(_storable(text).split())


def _storable(text: str) -> str:
    """Without control characters or halves of characters, which databases refuse."""
    return CONTROL.sub(" ", text.encode("utf-8", "replace").decode("utf-8"))


def _hash(raw: bytes) -> str:
    return "sha256:" + hashlib.sha256(raw).hexdigest()
