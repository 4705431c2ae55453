"""What moderators and those who protect data owe: texts held for review, and rights that must be answered."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cabildo.accounts.access import can
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.queries import data_requests
from cabildo.tickets.queries.concerned import not_about
from cabildo.tickets.queries.published import waiting_for_moderation
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar

REVIEW_DAYS = 3  # calendar days a text may wait before it is shown as late


def moderation_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """One line for all the texts that wait: the oldest sets the date. Two queries."""
    if not can(user, TicketPermission.MODERATE):
        return
    waiting = not_about(waiting_for_moderation(), user)
    oldest = waiting.values_list("received_at", flat=True).first()
    if oldest is None:
        return
    due_on = timezone.localdate(oldest) + timedelta(days=REVIEW_DAYS)
    yield Duty(
        what=_("Textos por revisar antes de publicarlos"),
        folio=_("%s por revisar") % waiting.count(),
        department="",
        person="",
        due_on=due_on,
        state=DutyState.LATE if due_on < today else DutyState.ON_TIME,
        url=reverse("tickets:moderation"),
        action=_("Revisar"),
    )


def data_request_duties(user: Any, today: date, limit: int) -> Iterable[Duty]:
    """Rights over personal data that wait for an answer, by their date. Two queries."""
    if not can(user, TicketPermission.PROTECT_DATA):
        return
    days = municipal_calendar(today)
    for asked in data_requests.open_requests().order_by("due_on", "pk")[:limit]:
        yield Duty(
            what=asked.get_right_display(),
            folio=asked.folio,
            department=_("Protección de datos"),
            person="",
            due_on=asked.expires_on,
            state=data_requests.standing(asked, today, days),
            url=reverse("tickets:data_request_record", args=[asked.folio]),
            action=_("Comprobar identidad") if asked.verified_at is None else _("Decidir"),
        )
