"""How is a request that asks for several things separated in parts (Ley 19.880, art. 33)?"""

from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from cabildo.accounts.models import User
from cabildo.tickets import messages
from cabildo.tickets.actions import intake
from cabildo.tickets.actions.events import tell
from cabildo.tickets.actions.handling import need_admitted
from cabildo.tickets.actions.locking import locked, save
from cabildo.tickets.actions.merging import NORM
from cabildo.tickets.choices import EventKind
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Category, Ticket

MOST_PARTS = 5


@dataclass(frozen=True)
class Part:
    """One thing asked, as it will be read by the department that answers it.

    `key` names the form sent, so that sending it twice separates once.
    """

    category: Category
    kind: str
    text: str
    key: str | None = None


@transaction.atomic
def split(ticket: Ticket, *parts: Part, by: User, seen_version: int | None = None) -> list[Ticket]:
    """Make a request of each part, with the same requester, place and day of reception; the first one goes on.

    At most five parts in all, and a part is not separated again. The requester gets the receipt of each. The same forms
    sent again give the parts of the first time.
    """
    if not parts:
        raise TicketsError("split_nothing")
    known = _made_with(locked(ticket), parts)
    if all(_says(known.get(part.key), part) for part in parts):
        return [known[part.key] for part in parts]
    ticket = locked(ticket, seen_version=seen_version)
    for part in parts:
        need_admitted(part.category, part.kind)
    if not ticket.is_open:
        raise TicketsError("split_closed")
    if ticket.split_from_id is not None:
        raise TicketsError("split_part")
    if ticket.parts.count() + len(parts) > MOST_PARTS:
        raise TicketsError("split_too_many", most=MOST_PARTS)
    # a form that was sent and then says other things separates another part
    made = [_separate(ticket, replace(part, key=None) if part.key in known else part, by=by) for part in parts]
    save(ticket)
    return made


def _made_with(ticket: Ticket, parts: tuple[Part, ...]) -> dict[str | None, Ticket]:
    """The parts separated before with the forms of these, by their keys."""
    keys = [part.key for part in parts if part.key]
    return {child.external_id: child for child in ticket.parts.filter(external_id__in=keys)} if keys else {}


def _says(child: Ticket | None, part: Part) -> bool:
    said = (part.category.pk, part.kind, part.text.strip())
    return child is not None and (child.category_id, child.kind, child.text) == said


def _separate(ticket: Ticket, part: Part, *, by: User) -> Ticket:
    received = intake.receive(_asked(ticket, part), by=by)
    child = received.ticket
    child.split_from, child.requester = ticket, ticket.requester
    child.save(update_fields=["split_from", "requester"])
    data = {"norm": NORM, "part": child.pk, "from": ticket.pk}
    own = _("Es una parte de la solicitud {folio} ({norm}).").format(folio=ticket.folio, norm=NORM)
    whole = _("«{subject}» se responderá en la solicitud {folio} ({norm}).")
    words = whole.format(subject=part.category.label, folio=child.folio, norm=NORM)
    tell(child, EventKind.SPLIT, by=by, words=own, is_public=True, data={**data, "state": child.state})
    tell(ticket, EventKind.SPLIT, by=by, words=words, is_public=True, data={**data, "state": ticket.state})
    messages.received(child, received.secret)
    return child


def _asked(ticket: Ticket, part: Part) -> intake.Intake:
    return intake.Intake(
        category=part.category,
        kind=part.kind,
        text=part.text,
        channel=ticket.channel,
        latitude=ticket.latitude,
        longitude=ticket.longitude,
        place=ticket.place,
        received_at=ticket.received_at,
        backdated_reason=_("Separada de la solicitud {folio}.").format(folio=ticket.folio),
        wants_reserve=ticket.is_reserved,
        official=ticket.official,
        external_id=part.key,
    )
