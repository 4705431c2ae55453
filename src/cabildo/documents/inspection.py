"""What is this file, judged by its content alone, and in which form is it kept?"""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as say

from cabildo.documents import engine_images, engine_signatures, office
from cabildo.documents.errors import DocumentsError
from cabildo.documents.rules import MediaType

if TYPE_CHECKING:
    import puremagic

IMAGE_STARTS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"avif"}
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF_END = b"%%EOF"
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MARKUP = re.compile(r"<\s*(?:!doctype|html|svg|script|iframe|\?xml|\?php|body|object|embed)", re.IGNORECASE)
DELIMITERS = ";,\t|"


@dataclass(frozen=True)
class Examined:
    """The bytes to keep, what they are, and what a reader should be warned about."""

    content: bytes
    media_type: MediaType
    warnings: tuple[str, ...] = ()


def examine(content: bytes, name: str) -> Examined:
    """Recognise and clean an upload; DocumentsError with a Spanish sentence when it may not come in."""
    if not content:
        raise DocumentsError("empty", name=name)
    if content.startswith(IMAGE_STARTS) or _is_webp(content):
        return Examined(*engine_images.reencode(content, name))
    if content.startswith(b"%PDF-"):
        return _pdf(content, name)
    if content.startswith(b"PK\x03\x04"):
        return Examined(content, office.media_type(content, name))
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        raise DocumentsError("heic", name=name)
    if content.startswith(OLE_START):
        raise DocumentsError("old_office", name=name)
    return _text(content, name)


def _is_webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _pdf(content: bytes, name: str) -> Examined:
    tail = content[content.rfind(PDF_END) + len(PDF_END) :]
    if PDF_END not in content:
        raise DocumentsError("unreadable", name=name)
    if tail.strip(b"\r\n\t \x00"):
        raise DocumentsError("mixed", name=name)
    return Examined(content, MediaType.PDF, engine_signatures.active_content(content, name))


def _text(content: bytes, name: str) -> Examined:
    """Plain text is what no signature claims, decodes without control characters and is no markup."""
    text = _decoded(content)
    if text is None or text.startswith(("#!", "MZ")) or MARKUP.search(text) or _claimed(content):
        raise DocumentsError("type_refused", name=name, found=_guess(content))
    return Examined(text.encode(), MediaType.CSV if _is_table(text) else MediaType.TEXT)


def _decoded(content: bytes) -> str | None:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if CONTROL.search(text) else text
    return None


def _is_table(text: str) -> bool:
    """At least two lines, all with the same separators: what a spreadsheet would open in columns."""
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    return len(lines) > 1 and any(
        lines[0].count(mark) and len({line.count(mark) for line in lines}) == 1 for mark in DELIMITERS
    )


def _claimed(content: bytes) -> bool:
    return any(match.confidence >= 0.5 and match.mime_type for match in _matches(content))


def _guess(content: bytes) -> str:
    """What the file seems to be, for the sentence that refuses it."""
    matches = _matches(content)
    if content.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        return say("programa")
    return next((match.mime_type for match in matches if match.mime_type), say("formato desconocido"))


def _matches(content: bytes) -> "list[puremagic.PureMagicWithConfidence]":
    """By the table of signatures, which takes a megabyte and is loaded with the first file."""
    import puremagic

    try:
        return puremagic.magic_string(content[:65536])
    except (puremagic.PureError, ValueError):
        return []
