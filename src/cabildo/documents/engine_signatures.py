"""Everything asked of a PDF's inside: active content, signatures, signing. The only importer of pyhanko.

Nothing here uses the network: a chain whose root is not installed is «no verificable aquí», never «válida».
"""

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.conf import settings

from cabildo.documents.errors import DocumentsError
from cabildo.documents.rules import SignatureVerdict, overall, signature_state

if TYPE_CHECKING:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
    from pyhanko_certvalidator import ValidationContext

MAX_OBJECTS = 200_000
MAX_PAGES = 2_000  # more than any letter: a tree of pages may name the same ones without end
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
# What a reader sees of a page; the page tree hands most of it down.
SHOWN = ("/Annots", "/Contents", "/CropBox", "/MediaBox", "/Resources", "/Rotate", "/UserUnit")
# How an object is kept or where it hangs: it changes when a program writes the file again, and shows nothing.
KEEPING = {"/Length", "/Filter", "/DecodeParms", "/P", "/Parent", "/StructParent", "/StructParents"}
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

    folder = settings.SIGNATURE_TRUST_ROOTS
    files = sorted(str(path) for path in folder.glob("*") if path.is_file()) if folder else []
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


def pages_fingerprint(pdf: bytes) -> str:
    """What its pages show, as 64 hexadecimal digits: the same before and after it is signed. "" when unreadable.

    Signature fields are left out and objects are compared by what they say, so it holds for an incremental update
    and for a file written anew. A prefix would not do: an update may draw a page again before it is signed.
    """
    reader = _reader(pdf)
    if reader is None:
        return ""
    digest, known = hashlib.sha256(), dict[tuple[int, int], bytes]()
    try:
        for page in islice(_pages(reader.root["/Pages"], {}), MAX_PAGES):
            digest.update(_fingerprint(page, known))
    except Exception:  # hostile or broken files fail in many ways
        return ""
    return digest.hexdigest()


def _pages(node: Any, inherited: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What each leaf of the page tree shows, in order."""
    own = inherited | {key: node.raw_get(key) for key in SHOWN if key in node}
    if "/Kids" in node:
        for kid in _each(node, "/Kids"):
            yield from _pages(kid, own)
        return
    drawn = b"\n".join(_plain(stream) for stream in _each(node, "/Contents"))
    beside = [annotation for annotation in _each(node, "/Annots") if not _is_signature_field(annotation)]
    yield own | {"/Contents": drawn.strip(), "/Annots": beside}


def _each(node: Any, key: str) -> list[Any]:
    """The items of an array, references followed; a single stream may stand for an array of one."""
    if key not in node:
        return []
    value = node[key]  # `get` would not follow the reference
    return [value] if hasattr(value, "encoded_data") else [value[place] for place in range(len(value))]


def _is_signature_field(annotation: Any) -> bool:
    holder = annotation["/Parent"] if "/FT" not in annotation and "/Parent" in annotation else annotation
    return bool(annotation.get("/Subtype") == "/Widget" and holder.get("/FT") == "/Sig")


def _fingerprint(value: Any, known: dict[tuple[int, int], bytes]) -> bytes:
    """The digest of a value by what it says, each indirect object once."""
    from pyhanko.pdf_utils.generic import IndirectObject

    if isinstance(value, IndirectObject):
        place = (value.idnum, value.generation)
        if place not in known:
            known[place] = b"itself"  # what it answers to its own descendants
            known[place] = _fingerprint(value.get_object(), known)  # type: ignore[no-untyped-call]
        return known[place]
    digest = hashlib.sha256()
    for part in _parts(value, known):
        digest.update(len(part).to_bytes(8) + part)
    return digest.digest()


def _parts(value: Any, known: dict[tuple[int, int], bytes]) -> Iterator[bytes]:
    from pyhanko.pdf_utils.generic import NullObject

    raw = getattr(value, "raw_get", None)
    if hasattr(value, "encoded_data"):
        yield _plain(value)
    if isinstance(value, dict):
        for key in sorted(set(value) - KEEPING):
            yield key.encode()
            yield _fingerprint(raw(key) if raw else value[key], known)
    elif isinstance(value, list):
        for place in range(len(value)):
            yield _fingerprint(raw(place) if raw else value[place], known)
    elif isinstance(value, int | float | Decimal):
        yield f"{Decimal(str(value)).normalize():f}".encode()
    elif not isinstance(value, NullObject):
        yield value if isinstance(value, bytes) else str(value).encode()


def _plain(stream: Any) -> bytes:
    """What a stream holds, unpacked; as it is when it is a picture in a packing of its own (JPEG)."""
    try:
        return bytes(stream.data)
    except NotImplementedError:
        return bytes(stream.encoded_data)


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
