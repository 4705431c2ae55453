"""One morning mail per person: what they owe, what their department is late with, what nobody has acknowledged."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cabildo.accounts.access import departments_where, holds_everywhere, roles_with
from cabildo.accounts.links import absolute, addresses
from cabildo.accounts.models import Membership, Substitution, User
from cabildo.accounts.queries import department_ids, in_force
from cabildo.notifications.actions import notify
from cabildo.notifications.choices import Channel
from cabildo.notifications.rules import send_not_before
from cabildo.notifications.templates import MailTemplate, register
from cabildo.tickets.choices import TicketPermission
from cabildo.tickets.internal_duties import internal_duties
from cabildo.tickets.models import Derivation, Ticket
from cabildo.tickets.queries import unattended
from cabildo.tickets.queries.compliance import unacknowledged
from cabildo.tickets.queries.concerned import not_about
from cabildo.workflow import duties
from cabildo.workflow.choices import DutyState
from cabildo.workflow.duties import Duty
from cabildo.workflow.queries import calendar as municipal_calendar

LINES = 30
TEMPLATE = MailTemplate(
    "tickets.digest",
    "Su trabajo de hoy: {{ digest.headline }}",
    "tickets/mail/digest.txt",
    str(_("Resumen de la mañana, en días hábiles, a cada persona que debe algo.")),
)


@dataclass(frozen=True)
class Digest:
    """What one person reads in the morning; each list has at most `LINES` lines."""

    person: User
    due_today: list[Duty] = field(default_factory=list)
    late: list[Duty] = field(default_factory=list)
    internal: list[Duty] = field(default_factory=list)
    unacknowledged: list[Derivation] = field(default_factory=list)
    department_late: list[Ticket] = field(default_factory=list)
    unstaffed: list[Ticket] = field(default_factory=list)

    def __bool__(self) -> bool:
        owed = (self.due_today, self.late, self.internal)
        return any((*owed, self.unacknowledged, self.department_late, self.unstaffed))

    @property
    def headline(self) -> str:
        return str(_("%(late)s fuera de plazo, %(today)s vencen hoy")) % {
            "late": len(self.late),
            "today": len(self.due_today),
        }


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
        internal = list(internal_duties(person, today, LINES))
        everything = duties.of(person, today, 10 * LINES)
    answered_apart = {duty.folio for duty in internal}
    owed = [duty for duty in everything if duty.folio not in answered_apart]
    return Digest(
        person=person,
        due_today=[duty for duty in owed if duty.due_on == today and duty.state != DutyState.STOPPED][:LINES],
        late=[duty for duty in owed if duty.state == DutyState.LATE][:LINES],
        internal=internal,
        unacknowledged=_watched(person, now),
        department_late=_late_in(departments_where(person, TicketPermission.APPROVE), person, today),
        unstaffed=_unstaffed(person),
    )


def _watched(person: User, now: datetime) -> list[Derivation]:
    """The office of requests watches over every derivation, a department over its own."""
    waiting = not_about(unacknowledged(now), person, "ticket")
    if not holds_everywhere(person, TicketPermission.DERIVE):
        waiting = waiting.filter(to_department__in=department_ids(person))
    return list(waiting[:LINES])


def _late_in(departments: Iterable[int], person: Any, today: date) -> list[Ticket]:
    late = not_about(Ticket.objects.filter(running_due_on__lt=today, department__in=departments), person)
    return list(late.select_related("category", "assignee").order_by("legal_due_on", "pk")[:LINES])


def _unstaffed(person: Any) -> list[Ticket]:
    """To who directs all of them: the requests of departments in which nobody works, the first due first."""
    if not holds_everywhere(person, TicketPermission.DERIVE):
        return []
    found = not_about(Ticket.objects.filter(unattended.without_people()), person)
    return list(found.select_related("category", "department").order_by("legal_due_on", "pk")[:LINES])
