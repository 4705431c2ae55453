"""The signature port: ways to sign a document, each registered under a name.

A signer takes the rendered PDF and returns the one to deliver with what can be said of its signature.
"""

from dataclasses import dataclass
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cabildo.documents import engine_signatures
from cabildo.documents.errors import DocumentsError
from cabildo.documents.rules import UNSIGNED, SignatureVerdict


@dataclass(frozen=True)
class SigningRequest:
    """What is to be signed. `signed_upload` is the PDF a person signed with their own certificate.

    `handed_out` is the fingerprint of the pages that person was given, when it is known; else that of `pdf` counts.
    `signer_run` ("12345678-5") and `one_time_code` are what remote services ask for.
    """

    pdf: bytes
    name: str
    signed_upload: bytes = b""
    handed_out: str = ""
    signer_run: str = ""
    one_time_code: str = ""


@dataclass(frozen=True)
class Signed:
    """The PDF to deliver and the verdict on its signature."""

    pdf: bytes
    verdict: SignatureVerdict


class Signer(Protocol):
    @property
    def name(self) -> str:
        """Stored with each document: it does not change."""

    @property
    def label(self) -> str | Promise:
        """What the official who signs reads."""

    def is_on(self) -> bool:
        """Is it configured in this installation?"""

    def sign(self, request: SigningRequest) -> Signed:
        """Sign, or refuse with a DocumentsError."""


class VerificationCode:
    """No certificate: the printed code leads to a public page that shows the hash of what was issued."""

    name = "verification_code"
    label = _("Código de verificación")

    def is_on(self) -> bool:
        return True

    def sign(self, request: SigningRequest) -> Signed:
        return Signed(request.pdf, UNSIGNED)


class UploadedSigned:
    """An official downloads the PDF, signs it with their own certificate and uploads it."""

    name = "uploaded"
    label = _("PDF firmado por el funcionario")

    def is_on(self) -> bool:
        return True

    def sign(self, request: SigningRequest) -> Signed:
        if not request.signed_upload.startswith(b"%PDF-"):
            raise DocumentsError("not_pdf", name=request.name)
        verdict = engine_signatures.inspect_signature(request.signed_upload)
        if verdict.state == "none":
            raise DocumentsError("signature_missing", name=request.name)
        if verdict.state == "invalid":
            raise DocumentsError("signature_invalid", name=request.name)
        shown = engine_signatures.pages_fingerprint(request.signed_upload)
        if not shown or shown != (request.handed_out or engine_signatures.pages_fingerprint(request.pdf)):
            raise DocumentsError("not_handed_out", name=request.name)
        return Signed(request.signed_upload, verdict)


_signers: dict[str, Signer] = {}


def register(new: Signer) -> None:
    _signers[new.name] = new


def signer(name: str) -> Signer:
    """The signer of that name; DocumentsError when there is none or it is off here."""
    found = _signers.get(name)
    if found is None:
        raise DocumentsError("signer_unknown", name=name)
    if not found.is_on():
        raise DocumentsError("signer_off", name=found.label)
    return found


def available() -> list[Signer]:
    """The signers that can be used in this installation, in the order they were registered."""
    return [known for known in _signers.values() if known.is_on()]


register(VerificationCode())
register(UploadedSigned())
