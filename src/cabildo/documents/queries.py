"""Which documents does something have, and which one carries this verification code?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Model, QuerySet

from cabildo.documents import owners, storage
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document, SignedDocument
from cabildo.documents.rules import Reader, may_read, normal_code


@dataclass(frozen=True)
class IndexEntry:
    """A line of the electronic file's index (Ley 19.880, art. 18 and 19): order, what, when, who, hash."""

    order: int
    name: str
    kind: str
    at: datetime
    author: str
    size: int
    sha256: str
    erased: bool


def documents_of(owner: Model) -> QuerySet[Document]:
    """Documents of an object, oldest first, erased ones included (their line stays)."""
    owner_type, owner_id = owners.identity(owner)
    return Document.objects.filter(owner_type=owner_type, owner_id=owner_id).select_related("created_by")


def documents_of_all(owned_by: Sequence[Model]) -> QuerySet[Document]:
    """Documents of several objects of one type, oldest first; the owner of each is in `owner_id`."""
    if not owned_by:
        return Document.objects.none()
    owner_type = owners.identity(owned_by[0])[0]
    found = Document.objects.filter(owner_type=owner_type, owner_id__in=[str(owner.pk) for owner in owned_by])
    return found.select_related("created_by")


def kept_documents_of(owner: Model) -> QuerySet[Document]:
    """Documents of an object that can still be opened."""
    return documents_of(owner).filter(erased_at__isnull=True)


def documents_for_requester(owner: Model) -> QuerySet[Document]:
    """Those of an object that whoever holds its tracking link may open; what the owner issued as an answer apart."""
    holder = Reader(as_requester=True)
    shown = [visibility for visibility in Visibility.values if may_read(visibility, holder)]
    return kept_documents_of(owner).filter(visibility__in=shown).exclude(kind=Kind.ANSWER)


def index_of(owner: Model) -> list[IndexEntry]:
    """The index of an object's documents, numbered from 1 in the order they came in."""
    return [
        IndexEntry(
            order=order,
            name=document.original_name,
            kind=document.get_kind_display(),
            at=document.created_at,
            author=str(document.created_by or ""),
            size=document.size,
            sha256=document.sha256,
            erased=document.erased_at is not None,
        )
        for order, document in enumerate(documents_of(owner), start=1)
    ]


def kept_document(public_id: UUID) -> Document | None:
    """The document of the present municipality with this public id, unless it was erased."""
    return Document.objects.filter(public_id=public_id, erased_at__isnull=True).first()


def content_of(document: Document) -> bytes:
    """The kept bytes; FileNotFoundError when they were erased."""
    if document.path is None:
        raise FileNotFoundError(document.public_id)
    return storage.read(document.path)


def sealed_document(typed_code: str) -> SignedDocument | None:
    """The issued document that carries this code, as a person copied it."""
    code = normal_code(typed_code)
    if code is None:
        return None
    return SignedDocument.objects.filter(code=code, sealed_at__isnull=False).first()
