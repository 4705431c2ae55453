"""What waits for a moderator, and how moderation has gone: figures that anyone may read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, Count, QuerySet
from django.db.models.functions import Cast

from cabildo.documents.choices import Visibility
from cabildo.documents.models import Document
from cabildo.documents.queries import kept_documents_of
from cabildo.documents.rules import IMAGES
from cabildo.tickets.choices import ModerationAct
from cabildo.tickets.models import ModerationChange, Ticket
from cabildo.tickets.queries.published import private_papers, published_tickets, waiting_for_moderation

MOST_PHOTOS = 20


@dataclass(frozen=True)
class Counts:
    """Texts published, held and waiting; `reviewed` counts decisions by persons, by kind of act."""

    published: int
    waiting: int
    oldest_waiting: datetime | None
    reviewed: dict[str, int]


def counts() -> Counts:
    """Four queries."""
    waiting = waiting_for_moderation()
    acts = ModerationChange.objects.order_by().values("act").annotate(n=Count("pk"))
    done = {row["act"]: row["n"] for row in acts}
    return Counts(
        published=published_tickets().count(),
        waiting=waiting.count(),
        oldest_waiting=waiting.values_list("received_at", flat=True).first(),
        reviewed={act.value: done.get(act.value, 0) for act in ModerationAct},
    )


def photos_waiting() -> list[tuple[Document, Ticket]]:
    """Photos of published requests about which nobody has decided, the oldest first, at most twenty."""
    publishing = published_tickets().filter(category__publishes_photo=True)
    decided = ModerationChange.objects.exclude(document=None).values("document_id")
    photos = Document.objects.filter(
        owner_type=Ticket._meta.label_lower,
        owner_id__in=publishing.annotate(key=Cast("pk", CharField())).values("key"),
        media_type__in=IMAGES,
        visibility=Visibility.REQUESTER,
        erased_at=None,
    ).exclude(pk__in=decided)
    photos = photos.exclude(pk__in=private_papers())
    found = list(photos.order_by("created_at", "pk")[:MOST_PHOTOS])
    tickets = publishing.select_related("category").in_bulk([int(photo.owner_id) for photo in found])
    return [(photo, tickets[int(photo.owner_id)]) for photo in found]


def photos_of(ticket: Ticket) -> QuerySet[Document]:
    """Its photos, published or not, but those that never are."""
    photos = kept_documents_of(ticket).filter(media_type__in=IMAGES)
    return photos.exclude(pk__in=private_papers().filter(ticket=ticket))


def history(ticket: Ticket) -> QuerySet[ModerationChange]:
    """Every decision about it, the newest first."""
    return ModerationChange.objects.filter(ticket=ticket).select_related("by", "document").order_by("-at", "-pk")
