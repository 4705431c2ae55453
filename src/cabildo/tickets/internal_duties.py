"""What «Mi trabajo» learns of internal requests and of protocols."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.tickets.choices import ProtocolState, TicketPermission
from cabildo.tickets.models import Protocol
from cabildo.tickets.queries.compliance import unread_by
from cabildo.tickets.queries.internal import asked_of
from cabildo.tickets.queries.protocols import owed_protocols
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import standing_on


def internal_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """What other departments asked this person's for. Two queries."""
    if not can(user, TicketPermission.ASK_DEPARTMENTS):
        return
    calendar = municipal_calendar(today)
    for asked in asked_of(user).select_related("from_department", "to_department")[:limit]:
        yield Duty(
            what=_("%(kind)s. Pide: %(department)s")
            % {"kind": asked.get_kind_display(), "department": asked.from_department},
            folio=asked.folio,
            department=str(asked.to_department),
            person="",
            due_on=asked.due_on,
            state=standing_on(asked.due_on, today, calendar),
            url=reverse("tickets:internal_detail", args=[asked.year, asked.number]),
            action=_("Responder"),
        )


def protocol_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """Protocols to approve, those whose review is due, and those to read. Four queries at most."""
    to_decide = list(owed_protocols(user, today)[:limit]) if can(user, TicketPermission.APPROVE_PROTOCOLS) else []
    for protocol in to_decide:
        yield _to_decide(protocol, today)
    for protocol in unread_by(user, today)[:limit]:
        if protocol not in to_decide:
            yield _duty(protocol, _("Leer"), DutyState.ON_TIME)


def _to_decide(protocol: Protocol, today: date) -> Duty:
    if protocol.state == ProtocolState.IN_APPROVAL:
        return _duty(protocol, _("Aprobar"), DutyState.ON_TIME)
    return _duty(protocol, _("Revisar"), _review_state(protocol.review_on, today), protocol.review_on)


def _duty(protocol: Protocol, action: str, state: str, due_on: date | None = None) -> Duty:
    return Duty(
        what=protocol.title,
        folio=_("Protocolo v%s") % protocol.version,
        department=str(protocol.department),
        person="",
        due_on=due_on,
        state=state,
        url=reverse("tickets:protocol", args=[protocol.pk]),
        action=action,
    )


def _review_state(review_on: date | None, today: date) -> str:
    return DutyState.LATE if review_on is not None and review_on < today else DutyState.DUE_SOON
