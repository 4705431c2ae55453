"""How does the office learn that a request belongs to another regime? A note on it, for whoever routes it."""

from django.utils.translation import gettext as _

from cabildo import audit
from cabildo.tickets import redirects
from cabildo.tickets.actions.events import Step
from cabildo.tickets.choices import Channel, EventKind
from cabildo.tickets.models import Ticket

# in the portal the person is told before sending; elsewhere nobody is, so the office must
UNTOLD = (Channel.MAIL, Channel.COUNTER, Channel.PHONE, Channel.PAPER, Channel.SOCIAL)


def notes(ticket: Ticket) -> list[Step]:
    """A note for each regime whose words appear in the text (Ley 20.285, lobby…)."""
    if ticket.channel not in UNTOLD:
        return []
    words = _("Parece otra vía: {label} ({norm}). Revise si corresponde enviarla por ella.")
    return [
        Step(
            EventKind.NOTE,
            by=audit.SYSTEM,
            words=words.format(label=item["label"], norm=item["norm"]),
            data={"redirect": item["id"]},
        )
        for item in redirects.recognised(ticket.text)
    ]
