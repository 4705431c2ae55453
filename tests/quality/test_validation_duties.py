"""What «Mi trabajo» tells a validator: the next thing to do, and nothing when it waits for others."""

import pytest

from cabildo.accounts.models import User
from cabildo.quality import validation_duties
from cabildo.quality.actions import feedback, validation, validators
from cabildo.quality.actions import plan_validation as plans
from factories.assessment_models import model, publish_model
from factories.validation import (
    TODAY,
    agency,
    agreed,
    begun,
    bruno,
    declared,
    hold_interview,
    issued,
    mark_all,
    send,
    vera,
)
from quality.test_plan_validation import plan, sent_plan

__all__ = ["agency", "agreed", "begun", "bruno", "declared", "issued", "model", "plan", "publish_model", "sent_plan"]
__all__ += ["vera"]
pytestmark = [pytest.mark.django_db, pytest.mark.urls("cabildo.site.urls_municipality")]


def owed(user: User) -> list[str]:
    """As a page would ask, with the roles read anew."""
    return [duty.action for duty in validation_duties.duties(User.objects.get(pk=user.pk), TODAY, 50)]


def test_who_was_sent_declares_first_and_begins_once_something_was_declared(cycle, vera, counterpart) -> None:
    assignment = validators.assign(cycle, validator=vera, today=TODAY, by=vera.user)
    assert owed(vera.user) == ["Declarar"]
    validators.declare(assignment, has_conflict=False, declaration="Ninguno.", by=vera.user)
    assert owed(vera.user) == []


def test_a_declared_self_assessment_waits_for_its_review(declared, cycle, vera) -> None:
    send(cycle, vera)

    assert owed(vera.user) == ["Comenzar la revisión"]


def test_each_seals_their_own_marks_before_the_interview(begun, vera, bruno) -> None:
    mark_all(begun, vera.user)
    validation.seal_own(begun, by=vera.user)

    assert owed(vera.user) == ["Agendar"]
    assert owed(bruno.user) == ["Puntuar y sellar"]


def test_after_the_interview_they_agree_and_issue(begun, vera, bruno) -> None:
    for one in (vera, bruno):
        mark_all(begun, one.user)
        validation.seal_own(begun, by=one.user)
    hold_interview(begun, vera.user)
    assert owed(vera.user) == ["Acordar"]
    validation.seal_consensus(begun, by=vera.user)
    assert owed(bruno.user) == ["Emitir"]


def test_an_observation_waits_for_a_reply(issued, vera, counterpart) -> None:
    assert owed(vera.user) == []
    feedback.observe(issued, subcriterion="", text="Falta considerar el decreto.", by=counterpart)

    assert owed(vera.user) == ["Responder"]


def test_a_plan_that_was_sent_is_read_by_each_and_its_report_issued(sent_plan, cycle, vera, bruno) -> None:
    assert owed(vera.user) == ["Emitir", "Comenzar la lectura"]
    reading = plans.begin_plan_review(cycle, by=vera.user)
    plans.note_read(reading, by=vera.user)
    assert owed(vera.user) == ["Emitir"]
    assert owed(bruno.user) == ["Emitir", "Leer y recomendar"]
    plans.note_read(reading, by=bruno.user)
    assert owed(bruno.user) == ["Emitir", "Emitir"]


def test_who_has_a_conflict_or_validates_elsewhere_owes_nothing(begun, cycle, agency, counterpart) -> None:
    from factories.validation import register

    conflicted = register(agency, "Cora Luz")
    send(cycle, conflicted, has_conflict=True)

    assert owed(conflicted.user) == []
    assert owed(counterpart) == []
