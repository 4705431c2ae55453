"""How does a request, or something more about one, come in from another system?"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from cabildo.accounts.scoping import current_municipality
from cabildo.tickets import attachments, messages
from cabildo.tickets.actions import intake
from cabildo.tickets.actions.clients import actor
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.locking import locked
from cabildo.tickets.choices import EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import ApiClient, ClientUpdate, Ticket, TicketEvent


def submit(asked: intake.Intake, *, client: ApiClient, media: Sequence[Any] = (), media_url: str = "") -> Ticket:
    """Put on record what a client sends, with its files, or nothing; sent again under its own id, the first stays.

    `media_url` is kept as an internal note: the server never opens an address that came from outside.
    """
    existing = _already(asked)
    if existing is not None:
        return existing
    try:
        return _receive(asked, client, media, media_url)
    except IntegrityError:
        existing = _already(asked)
        if existing is None:
            raise
        return existing


def _already(asked: intake.Intake) -> Ticket | None:
    if asked.external_id is None:
        return None
    return Ticket.objects.filter(source=asked.source, external_id=asked.external_id).first()


@transaction.atomic
def _receive(asked: intake.Intake, client: ApiClient, media: Sequence[Any], media_url: str) -> Ticket:
    by = actor(client)
    ticket = intake.receive(asked, by=by).ticket
    for upload in media:
        attachments.attach(ticket, upload, by=by, visibility="requester")
    if media_url:
        tell(ticket, EventKind.NOTE, by=by, words=_image_words(client, media_url))
    return ticket


@transaction.atomic
def add_update(
    ticket: Ticket,
    *,
    client: ApiClient,
    update_id: str,
    status: str,
    status_label: str,
    description: str,
    happened_at: datetime,
    media_url: str = "",
) -> TicketEvent:
    """Add what another system says to the timeline, for officials; it never changes the state of the request.

    Whoever speaks through that system may not be the requester, so nothing that waits for them goes on. Raises
    `update_repeated` when the client used this id before.
    """
    if ClientUpdate.objects.filter(client=client, update_id=update_id).exists():
        raise TicketsError("update_repeated")
    ticket = locked(ticket)
    words = [description, _("Estado según {client}: {status}.").format(client=client.name, status=status_label)]
    if media_url:
        words.append(_image_words(client, media_url))
    data = {"client": client.pk, "status": status.lower()}
    event = tell(ticket, EventKind.CITIZEN_MESSAGE, by=actor(client), words="\n\n".join(words), data=data)
    _remember(event, client=client, update_id=update_id, status=status, happened_at=happened_at)
    messages.tell_officials(ticket, "citizen_message", event)
    return event


def _remember(event: TicketEvent, *, client: ApiClient, update_id: str, **said: Any) -> None:
    try:
        with transaction.atomic():
            ClientUpdate.objects.create(
                municipality=current_municipality(),
                client=client,
                update_id=update_id,
                ticket=event.ticket,
                event=event,
                **said,
            )
    except IntegrityError as error:
        raise TicketsError("update_repeated") from error


def _image_words(client: ApiClient, media_url: str) -> str:
    return _("{client} indica una imagen, que no se ha abierto: {url}").format(client=client.name, url=media_url)
