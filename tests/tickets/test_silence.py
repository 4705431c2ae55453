"""Silence is declared by a person, past the term, with a certificate."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from tests.tickets.inner_world import DESK

from cabildo.kit.workdays import chile
from cabildo.tickets.actions import silence
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import SilenceAct, Ticket
from cabildo.tickets.rules.silence import claim_has_matured, may_declare

CALENDAR = chile([2026])
TODAY = timezone.localdate


@pytest.fixture
def overdue(receive):
    ticket = receive()
    Ticket.objects.update(legal_due_on=TODAY() - timedelta(days=3))
    return Ticket.objects.get(pk=ticket.pk)


def declare(ticket, by, **more):
    return silence.declare(
        ticket, **{"effect": "rejected", "grounds": "No se alcanzó.", "by": by, "today": TODAY(), **more}
    )


@pytest.mark.parametrize(
    ("due_on", "is_stopped", "expected"),
    [
        (date(2026, 11, 20), False, True),
        (date(2026, 11, 23), False, False),
        (date(2026, 11, 20), True, False),
        (None, False, False),
    ],
)
def test_only_past_a_running_term(due_on, is_stopped, expected) -> None:
    assert may_declare(due_on=due_on, today=date(2026, 11, 23), is_stopped=is_stopped) is expected


@pytest.mark.parametrize(
    ("today", "matured"), [(date(2026, 11, 27), False), (date(2026, 11, 30), False), (date(2026, 12, 1), True)]
)
def test_a_claim_matures_after_five_business_days(today, matured) -> None:
    assert claim_has_matured(date(2026, 11, 23), today, CALENDAR) is matured


def test_it_closes_with_a_numbered_certificate_that_names_no_person(overdue, carmen) -> None:
    act = declare(overdue, carmen)

    ticket = Ticket.objects.get()
    assert (ticket.state, ticket.outcome, ticket.answered_at) == ("closed", "silence", None)
    assert (act.number, act.by) == (1, carmen)
    assert "artículo 65" in act.certificate
    assert overdue.folio in act.certificate
    assert "Rosa" not in act.certificate


def test_before_the_term_ends_it_is_refused(receive, carmen) -> None:
    with pytest.raises(TicketsError) as refusal:
        declare(receive(), carmen)

    assert refusal.value.code == "silence_too_early"
    assert not SilenceAct.objects.exists()


def test_to_be_deemed_accepted_the_person_must_have_claimed_in_time(overdue, carmen) -> None:
    with pytest.raises(TicketsError) as refusal:
        declare(overdue, carmen, effect="accepted", claimed_on=TODAY())
    act = declare(overdue, carmen, effect="accepted", claimed_on=TODAY() - timedelta(days=15))

    assert refusal.value.code == "silence_claim_missing"
    assert "artículo 64" in act.certificate


def test_the_step_appears_only_past_the_term(as_user, receive, overdue, carmen) -> None:
    other, desk = receive(), as_user(carmen)

    assert "paso/silencio/" in desk.get(f"{DESK}solicitudes/{overdue.folio}/").content.decode()
    assert "paso/silencio/" not in desk.get(f"{DESK}solicitudes/{other.folio}/").content.decode()


def test_a_person_declares_it_in_the_browser(as_user, overdue, carmen) -> None:
    step = f"{DESK}solicitudes/{overdue.folio}/paso/silencio/"

    done = as_user(carmen).post(step, {"version": overdue.version, "effect": "rejected", "text": "Sin personal."})

    assert done.status_code == 302, done.context["form"].errors
    assert SilenceAct.objects.get().grounds == "Sin personal."
