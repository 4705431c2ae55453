"""What is opened again is work again, and the figures of the months already told stay as they were told."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.cache import cache
from time_machine import travel

from cabildo.indicators.rules import month_of
from cabildo.tickets import public_figures
from cabildo.tickets.actions import answering, handling
from cabildo.tickets.models import Ticket
from cabildo.tickets.queries import figures
from cabildo.tickets.queries.figures import Dimension, Scope
from factories.figures import at

OCTOBER = Scope(month_of(date(2026, 10, 1)))
ENDED_ON, REOPENED_ON, TODAY = date(2026, 10, 20), date(2026, 11, 10), date(2026, 11, 21)
DAYS = [ENDED_ON - timedelta(days=1), ENDED_ON, REOPENED_ON, TODAY]


@pytest.fixture
def ended(receive, diego):
    """A request of October that ended in October: answered, or withdrawn by who made it."""

    def make(how: str) -> Ticket:
        with travel(at("2026-10-05"), tick=False):
            ticket = receive()
        with travel(at(ENDED_ON.isoformat()), tick=False):
            if how == "answered":
                return answering.answer(ticket, text="Listo.", outcome="resolved", by=diego)
            return answering.withdraw(ticket, by=diego, reason="Ya no lo necesita.", today=ENDED_ON)

    return make


def reopen(ticket: Ticket, by) -> Ticket:
    with travel(at(REOPENED_ON.isoformat()), tick=False):
        return answering.reopen(ticket, by=by, reason="Sigue igual.")


def told() -> list:
    """Everything that is told of October, as of several days before and after."""
    cache.clear()
    questions = [lambda day: figures.tallies(OCTOBER, Dimension.KIND, day), lambda day: figures.monthly(OCTOBER, day)]
    questions += [lambda day: figures.tally(OCTOBER, day), lambda day: figures.median_days(OCTOBER, day)]
    questions += [lambda day: list(public_figures.rows(public_figures.chosen("mes-pasado", TODAY), day))]
    return [ask(day) for day in DAYS for ask in questions]


@pytest.mark.parametrize("how", ["answered", "withdrawn"])
def test_opening_a_request_again_changes_no_figure_of_a_closed_month(ended, diego, how) -> None:
    ticket = ended(how)
    before = told()

    reopen(ticket, diego)

    assert told() == before
    assert figures.standing_now(None, at(TODAY.isoformat())).open == 1


@pytest.mark.parametrize("how", ["answered", "withdrawn"])
def test_a_request_opened_again_twice_counts_by_how_it_first_ended(ended, diego, how) -> None:
    ticket = reopen(ended(how), diego)
    before = told()

    with travel(at("2026-11-15"), tick=False):
        again = answering.withdraw(ticket, by=diego, reason="Ya no.", today=date(2026, 11, 15))
        answering.reopen(again, by=diego, reason="Otra vez.")

    assert told() == before


def test_a_second_answer_moves_neither_the_day_of_the_first_nor_what_it_took(ended, diego) -> None:
    ticket = reopen(ended("answered"), diego)
    before = told()

    with travel(at("2026-11-15"), tick=False):
        answering.answer(handling.acknowledge(ticket, by=diego), text="Ahora sí.", outcome="resolved", by=diego)

    assert told() == before
    assert Ticket.objects.get().answered_at == at(ENDED_ON.isoformat())


def test_one_that_was_withdrawn_and_is_answered_after_all_has_an_answer(ended, diego) -> None:
    ticket = reopen(ended("withdrawn"), diego)

    with travel(at("2026-11-15"), tick=False):
        answering.answer(ticket, text="Ahora sí.", outcome="resolved", by=diego)
    cache.clear()
    tally = figures.tally(OCTOBER, TODAY)

    assert (tally.answered, tally.unanswered, tally.ended_otherwise) == (1, 0, 0)


def test_what_was_lost_before_is_read_from_the_answers(ended, diego) -> None:
    migration = import_module("cabildo.tickets.migrations.0013_first_endings")
    ticket = reopen(ended("answered"), diego)
    before = told()
    Ticket.objects.filter(pk=ticket.pk).update(answered_at=None)

    migration.restore_first_answers(apps, None)

    assert told() == before
