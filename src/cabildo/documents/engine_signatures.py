"""Everything asked of a PDF's inside: active content, signatures, signing. The only importer of pyhanko.

Nothing here uses the network: a chain whose root is not installed is «no verificable aquí», never «válida».
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from cabildo.documents.errors import DocumentsError
from cabildo.documents.rules import SignatureVerdict, overall, signature_state

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko_certvalidator import ValidationContext

MAX_OBJECTS = 200_000
ACTIVE_ACTIONS = {
    "/JavaScript": "javascript",
    "/Launch": "launch",
    "/SubmitForm": "submit",
    "/ImportData": "import",
    "/GoToE": "embedded",
    "/RichMedia": "media",
}
ACTIVE_KEYS = {"/JS": "javascript", "/EmbeddedFiles": "embedded", "/XFA": "form"}
UNCHECKED = "unchecked"
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)  # its warnings name the signers: personal data


def inspect_signature(pdf: bytes) -> SignatureVerdict:
    """Valid, invalid, not verifiable here, or none; who signed and when the signature says it was made."""
    reader = _reader(pdf)
    if reader is None:
        return overall([])
    context = _context()
    newest = reader.xrefs.total_revisions - 1
    end = len(pdf.rstrip(b"\r\n\t \x00"))
    return overall(
        [
            _verdict(signature, context, leftover=signature.signed_revision == newest and _covers_to(signature) < end)
            for signature in reader.embedded_regular_signatures
        ]
    )


def _covers_to(signature: "EmbeddedPdfSignature") -> int:
    """Offset of the last byte that the signature covers."""
    return int(signature.byte_range[-2]) + int(signature.byte_range[-1])


def _verdict(signature: "EmbeddedPdfSignature", context: "ValidationContext", *, leftover: bool) -> SignatureVerdict:
    """`leftover`: bytes follow the signed ones without being a revision of the document."""
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation import validate_pdf_signature

    signer = _name(signature)
    try:
        status = validate_pdf_signature(signature, context)
    except Exception:  # a signature that cannot even be read proves nothing, whatever pyhanko raises
        return SignatureVerdict("invalid", signer)
    level = status.modification_level
    changed = leftover or level is None or level > ModificationLevel.FORM_FILLING or status.docmdp_ok is False
    intact = status.intact and status.valid
    state = signature_state(intact=intact, changed_afterwards=changed, trusted=status.trusted)
    return SignatureVerdict(state, signer, status.signer_reported_dt)


def _name(signature: "EmbeddedPdfSignature") -> str:
    try:
        return str(signature.signer_cert.subject.native.get("common_name", ""))
    except (AttributeError, ValueError, TypeError):
        return ""


def _context() -> "ValidationContext":
    """Trusts the certificates in the folder `SIGNATURE_TRUST_ROOTS`, and no others."""
    from pyhanko.keys import load_certs_from_pemder
    from pyhanko_certvalidator import ValidationContext

    folder = getattr(settings, "SIGNATURE_TRUST_ROOTS", None)
    files = sorted(str(path) for path in Path(folder).glob("*") if path.is_file()) if folder else []
    roots = list(load_certs_from_pemder(files))  # type: ignore[no-untyped-call]
    return ValidationContext(trust_roots=roots, allow_fetching=False)


def active_content(pdf: bytes, name: str) -> tuple[str, ...]:
    """Codes of what the PDF could run or open by itself; `unchecked` when it cannot be walked.

    Raises DocumentsError `locked` when it opens only with a password.
    """
    reader = _reader(pdf)
    if reader is None:
        return (UNCHECKED,)
    _unlock(reader, name)
    try:
        return tuple(sorted({found for value in _values(reader) for found in _active(value)}))
    except Exception:  # pyhanko raises many classes on broken files; unknown content is not trusted
        return (UNCHECKED,)


def _reader(pdf: bytes) -> "PdfFileReader | None":
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(pdf), strict=False)
        reader.root  # noqa: B018  reading it proves that the file has a body
    except Exception:  # hostile or broken files fail in many ways
        return None
    return reader


def _unlock(reader: "PdfFileReader", name: str) -> None:
    """Many certificates of public services are encrypted with an empty password: those open."""
    from pyhanko.pdf_utils.crypt import AuthStatus

    if not reader.encrypted:
        return
    try:
        status = reader.decrypt("").status
    except Exception as error:  # encrypted for a certificate, or in an unknown way
        raise DocumentsError("locked", name=name) from error
    if status == AuthStatus.FAILED:
        raise DocumentsError("locked", name=name)


def _values(reader: "PdfFileReader") -> Iterator[dict]:
    """Every dictionary reachable from the catalogue, each once; ValueError past MAX_OBJECTS."""
    from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject

    pending: list[Any] = [reader.root]
    seen: set[tuple[int, int]] = set()
    while pending:
        value: Any = pending.pop()
        if len(seen) > MAX_OBJECTS:
            raise ValueError("too many objects to walk")
        if isinstance(value, IndirectObject):
            if (value.idnum, value.generation) in seen:
                continue
            seen.add((value.idnum, value.generation))
            value = value.get_object()  # type: ignore[no-untyped-call]
        if isinstance(value, DictionaryObject):
            yield value
            pending.extend(value.raw_get(key) for key in value)
        elif isinstance(value, ArrayObject):
            pending.extend(value.raw_get(place) for place in range(len(value)))


def _active(value: dict) -> Iterator[str]:
    action = value.get("/S")
    if isinstance(action, str) and action in ACTIVE_ACTIONS:
        yield ACTIVE_ACTIONS[action]
    for key, found in ACTIVE_KEYS.items():
        if key in value:
            yield found


@dataclass(frozen=True)
class Identity:
    """A certificate and its private key, both in PEM."""

    certificate: bytes
    key: bytes


def self_made_identity(common_name: str, *, days: int = 365) -> Identity:
    """A certificate nobody else vouches for: for trials, where a true one would be «no verificable aquí» too."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import rsa

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)])
    usage = dict.fromkeys(
        (
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(datetime.now(UTC) + timedelta(days=days))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    encoded = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return Identity(certificate.public_bytes(serialization.Encoding.PEM), encoded)


def sign_pdf(pdf: bytes, identity: Identity, *, field: str = "Firma", reason: str = "") -> bytes:
    """The PDF with one more invisible signature, added as a revision: what was signed before stays whole."""
    from pyhanko.keys import load_private_key_from_pemder_data
    from pyhanko.keys.pemder import load_certs_from_pemder_data
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    certificate = next(iter(load_certs_from_pemder_data(identity.certificate)))
    signer = signers.SimpleSigner(
        signing_cert=certificate,
        signing_key=load_private_key_from_pemder_data(identity.key, passphrase=None),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]
    )
    out = signers.sign_pdf(
        IncrementalPdfFileWriter(BytesIO(pdf), strict=False),
        signers.PdfSignatureMetadata(field_name=field, reason=reason or None),
        signer=signer,
    )
    return out.getvalue()
