"""Papers that an agency gave to several municipalities: each has its own copy, and the agency opens any of them."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from cabildo.documents.models import Document


def paper_among(copies: Iterable[Iterable[Document]], public_id: UUID) -> Document:
    """The one of this identifier among those of each municipality; no other is said to exist."""
    for papers in copies:
        for document in papers:
            if document.public_id == public_id:
                return document
    raise Http404
