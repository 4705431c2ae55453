"""How does a person decide what anyone may read of a request, with its history kept?"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.documents import actions as documents
from cabildo.documents.choices import Visibility
from cabildo.documents.models import Document
from cabildo.documents.queries import content_of, kept_documents_of
from cabildo.documents.rules import IMAGES
from cabildo.tickets import engine_photos
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.choices import EventKind, ModerationAct, ModerationState
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import ModerationChange, Ticket
from cabildo.tickets.queries.published import may_be_published, private_papers


@transaction.atomic
def publish(ticket: Ticket, *, text: str, by: User, reason: str = "") -> Ticket:
    """Publish this text of the request: as it came, or as the moderator redacted it."""
    ticket = locked(ticket)
    if not may_be_published(ticket):
        raise TicketsError("not_publishable")
    text = _some(text)
    act = ModerationAct.REDACTED if ticket.is_public else ModerationAct.PUBLISHED
    _change(ticket, act, after=text, by=by, reason=reason)
    save(ticket, is_public=True, public_text=text, moderation=ModerationState.PUBLISHED)
    return ticket


@transaction.atomic
def redact(ticket: Ticket, *, text: str, by: User, reason: str) -> Ticket:
    """Change what is already published; the words taken out stay readable for moderators."""
    if not reason.strip():
        raise TicketsError("reason_missing")
    if not ticket.is_public:
        raise TicketsError("not_published")
    return publish(ticket, text=text, by=by, reason=reason)


@transaction.atomic
def unpublish(ticket: Ticket, *, by: User, reason: str) -> Ticket:
    """Take the request out of what is published, its photos too; also the decision not to publish what waited."""
    if not reason.strip():
        raise TicketsError("reason_missing")
    ticket = locked(ticket)
    _change(ticket, ModerationAct.WITHHELD, after="", by=by, reason=reason)
    save(ticket, is_public=False, public_text="", moderation=ModerationState.WITHHELD)
    for photo in kept_documents_of(ticket).filter(visibility=Visibility.PUBLIC):
        documents.change_visibility(photo, visibility=Visibility.REQUESTER, by=by, reason="withheld")
    return ticket


@transaction.atomic
def publish_photo(ticket: Ticket, photo: Document, *, by: User) -> None:
    """Show the photo to anyone, as it was sent (its place, camera and author were taken out when it came)."""
    ticket = locked(ticket)
    _check_photo(ticket, photo)
    documents.change_visibility(photo, visibility=Visibility.PUBLIC, by=by, reason="moderated")
    _change(ticket, ModerationAct.PHOTO_PUBLISHED, by=by, document=photo)


@transaction.atomic
def blur_photo(ticket: Ticket, photo: Document, *, boxes: list[engine_photos.Box], by: User) -> Document:
    """Publish a copy with these parts made unreadable; the original stays where it was, for officials."""
    ticket = locked(ticket)
    _check_photo(ticket, photo)
    content, media_type = engine_photos.blurred(content_of(photo), boxes)
    name = f"foto-publicada{engine_photos.EXTENSIONS[media_type]}"
    upload = SimpleUploadedFile(name, content, content_type=media_type)
    shown = documents.store_upload(upload, owner=ticket, kind="photo", visibility=Visibility.PUBLIC, by=by)
    if photo.visibility == Visibility.PUBLIC:
        hidden = Visibility.INTERNAL if photo.kind == "photo" else Visibility.REQUESTER
        documents.change_visibility(photo, visibility=hidden, by=by, reason="blurred")
    _change(ticket, ModerationAct.PHOTO_BLURRED, by=by, document=photo)
    return shown


@transaction.atomic
def withhold_photo(ticket: Ticket, photo: Document, *, by: User, reason: str = "") -> None:
    """Leave the photo to officials and to who sent it."""
    ticket = locked(ticket)
    if photo.visibility == Visibility.PUBLIC:
        documents.change_visibility(photo, visibility=Visibility.REQUESTER, by=by, reason="withheld")
    _change(ticket, ModerationAct.PHOTO_WITHHELD, by=by, document=photo, reason=reason)


def _check_photo(ticket: Ticket, photo: Document) -> None:
    is_its_photo = photo.owner_id == str(ticket.pk) and photo.owner_type == ticket._meta.label_lower
    if not is_its_photo or photo.media_type not in IMAGES or photo.erased_at is not None:
        raise TicketsError("not_a_photo")
    is_private = Document.objects.filter(pk=photo.pk, pk__in=private_papers().filter(ticket=ticket)).exists()
    if is_private or not (ticket.category.publishes_photo and may_be_published(ticket)):
        raise TicketsError("not_publishable")


def _change(ticket: Ticket, act: ModerationAct, *, by: User, after: str = "", reason: str = "", **more: Any) -> None:
    before = ticket.public_text if act in (ModerationAct.REDACTED, ModerationAct.WITHHELD) else ""
    if act == ModerationAct.PUBLISHED:
        before = ticket.text
    changed = ModerationChange.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        act=act,
        before=before,
        after=after,
        reason=reason.strip(),
        at=timezone.now(),
        by=by,
        **more,
    )
    data = {"change": changed.pk, "act": act.value}
    tell(ticket, EventKind.MODERATED, by=by, words=reason.strip(), is_public=True, data=data)


def _some(text: str) -> str:
    if not text.strip():
        raise TicketsError("public_text_missing")
    return text.strip()
