"""The steps that join requests and take them apart (Ley 19.880, art. 33)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import can
from cabildo.tickets.actions import merging, splitting
from cabildo.tickets.choices import OPEN_STATES, State, TicketPermission
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.forms.desk import TextForm
from cabildo.tickets.forms.joining import JoinForm, SplitForm
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.visibility import visible_tickets
from cabildo.tickets.views.step_shape import KEEP_INTERNAL, Step

REASON = {"label": _("Motivo"), "help_text": _("Lo leerá también el vecino.")}


def _other(user: Any, folio: str) -> Ticket:
    """The request of this folio, if this person sees it and may join others to it."""
    found = visible_tickets(user).filter(folio=folio).first()
    if found is None or not can(user, TicketPermission.MERGE, on=found):
        raise TicketsError("folio_unknown", folio=folio)
    return found


JOINING_STEPS = (
    Step(
        "unir",
        _("Unir a otra solicitud"),
        _("Se responden juntas (Ley 19.880, art. 33). Quien pidió esta adhiere a la principal. Se puede deshacer."),
        TicketPermission.MERGE,
        tuple(OPEN_STATES),
        lambda ticket, by, data: merging.merge(
            ticket,
            into=_other(by, data["folio"]),
            reason=data["text"],
            by=by,
            seen_version=data["version"],
            keep_internal=data[KEEP_INTERNAL],
        ),
        JoinForm,
        icon="diagram-3",
        closes=True,
    ),
    Step(
        "separar",
        _("Separar una parte"),
        _("La parte es una solicitud nueva, con la misma persona y el mismo día de ingreso (Ley 19.880, art. 33)."),
        TicketPermission.MERGE,
        tuple(OPEN_STATES),
        lambda ticket, by, data: splitting.split(
            ticket,
            splitting.Part(data["category"], data["kind"], data["text"], str(data["key"]) if data["key"] else None),
            by=by,
            seen_version=data["version"],
        ),
        SplitForm,
        icon="signpost-split",
        applies=lambda ticket: ticket.split_from_id is None,
    ),
    Step(
        "devolver-parte",
        _("Devolver la parte"),
        _("Se responde junto con la solicitud de la que salió. Se puede deshacer."),
        TicketPermission.MERGE,
        tuple(OPEN_STATES),
        lambda ticket, by, data: merging.unsplit(
            ticket, reason=data["text"], by=by, seen_version=data["version"], keep_internal=data[KEEP_INTERNAL]
        ),
        TextForm,
        REASON,
        icon="arrow-counterclockwise",
        closes=True,
        applies=lambda ticket: ticket.split_from_id is not None,
    ),
    Step(
        "deshacer-union",
        _("Deshacer la unión"),
        _("Vuelve al estado que tenía y se responde por separado. Su plazo se cuenta desde el mismo día."),
        TicketPermission.MERGE,
        (State.CLOSED,),
        lambda ticket, by, data: merging.unmerge(ticket, reason=data["text"], by=by, seen_version=data["version"]),
        TextForm,
        REASON,
        icon="arrow-counterclockwise",
        applies=lambda ticket: ticket.merged_into_id is not None,
    ),
)
