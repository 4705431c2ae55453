"""How does an official put on record that a person no longer wants their request?"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.models import Department, User
from cabildo.tickets.actions import answering
from cabildo.tickets.choices import SaidBy, SaidHow
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.tracking import why_not_withdrawn
from cabildo.ui.spanish import long_date


@dataclass(frozen=True)
class Said:
    """Who asked to withdraw it, how and on which day; `name` is of who speaks for the requester."""

    said_by: str
    how: str
    on: date
    name: str = ""


@transaction.atomic
def withdraw_as_said(
    ticket: Ticket,
    *,
    said: Said,
    by: User,
    today: date,
    department: Department | None = None,
    seen_version: int | None = None,
    keep_internal: bool = False,
) -> Ticket:
    """Close it as withdrawn by who made it; the requester reads who said so, how and when.

    One not yet routed is left with `department`. A day to come, or before the request, is refused; so is one that
    others ask too, whom this withdrawal does not touch (Ley 19.880, art. 42).
    """
    received_on = timezone.localdate(ticket.received_at)
    if said.on > today:
        raise TicketsError("withdrawn_in_future")
    if said.on < received_on:
        raise TicketsError("withdrawn_before_request", day=long_date(received_on))
    if why_not_withdrawn(ticket) == "withdraw_shared":
        raise TicketsError("withdrawn_for_others")
    told = {"said_by": said.said_by, "how": said.how, "on": said.on.isoformat()}
    return answering.withdraw(
        ticket,
        by=by,
        reason=_words(ticket, said),
        today=today,
        department=department,
        told=told,
        seen_version=seen_version,
        keep_internal=keep_internal,
    )


def _words(ticket: Ticket, said: Said) -> str:
    facts = {"day": long_date(said.on), "how": SaidHow(said.how).label.lower(), "name": said.name.strip()}
    if said.said_by == SaidBy.REQUESTER:
        return _("Quien la hizo pidió retirarla el {day}, {how}.").format(**facts)
    if ticket.is_reserved or not facts["name"]:  # a name may say whose request it is
        return _("Otra persona pidió retirarla en nombre de quien la hizo el {day}, {how}.").format(**facts)
    return _("{name} pidió retirarla en nombre de quien la hizo el {day}, {how}.").format(**facts)
