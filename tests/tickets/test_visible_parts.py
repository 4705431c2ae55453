"""The parts in which a list is counted are together what it shows, and share nothing."""

from collections import Counter

import pytest
from tests.tickets.inner_world import ask

from cabildo.db.counting import capped_count
from cabildo.tickets.actions import handling
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries.visibility import visible_parts, visible_tickets
from conftest import make_member


@pytest.fixture
def mixed(receive, puerto_claro, obras, aseo, oficina):
    """Of Obras, derived by it to Aseo, asked of it by Aseo, both, and of nobody's business but Aseo's."""
    pedro = make_member("Pedro Mena", puerto_claro, "department_officer", aseo)
    own, derived, asked, both, _other = receive(), receive(), receive("rubbish"), receive(), receive("rubbish")
    for ticket in (derived, both):
        handling.derive(ticket, to=aseo, reason="Le toca a Aseo.", by=oficina)
    for ticket in (asked, both):
        ask(obras, pedro, ticket=Ticket.objects.get(pk=ticket.pk))
    return {own.pk, derived.pk, asked.pk, both.pk}


def test_the_parts_are_together_what_is_visible_and_share_nothing(mixed, diego) -> None:
    found = Counter(pk for part in visible_parts(diego) for pk in part.values_list("pk", flat=True))

    assert set(found) == set(visible_tickets(diego).values_list("pk", flat=True)) == mixed
    assert set(found.values()) == {1}


def test_parts_are_counted_together_up_to_the_cap(mixed, diego) -> None:
    assert capped_count(*visible_parts(diego)).number == len(mixed)
    assert capped_count(*visible_parts(diego), cap=2) == capped_count(visible_tickets(diego), cap=2)
