"""How does one paper of an agency come to be kept for each municipality it concerns?

`documents` keeps files by municipality: each one reads its own copy, and goes on reading it if it leaves.
"""

from collections.abc import Iterable
from typing import Any

from django.core.files import File

from cabildo import audit
from cabildo.accounts.models import User
from cabildo.accounts.scoping import in_municipality
from cabildo.documents.actions import store_generated, store_upload
from cabildo.documents.choices import Kind, Visibility
from cabildo.documents.models import Document
from cabildo.documents.queries import content_of, kept_documents_of
from cabildo.documents.rules import MediaType

type By = User | audit.Actor
type Papers = list[tuple[Document, bytes]]


def papers_of(place: Any | None) -> Papers:
    """What a municipality has, for another that comes after it; nothing when there is none."""
    if place is None:
        return []
    with in_municipality(place.municipality):
        return [(one, content_of(one)) for one in kept_documents_of(place)]


def hand_over(papers: Papers, *, to: Any, by: By) -> None:
    """Copies for one that came later, inside its municipality."""
    for document, content in papers:
        store_generated(
            content,
            name=document.original_name,
            owner=to,
            kind=Kind.OTHER,
            visibility=Visibility.INTERNAL,
            by=by,
            media_type=MediaType(document.media_type),
        )


def hand_out(paper: File, *, to: Iterable[Any], by: By) -> int:
    """An upload, for each of these; how many. DocumentsError."""
    count = 0
    for place in to:
        paper.seek(0)
        with in_municipality(place.municipality):
            store_upload(paper, owner=place, kind=Kind.OTHER, visibility=Visibility.INTERNAL, by=by)
        count += 1
    return count
