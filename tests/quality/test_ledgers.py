"""Sheets to write are owed by their department, until somebody writes them."""

from datetime import date, timedelta

import pytest

from cabildo import audit
from cabildo.accounts.links import addresses
from cabildo.content import actions as packs
from cabildo.instruments.actions import sheets
from cabildo.quality.actions import self_assessment
from cabildo.quality.models import ImmediateAction
from cabildo.workflow import ledgers
from cabildo.workflow.ledgers import Tally
from factories.assessment_models import model, publish_model
from factories.sheets import elements, wide_model

__all__ = ["model", "publish_model", "wide_model"]
TODAY = date(2026, 11, 23)


@pytest.fixture
def assigned(cycle, wide_model, puerto_claro, counterpart, obras):
    packs.adopt(municipality=puerto_claro, version=wide_model, follows_updates=False, by=audit.SYSTEM)
    begun = self_assessment.begin(cycle, by=counterpart)
    names = elements(0)[:2]
    sheets.assign(begun, elements=names, department=obras, due_on=TODAY - timedelta(days=1), by=counterpart)
    return begun, names


def owed(department, by) -> dict[int | None, Tally]:
    wanted = [department.pk if department else None]
    return ledgers.tallies(ledgers.ledger("fichas"), by, wanted, TODAY, TODAY + timedelta(days=3))


def test_a_sheet_is_owed_until_it_is_written(assigned, obras, counterpart) -> None:
    begun, names = assigned
    assert owed(obras, counterpart) == {obras.pk: Tally(late=2)}

    sheets.write_sheet(begun.sheets.get(element=names[0]), revision=1, text="Se hace.", by=counterpart)

    assert owed(obras, counterpart) == {obras.pk: Tally(late=1)}


def test_it_is_told_by_its_element_and_leads_to_its_page(assigned, obras, counterpart) -> None:
    ledger = ledgers.ledger("fichas")
    with addresses():
        told = [ledger.tell(row) for row in ledgers.owed_by(ledger, counterpart, obras.pk)]

    assert all(one.what.startswith("Autoevaluación: ") for one in told)
    assert {one.url.rstrip("/").rsplit("/", 1)[1] for one in told} == set(assigned[1])


def test_an_immediate_action_is_owed_by_the_department_of_who_answers_until_it_is_done(cycle, diego, obras) -> None:
    days = {"begins_on": TODAY - timedelta(days=9), "due_on": TODAY - timedelta(days=1)}
    action = ImmediateAction.objects.create(
        municipality=cycle.municipality, cycle=cycle, what="Poner un buzón", responsible=diego, **days
    )
    ledger = ledgers.ledger("inmediatas")
    found = ledgers.tallies(ledger, diego, [obras.pk, None], TODAY, TODAY + timedelta(days=3))
    with addresses():
        told = [ledger.tell(row) for row in ledgers.owed_by(ledger, diego, obras.pk)]
    assert found == {obras.pk: Tally(late=1)}
    assert [(one.what, one.person, one.due_on) for one in told] == [("Poner un buzón", str(diego), days["due_on"])]

    ImmediateAction.objects.filter(pk=action.pk).update(done_on=TODAY, note="Está puesto.")

    assert not ledgers.owed_by(ledger, diego, obras.pk).exists()


def test_a_sheet_that_nobody_was_given_is_owed_by_no_department(assigned, counterpart) -> None:
    begun, names = assigned
    rest = begun.sheets.count() - len(names)

    assert owed(None, counterpart) == {None: Tally(undated=rest)}
