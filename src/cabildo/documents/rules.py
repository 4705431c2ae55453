"""What may be shown to whom and how, and how names and codes are written. No Django here."""

import re
import secrets
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cabildo.kit import checkdigit


class MediaType(StrEnum):
    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ODT = "application/vnd.oasis.opendocument.text"
    TEXT = "text/plain"
    CSV = "text/csv"
    ZIP = "application/zip"  # only what this installation made itself


EXTENSIONS = {
    MediaType.JPEG: ".jpg",
    MediaType.PNG: ".png",
    MediaType.WEBP: ".webp",
    MediaType.PDF: ".pdf",
    MediaType.DOCX: ".docx",
    MediaType.XLSX: ".xlsx",
    MediaType.ODT: ".odt",
    MediaType.TEXT: ".txt",
    MediaType.CSV: ".csv",
    MediaType.ZIP: ".zip",
}
IMAGES = frozenset({MediaType.JPEG, MediaType.PNG, MediaType.WEBP})
INLINE = IMAGES | {MediaType.PDF}
NAME_LENGTH = 120
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L
CODE_LENGTH = 11  # 31**11 codes: nobody finds one by trying
UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|]+')


@dataclass(frozen=True)
class Reader:
    """Who asks for a document: each answer comes from the owner's register, False when it does not say."""

    as_staff: bool = False
    as_requester: bool = False
    as_public: bool = False


def may_read(visibility: str, reader: Reader) -> bool:
    """Staff whom the owner lets in read everything; a requester what is theirs; the public what is public."""
    if reader.as_staff:
        return True
    if visibility == "requester":
        return reader.as_requester
    return visibility == "public" and (reader.as_requester or reader.as_public)


def may_show_inline(media_type: str, warnings: Collection[str]) -> bool:
    """Images and quiet PDFs open in the browser; everything else is only downloaded."""
    return media_type in INLINE and not warnings


def safe_name(name: str, media_type: MediaType) -> str:
    """The name a person gave, without folders, control or direction marks, with the true extension."""
    base = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(c for c in base if unicodedata.category(c)[0] != "C")
    stem = UNSAFE_IN_NAMES.sub(" ", visible).strip()
    known, dot, extension = stem.rpartition(".")
    if dot and len(extension) <= 5 and " " not in extension:
        stem = known
    wanted = EXTENSIONS[media_type]
    return (stem[: NAME_LENGTH - len(wanted)].strip(" .") or "documento") + wanted


def new_code() -> str:
    """A verification code such as "7KQM-2WXA-9TRB": eleven random characters and a check one, no look-alikes."""
    while True:
        code = checkdigit.append("".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH)))
        if code[-1] in CODE_ALPHABET:
            return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def normal_code(typed: str) -> str | None:
    """A code as a person copied it, in its written form; None when it cannot be one."""
    plain = re.sub(r"[\s-]+", "", typed).upper()
    if len(plain) != CODE_LENGTH + 1 or not set(plain) <= set(CODE_ALPHABET) or not checkdigit.is_valid(plain):
        return None
    return "-".join(plain[start : start + 4] for start in range(0, len(plain), 4))


@dataclass(frozen=True)
class SignatureVerdict:
    """What can be said of a PDF's signature without network: `state` is one of choices.SignatureState."""

    state: str
    signer: str = ""
    signed_at: datetime | None = None


UNSIGNED = SignatureVerdict("none")


def signature_state(*, intact: bool, changed_afterwards: bool, trusted: bool) -> str:
    """A signature that does not cover what is read is invalid; one of unknown origin cannot be verified here."""
    if not intact or changed_afterwards:
        return "invalid"
    return "valid" if trusted else "not_verifiable"


def overall(verdicts: Sequence[SignatureVerdict]) -> SignatureVerdict:
    """The verdict on a document with several signatures is that on its worst one; signers are all named."""
    if not verdicts:
        return UNSIGNED
    worst = min(verdicts, key=lambda verdict: ("invalid", "not_verifiable", "valid").index(verdict.state))
    names = ", ".join(dict.fromkeys(verdict.signer for verdict in verdicts if verdict.signer))
    moments = [verdict.signed_at for verdict in verdicts if verdict.signed_at]
    return SignatureVerdict(worst.state, names, max(moments, default=None))
