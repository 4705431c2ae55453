"""How files come in, change who sees them and are erased; how documents are issued and signed."""

import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from cabildo import audit
from cabildo.accounts.scoping import current_municipality
from cabildo.documents import engine_signatures, owners, rules, signing, storage
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.errors import DocumentsError
from cabildo.documents.inspection import Examined, examine
from cabildo.documents.models import Document, SignedDocument
from cabildo.documents.rules import MediaType

MEGABYTE = 1024 * 1024
DEFAULT_LIMIT = 10 * MEGABYTE


def size_limit(kind: str) -> int:
    """Bytes a file of this kind may weigh: `DOCUMENTS_MAX_BYTES[kind]` in the settings, else 10 MB."""
    return settings.DOCUMENTS_MAX_BYTES.get(kind, DEFAULT_LIMIT)


def most_megabytes(kind: str) -> int:
    """The same limit in whole megabytes, as people are told it."""
    return size_limit(kind) // MEGABYTE


def store_upload(file: File, *, owner: Model, kind: str, visibility: str, by: Any) -> Document:
    """Check, clean and keep what someone sent. Raises DocumentsError with a sentence for that person.

    The type is found by content. Images lose their EXIF and are at most 2560 px; the hash is of the bytes kept.
    """
    name = PurePath(str(file.name or "archivo")).name[:80]
    limit = size_limit(kind)
    content = file.read(limit + 1)
    if len(content) > limit:
        raise DocumentsError("too_large", name=name, limit=most_megabytes(kind))
    return _keep(examine(content, name), name=name, owner=owner, kind=kind, visibility=visibility, by=by)


def store_generated(
    content: bytes,
    *,
    name: str,
    owner: Model,
    kind: str,
    visibility: str,
    by: Any,
    media_type: MediaType = MediaType.PDF,
) -> Document:
    """Keep a file this installation made itself."""
    made = Examined(content, media_type)
    return _keep(made, name=name, owner=owner, kind=kind, visibility=visibility, by=by)


def _keep(found: Examined, *, name: str, owner: Model, kind: str, visibility: str, by: Any) -> Document:
    """Bytes first, then the row: the disk is not waited for while the database is locked."""
    owner_type, owner_id = owners.identity(owner)
    municipality, now = current_municipality(), timezone.now()
    path = storage.write(found.content, municipality_id=municipality.pk, day=timezone.localdate(now))
    document = Document(
        municipality=municipality,
        owner_type=owner_type,
        owner_id=owner_id,
        original_name=rules.safe_name(name, found.media_type),
        media_type=found.media_type,
        size=len(found.content),
        sha256=hashlib.sha256(found.content).hexdigest(),
        kind=Kind(kind),
        visibility=Visibility(visibility),
        warnings=list(found.warnings),
        path=path,
        created_by=_user(by),
        created_at=now,
    )
    try:
        return _record(document, by=by)
    except BaseException:
        storage.remove(path)
        raise


@transaction.atomic
def _record(document: Document, *, by: Any) -> Document:
    document.save(force_insert=True)
    owner = [document.owner_type, document.owner_id]
    audit.record("document.stored", on=document, by=by, data={"owner": owner, "kind": document.kind})
    return document


def _user(by: Any) -> Any:
    return by if isinstance(by, Model) else None


@transaction.atomic
def change_visibility(document: Document, *, visibility: str, by: Any, reason: str = "") -> Document:
    """Open or close a document to the requester or the public; `reason` is a code."""
    document.visibility = Visibility(visibility)
    document.save(update_fields=["visibility"])
    audit.record("document.visibility_changed", on=document, by=by, reason=reason, data={"to": visibility})
    return document


@transaction.atomic
def erase_document(document: Document, *, by: Any, reason: str) -> None:
    """Destroy the bytes and the name; order, kind, size and hash stay in the index. Twice does no harm."""
    path = document.path
    if path is None:
        return
    document.path, document.erased_at, document.original_name = None, timezone.now(), "documento borrado"
    document.save(update_fields=["path", "erased_at", "original_name"])
    audit.record("document.erased", on=document, by=by, reason=reason)
    transaction.on_commit(lambda: storage.remove(path))


def remove_orphans(*, written_before: datetime) -> int:
    """Remove files of the present municipality that no document names: uploads that were rolled back."""
    known = set(Document.objects.exclude(path=None).values_list("path", flat=True))
    orphans = [path for path in storage.files_before(current_municipality().pk, written_before) if path not in known]
    for path in orphans:
        storage.remove(path)
    return len(orphans)


@transaction.atomic
def issue_code(*, title: str, issuer: str, by: Any, number: str = "") -> SignedDocument:
    """Reserve the verification code of a document about to be rendered; it says nothing until sealed.

    `title`, `number` and `issuer` are shown to anyone with the code: no personal data in them.
    """
    issued = SignedDocument.objects.create(
        municipality=current_municipality(),
        code=rules.new_code(),
        title=title,
        number=number,
        issuer=issuer,
        created_by=_user(by),
        created_at=timezone.now(),
    )
    audit.record("signed_document.issued", on=issued, by=by)
    return issued


@transaction.atomic
def hand_out(issued: SignedDocument, pdf: bytes, *, by: Any) -> None:
    """Keep what the pages given to be signed show: only a signed copy of the last ones given is taken back."""
    issued.handed_out = engine_signatures.pages_fingerprint(pdf)
    issued.save(update_fields=["handed_out"])
    audit.record("signed_document.handed_out", on=issued, by=by)


def seal(
    issued: SignedDocument, *, request: signing.SigningRequest, method: str, owner: Model, visibility: str, by: Any
) -> SignedDocument:
    """Sign with the named signer, keep the result as the owner's answer and publish its hash under the code.

    The signer may be a remote service, so it works before the transaction. DocumentsError `already_sealed` when the
    code was used, or the signer's own refusal.
    """
    if issued.sealed_at is not None:
        raise DocumentsError("already_sealed", document=issued.code)
    signed = signing.signer(method).sign(replace(request, handed_out=issued.handed_out))
    return _seal(issued.pk, signed=signed, name=request.name, method=method, owner=owner, visibility=visibility, by=by)


@transaction.atomic
def _seal(
    pk: int, *, signed: signing.Signed, name: str, method: str, owner: Model, visibility: str, by: Any
) -> SignedDocument:
    issued = SignedDocument.objects.select_for_update().get(pk=pk)
    if issued.sealed_at is not None:
        raise DocumentsError("already_sealed", document=issued.code)
    document = store_generated(signed.pdf, name=name, owner=owner, kind=Kind.ANSWER, visibility=visibility, by=by)
    issued.document, issued.sha256, issued.method = document, document.sha256, method
    issued.state, issued.signer, issued.signed_at = (
        signed.verdict.state,
        signed.verdict.signer[:160],
        signed.verdict.signed_at,
    )
    issued.sealed_at = timezone.now()
    issued.save()
    audit.record("signed_document.sealed", on=issued, by=by, data={"method": method, "state": issued.state})
    return issued


@transaction.atomic
def annul(issued: SignedDocument, *, by: Any, reason: str) -> None:
    """From now on its verification page says that the document is no longer in force; `reason` is a code."""
    issued.annulled_at = timezone.now()
    issued.save(update_fields=["annulled_at"])
    audit.record("signed_document.annulled", on=issued, by=by, reason=reason)
