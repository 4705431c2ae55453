"""The state machine of a request as a graph, and random walks through the actions that move it."""

from collections.abc import Callable
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cabildo.kit.errors import DomainError
from cabildo.people.actions import Contact
from cabildo.tickets.actions import answering, handling, merging
from cabildo.tickets.actions.intake import Intake, receive
from cabildo.tickets.choices import OPEN_STATES, AnswerState, State
from cabildo.tickets.models import Answer, Derivation, Ticket, TicketEvent, TicketPause
from cabildo.tickets.rules.states import MACHINE, OPEN
from cabildo.workflow.rules.errors import WorkflowError

TODAY = date(2026, 11, 23)
Act = Callable[[Ticket, SimpleNamespace], Any]
# what people do to a request, in whatever order they try it
ACTS: dict[str, Act] = {
    "acknowledge": lambda t, w: handling.acknowledge(t, by=w.diego),
    "derive": lambda t, w: handling.derive(t, to=w.aseo, reason="Es de Aseo", by=w.diego),
    "derive back": lambda t, w: handling.derive(t, to=w.obras, reason="Es de Obras", by=w.diego),
    "assign": lambda t, w: handling.assign(t, to=w.carmen, by=w.diego),
    "ask": lambda t, w: handling.ask_requester(t, text="¿Qué poste?", by=w.diego, today=TODAY),
    "resume": lambda t, w: handling.resume(t, by=w.diego, today=TODAY),
    "complete": lambda t, w: handling.add_information(t, text="El 12", by=None, today=TODAY),
    "reclassify": lambda t, w: handling.reclassify(t, category=w.rubbish, kind="reclamo", by=w.diego),
    "submit": lambda t, w: answering.submit_answer(t, text="Listo", outcome="resolved", by=w.diego),
    "return": lambda t, w: answering.return_answer(t, reason="Falta la fecha", by=w.carmen),
    "approve": lambda t, w: answering.approve_answer(t, by=w.carmen),
    "answer": lambda t, w: answering.answer(t, text="No es nuestro", outcome="rejected", by=w.diego),
    "withdraw": lambda t, w: answering.withdraw(t, by=w.diego, reason="Ya no", today=TODAY),
    "deem withdrawn": lambda t, w: answering.deem_withdrawn(t, by=w.diego, reason="No vino", today=date(2026, 12, 31)),
    "reopen": lambda t, w: answering.reopen(t, by=w.diego, reason="Sigue igual"),
    "merge": lambda t, w: merging.merge(t, into=w.other, by=w.diego, reason="Es la misma"),
    "unmerge": lambda t, w: merging.unmerge(t, by=w.diego, reason="No era la misma"),
}


@pytest.fixture
def world(categories, diego, carmen, obras, aseo) -> SimpleNamespace:
    lamp, rubbish = categories["lamp"], categories["rubbish"]
    unrouted = type(lamp).objects.create(
        municipality=lamp.municipality,
        code="otra",
        label="Otra materia",
        group_code="calle",
        definition=lamp.definition,
    )
    starts = [lamp, unrouted]
    return SimpleNamespace(
        diego=diego, carmen=carmen, obras=obras, aseo=aseo, rubbish=rubbish, starts=starts, other=ask(lamp)
    )


def ask(category) -> Ticket:
    contact = Contact(name="Rosa Pérez", email="rosa@ejemplo.cl")
    asked = Intake(category=category, kind="reclamo", text="Está apagada", channel="web", contact=contact)
    return receive(asked, by=None).ticket


def test_every_state_is_reached_and_none_is_a_dead_end() -> None:
    assert (MACHINE.unreachable_states(), MACHINE.dead_states()) == (frozenset(), frozenset())


def test_the_machine_and_the_database_name_the_same_states() -> None:
    assert MACHINE.states == set(State.values)
    assert {state.value for state in OPEN_STATES} == OPEN


@pytest.mark.property
@given(names=st.lists(st.sampled_from([step.name for step in MACHINE.transitions]), max_size=40))
def test_no_walk_through_the_machine_leaves_its_states_or_forgets_a_reason(names) -> None:
    state = MACHINE.initial
    for name in names:
        targets = {step.name: step.target for step in MACHINE.allowed(state)}
        if name in targets:
            state = MACHINE.apply(name, state, reason="Por algo")
            assert state == targets[name] in MACHINE.states
        else:
            with pytest.raises(WorkflowError, match="transition_not_allowed"):
                MACHINE.apply(name, state, reason="Por algo")


@pytest.mark.property
@pytest.mark.slow  # each walk takes up to ten actions through the database
@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(routed=st.booleans(), names=st.lists(st.sampled_from(sorted(ACTS)), min_size=1, max_size=10))
def test_no_walk_through_the_actions_breaks_what_the_database_holds(world, routed, names) -> None:
    ticket = ask(world.starts[0 if routed else 1])
    for name in names:
        before = ticket.state
        try:
            ACTS[name](ticket, world)
        except DomainError:
            assert Ticket.objects.get(pk=ticket.pk).state == before, f"{name} was refused and changed something"
        ticket = Ticket.objects.get(pk=ticket.pk)
        assert is_a_step(name, before, ticket.state), f"{name} led from {before} to {ticket.state}"
        check(ticket)


def is_a_step(name: str, before: str, after: str) -> bool:
    if name == "unmerge":  # goes back to the state that was left, whichever it was
        return before == after or after in OPEN
    return before == after or after in {step.target for step in MACHINE.allowed(before)}


def check(ticket: Ticket) -> None:
    """What must hold of every request at every moment."""
    stopped = list(TicketPause.objects.filter(ticket=ticket, ended_on=None))
    derivations = list(Derivation.objects.filter(ticket=ticket))
    assert (ticket.state == State.INTAKE) == (ticket.department_id is None)
    assert (ticket.state == State.CLOSED) == bool(ticket.outcome) == bool(ticket.closed_at)
    assert len(stopped) <= 1
    assert ticket.is_stopped == any(pause.stops_legal for pause in stopped)
    assert ticket.state != State.WAITING or stopped
    assert ticket.merged_into_id is None or ticket.state == State.CLOSED
    assert not derivations or derivations[-1].to_department_id == ticket.department_id
    assert Answer.objects.filter(ticket=ticket, state=AnswerState.SUBMITTED).count() <= 1
    assert TicketEvent.objects.filter(ticket=ticket).exists()
