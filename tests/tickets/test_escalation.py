"""Morning warnings: each level once, one mail a person, never at night nor on a holiday, and to who stands in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.tickets.inner_world import MONDAY, ask
from time_machine import travel

from cabildo.accounts.actions import substitute
from cabildo.jobs import registry
from cabildo.notifications.models import Message
from cabildo.tickets.actions import escalation, handling
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Derivation, EscalationSent, Ticket, TicketEvent
from cabildo.tickets.queries.escalation import thresholds
from cabildo.workflow.actions import change_holiday
from conftest import make_member

MORNING = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # Monday, eight o'clock in Chile


@pytest.fixture
def monday():
    with travel(MORNING, tick=False):
        yield MORNING


@pytest.fixture
def due(receive):
    """A request of Obras whose legal term ends that day; the goal lies far ahead."""

    def make(day: date, **more) -> Ticket:
        ticket = receive()
        Ticket.objects.filter(pk=ticket.pk).update(legal_due_on=day, goal_due_on=date(2027, 3, 1), **more)
        return Ticket.objects.get(pk=ticket.pk)

    return make


def levels(ticket) -> list[int]:
    return list(EscalationSent.objects.filter(ticket=ticket).order_by("level").values_list("level", flat=True))


def mail_to(user) -> str:
    message = Message.objects.filter(template="tickets.digest", recipient_user=user).first()
    return message.body if message else ""


@pytest.mark.parametrize(("days", "reached"), [(7, []), (3, [1]), (0, [1, 2]), (-3, [1, 2, 3]), (-7, [1, 2, 3, 4])])
def test_levels_come_before_at_and_after_the_due_date(due, monday, days, reached) -> None:
    ticket = due(MONDAY + timedelta(days=days))

    escalation.escalate(MONDAY, by=None)

    assert levels(ticket) == reached


def test_each_level_fires_once_and_leaves_one_line_in_the_timeline(due, monday) -> None:
    ticket = due(MONDAY)

    escalation.escalate(MONDAY, by=None)
    escalation.escalate(MONDAY, by=None)
    assert TicketEvent.objects.filter(kind="escalated").count() == 1
    escalation.escalate(date(2026, 11, 24), by=None)

    assert levels(ticket) == [1, 2, 3]
    assert TicketEvent.objects.filter(kind="escalated").count() == 2


def test_both_clocks_warn_apart(receive, monday) -> None:
    ticket = receive()
    Ticket.objects.update(legal_due_on=MONDAY, goal_due_on=MONDAY)

    escalation.escalate(MONDAY, by=None)

    assert set(EscalationSent.objects.filter(ticket=ticket).values_list("clock", flat=True)) == {"legal", "internal"}


def test_a_stopped_clock_warns_nobody(due, monday) -> None:
    ticket = due(MONDAY, is_stopped=True)

    escalation.escalate(MONDAY, by=None)

    assert levels(ticket) == []


def test_an_extended_term_warns_again_for_its_new_date(due, monday) -> None:
    ticket = due(MONDAY)
    escalation.escalate(MONDAY, by=None)
    Ticket.objects.filter(pk=ticket.pk).update(legal_due_on=MONDAY + timedelta(days=1))

    escalation.escalate(MONDAY, by=None)

    assert levels(ticket) == [1, 1, 2]


def test_the_municipality_sets_its_own_levels(due, admin, monday) -> None:
    ticket = due(MONDAY + timedelta(days=7))

    escalation.set_thresholds([5, -10], by=admin)
    escalation.escalate(MONDAY, by=None)

    assert thresholds() == (5, -10)
    assert levels(ticket) == [1]


@pytest.mark.parametrize("wrong", [[], [0, 3], [3, 3], [40], [5, -70]])
def test_levels_that_make_no_sense_are_refused(admin, wrong) -> None:
    with pytest.raises(TicketsError) as refusal:
        escalation.set_thresholds(wrong, by=admin)

    assert refusal.value.code == "thresholds_wrong"


def test_each_person_gets_one_mail_a_day_however_often_it_runs(due, diego, carmen, monday) -> None:
    due(MONDAY)
    due(MONDAY - timedelta(days=4))

    escalation.warn(monday)
    escalation.warn(monday)

    sent = Message.objects.filter(template="tickets.digest")
    assert sorted(sent.values_list("recipient_user__full_name", flat=True)) == ["Carmen Díaz", "Diego Soto"]
    assert set(sent.values_list("channel", flat=True)) == {"mail"}


def test_the_digest_parts_what_is_late_from_what_falls_due_today(due, diego, monday) -> None:
    late, today, ahead = due(MONDAY - timedelta(days=4)), due(MONDAY), due(MONDAY + timedelta(days=20))

    escalation.warn(monday)

    before_today, after = mail_to(diego).split("VENCEN HOY")
    assert late.folio in before_today
    assert today.folio in after
    assert ahead.folio not in mail_to(diego)


def test_the_head_reads_what_the_department_is_late_with(due, diego, carmen, monday) -> None:
    ticket = handling.assign(due(MONDAY - timedelta(days=4), state="in_progress"), to=diego, by=carmen)

    escalation.warn(monday)

    assert ticket.folio in mail_to(carmen).split("FUERA DE PLAZO, A CARGO DE OTRAS PERSONAS (1)")[1]
    assert "A CARGO DE OTRAS" not in mail_to(diego)


def test_the_office_of_requests_reads_what_nobody_acknowledged(due, oficina, monday) -> None:
    ticket = due(MONDAY + timedelta(days=20))
    Derivation.objects.update(at=monday - timedelta(hours=25))

    escalation.warn(monday)

    assert ticket.folio in mail_to(oficina).split("SIN ACUSE DE RECIBO")[1]


def test_internal_requests_have_their_own_part(due, diego, puerto_claro, aseo, monday) -> None:
    pedro = make_member("Pedro Mena", puerto_claro, "department_officer", aseo)
    asked = ask(aseo, diego, ticket=due(MONDAY + timedelta(days=20)), days=5)

    escalation.warn(monday)

    assert asked.folio in mail_to(pedro).split("LE PIDEN OTRAS DIRECCIONES")[1]


def test_who_stands_in_gets_the_mail_and_who_is_away_does_not(due, diego, externo, admin, monday) -> None:
    substitute(absent=diego, substitute=externo, reason="leave", starts_on=MONDAY, ends_on=MONDAY, by=admin)
    ticket = due(MONDAY)

    escalation.warn(monday)

    assert ticket.folio in mail_to(externo)
    assert mail_to(diego) == ""


def test_who_owes_nothing_gets_nothing(diego, monday) -> None:
    assert escalation.warn(monday) == 0


def test_nothing_is_sent_on_the_municipality_s_own_holiday(due, diego, admin, monday) -> None:
    due(MONDAY)
    change_holiday(on=MONDAY, effect="added", name="Aniversario de la comuna", act="Decreto 12", by=admin)

    assert escalation.warn(monday) == 0
    assert mail_to(diego) == ""


def test_a_worker_that_wakes_at_night_sends_nothing_before_the_next_morning(due, diego) -> None:
    with travel("2026-11-24 01:30+00:00", tick=False):  # half past ten at night of Monday, in Chile
        due(MONDAY)
        escalation.warn(datetime(2026, 11, 24, 1, 30, tzinfo=UTC))
        waits_until = Message.objects.get(recipient_user=diego, channel="mail").next_try_at

    assert waits_until == datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def test_the_official_complained_of_reads_nothing_of_it(due, diego, carmen, monday) -> None:
    ticket = due(MONDAY - timedelta(days=4), official=carmen)

    escalation.warn(monday)

    assert ticket.folio in mail_to(diego)
    assert ticket.folio not in mail_to(carmen)


def test_it_is_due_at_eight_on_business_days() -> None:
    rhythm = registry.schedules()["tickets.begin_day"]

    assert (rhythm.at.hour, rhythm.at.minute, rhythm.business_days) == (8, 0, True)


def test_the_morning_job_reaches_every_municipality(due, diego, otra_comuna, run_jobs, monday) -> None:
    from cabildo.jobs import enqueue

    due(MONDAY)
    enqueue("tickets.begin_day")

    run_jobs()

    assert "VENCEN HOY" in mail_to(diego)


def test_the_number_of_questions_does_not_grow_with_the_requests(due, monday) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cabildo.tickets.queries.escalation import reached
    from cabildo.workflow.queries import calendar

    due(MONDAY)
    with CaptureQueriesContext(connection) as one:
        reached(MONDAY, calendar(MONDAY), thresholds())
    due(MONDAY), due(MONDAY)
    with CaptureQueriesContext(connection) as three:
        assert len(reached(MONDAY, calendar(MONDAY), thresholds())) == 3

    assert len(one) == len(three)
