"""What «Mi trabajo» learns of internal requests and of protocols."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.kit.workdays import Calendar
from cabildo.tickets.choices import ProtocolState, TicketPermission
from cabildo.tickets.models import InternalRequest
from cabildo.tickets.queries.internal import asked_of
from cabildo.tickets.queries.protocols import owed_protocols
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar
from cabildo.workflow.rules.standing import DUE_SOON_DAYS


def internal_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """What other departments asked this person's for. Two queries."""
    if not can(user, TicketPermission.ASK_DEPARTMENTS):
        return
    calendar = municipal_calendar(today)
    for asked in asked_of(user).select_related("from_department", "to_department")[:limit]:
        yield Duty(
            what=_("%(kind)s para %(department)s")
            % {"kind": asked.get_kind_display(), "department": asked.from_department},
            folio=asked.folio,
            department=str(asked.to_department),
            person="",
            due_on=asked.due_on,
            state=standing(asked, today, calendar),
            url=reverse("tickets:internal_detail", args=[asked.year, asked.number]),
            action=_("Responder"),
        )


def standing(asked: InternalRequest, today: date, calendar: Calendar) -> str:
    """How an open internal request stands against its own term."""
    if asked.due_on < today:
        return DutyState.LATE
    soon = calendar.count_between(today, asked.due_on) <= DUE_SOON_DAYS
    return DutyState.DUE_SOON if soon else DutyState.ON_TIME


def protocol_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """Protocols to approve, and those whose review is due. One query."""
    if not can(user, TicketPermission.APPROVE_PROTOCOLS):
        return
    for protocol in owed_protocols(user, today)[:limit]:
        waits = protocol.state == ProtocolState.IN_APPROVAL
        yield Duty(
            what=protocol.title,
            folio=_("Protocolo v%s") % protocol.version,
            department=str(protocol.department),
            person="",
            due_on=None if waits else protocol.review_on,
            state=DutyState.ON_TIME if waits else _review_state(protocol.review_on, today),
            url=reverse("tickets:protocol", args=[protocol.pk]),
            action=_("Aprobar") if waits else _("Revisar"),
        )


def _review_state(review_on: date | None, today: date) -> str:
    return DutyState.LATE if review_on is not None and review_on < today else DutyState.DUE_SOON
