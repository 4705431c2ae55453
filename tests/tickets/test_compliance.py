"""How the protocols and the 24-hour rule are kept, always with both numbers."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.tickets.inner_world import MONDAY, protocol_in_force

from cabildo.accounts import links
from cabildo.tickets.actions import handling, protocols
from cabildo.tickets.internal_duties import protocol_duties
from cabildo.tickets.models import Derivation, Ticket
from cabildo.tickets.queries.compliance import (
    Part,
    compliance_of,
    day_rule,
    readers_of,
    unacknowledged,
    unread_by,
)
from conftest import make_member

SINCE, UNTIL = date(2026, 1, 1), date(2026, 12, 31)


def figures(protocol):
    return compliance_of(protocol, since=date(2000, 1, 1), until=timezone.localdate(), today=timezone.localdate())


def test_officials_who_know_it_stand_against_those_whose_role_takes_the_step(obras, carmen, diego, alcaldesa) -> None:
    protocol = protocol_in_force(obras, carmen)
    protocols.acknowledge(protocol, by=diego)

    assert figures(protocol).acknowledgement == Part(1, 2)


def test_a_protocol_of_a_subject_concerns_who_answers_it(obras, aseo, carmen, diego, categories) -> None:
    make_member("Pedro Mena", aseo.municipality, "department_head", aseo)

    assert figures(protocol_in_force(obras, carmen, categories=["basura"])).acknowledgement == Part(0, 1)


def test_answers_in_term_stand_against_those_already_judged(obras, carmen, receive) -> None:
    protocol = protocol_in_force(obras, carmen)
    now, today = timezone.now(), timezone.localdate()
    in_term, late, overdue, _running = (receive() for _number in range(4))
    closed = {"state": "closed", "outcome": "resolved", "closed_at": now, "answered_at": now}
    Ticket.objects.filter(pk=in_term.pk).update(legal_due_on=today, **closed)
    Ticket.objects.filter(pk=late.pk).update(legal_due_on=today - timedelta(days=1), **closed)
    Ticket.objects.filter(pk=overdue.pk).update(legal_due_on=today - timedelta(days=2))

    found = figures(protocol)

    assert found.deadline == Part(1, 3)
    assert found.closing == Part(2, 4)


@pytest.fixture
def derived(receive):
    """A derivation made so many hours ago, acknowledged after so many."""

    def make(hours_ago: float, acknowledged_after: float | None = None) -> Derivation:
        found = Derivation.objects.get(ticket=receive())
        found.at = timezone.now() - timedelta(hours=hours_ago)
        if acknowledged_after is not None:
            found.acknowledged_at = found.at + timedelta(hours=acknowledged_after)
        found.save()
        return found

    return make


def test_the_24_hour_rule_counts_those_acknowledged_in_time_of_those_whose_day_is_over(derived) -> None:
    derived(50, 24)
    derived(50, 24.1)
    derived(30)
    derived(2)

    found = day_rule(since=date(2000, 1, 1), until=timezone.localdate(), now=timezone.now())

    assert (found.kept, found.pending) == (Part(1, 3), 1)


def test_what_nobody_acknowledged_for_a_day_is_named_oldest_first(derived, diego) -> None:
    newer, older, _fresh = derived(30), derived(40), derived(3)
    acknowledged = derived(40)
    handling.acknowledge(acknowledged.ticket, by=diego)

    assert list(unacknowledged(timezone.now())) == [older, newer]


def test_nothing_to_divide_stays_without_a_share(obras, carmen) -> None:
    assert day_rule(since=MONDAY, until=MONDAY, now=timezone.now()).kept == Part(0, 0)


def test_who_must_know_a_protocol_is_named_those_who_have_not_said_so_first(obras, carmen, diego) -> None:
    protocol = protocol_in_force(obras, carmen)
    protocols.acknowledge(protocol, by=carmen)

    readers = readers_of(protocol, timezone.localdate())

    assert [(reader.person, reader.known_at is None) for reader in readers] == [(diego, True), (carmen, False)]


@pytest.mark.parametrize("scope", [{}, {"categories": ["basura"]}, {"groups": ["calle"]}, {"step": "intake"}])
def test_what_one_has_to_read_is_what_the_figure_counts_one_for(aseo, carmen, diego, categories, scope) -> None:
    pedro = make_member("Pedro Mena", aseo.municipality, "department_head", aseo)
    desk = make_member("Iris Paz", aseo.municipality, "counter_officer")
    protocol = protocol_in_force(categories["lamp"].department, carmen, **scope)
    today = timezone.localdate()

    must = {reader.person for reader in readers_of(protocol, today)}

    assert {one for one in (carmen, diego, pedro, desk) if unread_by(one, today)} == must


def test_a_protocol_to_read_is_a_duty_until_it_is_known(obras, carmen, diego) -> None:
    protocol = protocol_in_force(obras, carmen)
    today = timezone.localdate()

    with links.addresses():
        before = [duty.action for duty in protocol_duties(diego, today, 10)]
        protocols.acknowledge(protocol, by=diego)
        after = list(protocol_duties(diego, today, 10))

    assert (before, after) == (["Leer"], [])
