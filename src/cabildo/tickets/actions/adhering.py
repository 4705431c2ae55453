"""How does a person make another's request theirs too, and stop doing so?"""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cabildo.accounts.models import User
from cabildo.people.actions import Contact, put_on_record
from cabildo.people.models import Requester
from cabildo.tickets import messages
from cabildo.tickets.actions.events import By, is_known, tell
from cabildo.tickets.actions.locking import locked
from cabildo.tickets.choices import EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Adhesion, Ticket


@dataclass(frozen=True)
class Joining:
    """Who adheres, through which channel; `key` names the form sent, so that sending it twice adheres once."""

    contact: Contact
    channel: str
    is_follower_only: bool = False
    key: str | None = None


@transaction.atomic
def adhere(ticket: Ticket, joining: Joining, *, by: By) -> Adhesion:
    """Put the person on record as adherent or follower of an open request, and send them their own link.

    A person counts once in a request: whoever asked for it or adhered already, by RUN or mail, only follows it with the
    new link. The first one's link is not given to who merely types the same mail.
    """
    ticket = locked(ticket)
    if not ticket.is_open:
        raise TicketsError("adhesion_closed")
    if joining.key and (known := Adhesion.objects.filter(ticket=ticket, key=joining.key).first()):
        return known
    requester = put_on_record(joining.contact, by=by, trusted=isinstance(by, User))
    only_follows = joining.is_follower_only or _counts_already(ticket, requester)
    adhesion = _add(ticket, requester, joining.channel, only_follows, joining.key)
    tell(ticket, EventKind.ADHERED, by=by, is_public=not only_follows, data={"adhesion": adhesion.pk})
    messages.adhered(adhesion)
    return adhesion


def _counts_already(ticket: Ticket, person: Requester) -> bool:
    """Did this person ask for it, or adhere, already? A RUN that others claimed first has no index."""
    counted = Adhesion.objects.filter(ticket=ticket, is_follower_only=False, ended_at=None)
    known = [ticket.requester, *(adhesion.requester for adhesion in counted.select_related("requester"))]
    return any(other is not None and _same(other, person) for other in known)


def _same(one: Requester, other: Requester) -> bool:
    return bool(
        one.pk == other.pk
        or (one.email_index and one.email_index == other.email_index)
        or (one.run and one.run == other.run)
    )


def follow_main(main: Ticket, requester: Requester, channel: str) -> Adhesion | None:
    """The requester of a joined request adheres to the main one; None when they already belong to it."""
    theirs = Adhesion.objects.filter(ticket=main, requester=requester, ended_at=None)
    if main.requester_id == requester.pk or theirs.exists():
        return None
    return _add(main, requester, channel, is_follower_only=False, key=None)


def _add(ticket: Ticket, requester: Requester, channel: str, is_follower_only: bool, key: str | None) -> Adhesion:
    return Adhesion.objects.create(
        municipality_id=ticket.municipality_id,
        ticket=ticket,
        requester=requester,
        at=timezone.now(),
        channel=channel,
        is_follower_only=is_follower_only,
        key=key,
    )


@transaction.atomic
def leave(adhesion: Adhesion, *, by: By) -> None:
    """The person no longer wants to hear of it. Twice does no harm."""
    if Adhesion.objects.filter(pk=adhesion.pk, ended_at=None).update(ended_at=timezone.now()):
        tell(adhesion.ticket, EventKind.ADHERED, by=by, data={"ended": adhesion.pk}, reason="left")


@transaction.atomic
def add_word(adhesion: Adhesion, *, text: str, by: By, key: str = "") -> None:
    """An adherent adds something to the main request: officials read it, its requester does not.

    `key` names the form sent, so that sending it twice adds it once.
    """
    ticket = locked(adhesion.ticket.merged_into or adhesion.ticket)
    if not ticket.is_open:
        raise TicketsError("adhesion_closed")
    if is_known(ticket, key, text.strip()):
        return
    data = {"adhesion": adhesion.pk, **({"key": key} if key else {})}
    event = tell(ticket, EventKind.CITIZEN_MESSAGE, by=by, words=text.strip(), data=data)
    messages.tell_officials(ticket, "citizen_message", event)
