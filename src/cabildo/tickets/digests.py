"""One morning mail per person: what they owe, what their department is late with, what nobody has acknowledged."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import departments_where, holds_everywhere, roles_with
from cabildo.accounts.links import absolute, addresses
from cabildo.accounts.models import Department, Membership, Substitution, User
from cabildo.accounts.queries import active_roles, department_ids, in_force
from cabildo.notifications.actions import notify
from cabildo.notifications.choices import Channel
from cabildo.notifications.rules import send_not_before
from cabildo.notifications.templates import MailTemplate, register
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.digest_lines import (
    INTERNAL,
    LATE,
    MOST,
    OTHERS_LATE,
    TODAY,
    UNACKNOWLEDGED,
    UNSTAFFED,
    Gathered,
    Part,
)
from cabildo.tickets.internal_duties import internal_duties
from cabildo.tickets.models import Derivation, Ticket
from cabildo.tickets.queries import unattended
from cabildo.tickets.queries.compliance import unacknowledged
from cabildo.tickets.queries.concerned import not_about
from cabildo.tickets.queries.in_place import left_to
from cabildo.ui.spanish import long_date
from cabildo.workflow import duties
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar

TEMPLATE = MailTemplate(
    "tickets.digest",
    "Su trabajo de hoy: {{ digest.headline }}",
    "tickets/mail/digest.txt",
    str(_("Resumen de la mañana, en días hábiles, a cada persona que debe algo.")),
)


@dataclass(frozen=True)
class Digest:
    """What one person reads in the morning; `headline` counts what `parts` list."""

    person: User
    headline: str
    parts: list[Part]

    def __bool__(self) -> bool:
        return bool(self.parts)


def register_templates() -> None:
    register(TEMPLATE)


def send_all(now: datetime) -> int:
    """Write one mail to each person who owes something, to leave in working hours; how many."""
    today = timezone.localdate(now)
    not_before = send_not_before(timezone.localtime(now), municipal_calendar(today))
    written = 0
    for person in _people(today):
        digest = digest_of(person, now)
        if digest:
            context = {"digest": digest, "url": absolute("desk_home"), "today": today}
            key = f"digest:{today}:{person.pk}"
            notify("tickets.digest", person, context, key, channels=[Channel.MAIL], not_before=not_before)
            written += 1
    return written


def _people(today: date) -> QuerySet[User]:
    """Whoever works here today, in their own name or standing in; nobody who is away."""
    held = Membership.objects.filter(in_force(today), role__in=roles_with(TicketPermission.VIEW))
    away = Substitution.objects.filter(in_force(today)).values("absent_id")
    present = User.objects.filter(is_active=True, pk__in=held.values("user_id"))
    standing_in = Substitution.objects.filter(in_force(today), absent_id__in=held.values("user_id"))
    substitutes = User.objects.filter(is_active=True, pk__in=standing_in.values("substitute_id"))
    return (present | substitutes).exclude(pk__in=away).distinct().order_by("pk")


def digest_of(person: User, now: datetime) -> Digest:
    """What this person owes on a morning, from the duties register, and what they must watch over."""
    today = timezone.localdate(now)
    with addresses():
        gathered = _gathered(person, now, today)
    return Digest(person, gathered.headline(), gathered.parts(today, _own_departments(person)))


def _gathered(person: User, now: datetime, today: date) -> Gathered:
    """What is owed first, by what presses most; then what is only watched over, and all that each request lacks."""
    found = Gathered()
    internal = list(internal_duties(person, today, MOST))
    answered_apart = {duty.url for duty in internal}
    for duty in internal:
        found.owe(duty, INTERNAL)
    for duty in duties.of(person, today, MOST):
        if duty.url not in answered_apart:
            found.owe(duty, _part_of(duty, today))
    for ticket in _late_in(departments_where(person, TicketPermission.APPROVE), person, today):
        if not found.owes(ticket):
            found.lack(ticket, OTHERS_LATE, str(ticket.department), _in_charge(ticket))
    for derivation in _watched(person, now):
        since = gettext("Sin acuse de recibo desde el %s") % long_date(derivation.at)
        found.lack(derivation.ticket, UNACKNOWLEDGED, str(derivation.to_department), since)
    for ticket in _unstaffed(person):
        found.lack(ticket, UNSTAFFED, str(ticket.department), gettext("Nadie trabaja ahí"))
    return found


def _part_of(duty: Duty, today: date) -> int | None:
    if duty.state == DutyState.LATE:
        return LATE
    return TODAY if duty.due_on == today and duty.state != DutyState.STOPPED else None


def _in_charge(ticket: Ticket) -> str:
    return gettext("A cargo de %s") % ticket.assignee if ticket.assignee else gettext("Sin nadie a cargo")


def _own_departments(person: User) -> set[str]:
    """The names of those where they work in their own name, not of those where they stand in."""
    own = [role.department_id for role in active_roles(person) if role.standing_in_for is None]
    return {str(department) for department in Department.objects.filter(pk__in=own)}


def _watched(person: User, now: datetime) -> list[Derivation]:
    """The office of requests watches over every derivation, a department over its own; see also queries.in_place."""
    waiting = not_about(unacknowledged(now), person, "ticket")
    if not holds_everywhere(person, TicketPermission.DERIVE):
        theirs = Q(to_department__in=department_ids(person)) | Q(ticket__in=left_to(person))
        waiting = waiting.filter(theirs)
    return list(waiting[:MOST])


def _late_in(departments: Iterable[int], person: Any, today: date) -> list[Ticket]:
    late = not_about(Ticket.objects.filter(running_due_on__lt=today, department__in=departments), person)
    return list(late.select_related("category", "department", "assignee").order_by("legal_due_on", "pk")[:MOST])


def _unstaffed(person: Any) -> list[Ticket]:
    """To who directs all of them, or stands for who does: what departments without people have, the first due first."""
    left = Q() if holds_everywhere(person, TicketPermission.DERIVE) else Q(pk__in=left_to(person))
    found = not_about(Ticket.objects.filter(unattended.without_people(), left), person)
    return list(found.select_related("category", "department").order_by("legal_due_on", "pk")[:MOST])
