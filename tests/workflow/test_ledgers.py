"""What departments owe: counted by date, told row by row."""

from datetime import date

import pytest

from cabildo.tickets import ledgers as desk
from cabildo.workflow import ledgers
from cabildo.workflow.ledgers import Tally
from factories.figures import at, requests

TODAY, SOON = date(2026, 11, 20), date(2026, 11, 25)


@pytest.fixture
def ledger():
    desk.register()
    return ledgers.ledger("solicitudes")


@pytest.fixture
def owed(categories):
    for due in (date(2026, 11, 19), TODAY, SOON, date(2026, 11, 26), None):
        requests(categories["lamp"], at("2026-11-03"), legal_due_on=due)
    requests(categories["lamp"], at("2026-11-03"), legal_due_on=date(2026, 11, 1), is_stopped=True)
    requests(categories["rubbish"], at("2026-11-03"), legal_due_on=date(2026, 11, 1))


def test_each_open_row_counts_once_by_its_date(ledger, owed, alcaldesa, obras, aseo) -> None:
    found = ledgers.tallies(ledger, alcaldesa, [obras.pk, aseo.pk], TODAY, SOON)

    assert found == {obras.pk: Tally(late=1, soon=2, later=1, undated=2), aseo.pk: Tally(late=1)}
    assert found[obras.pk].total == 6


def test_only_the_departments_asked_for_are_counted(ledger, owed, alcaldesa, aseo) -> None:
    assert set(ledgers.tallies(ledger, alcaldesa, [aseo.pk], TODAY, SOON)) == {aseo.pk}


@pytest.mark.usefixtures("owed")
@pytest.mark.parametrize(("standing", "many"), [("late", 1), ("soon", 2), ("later", 1), ("undated", 2), ("", 6)])
def test_a_standing_chooses_the_rows_that_the_tally_counts(ledger, alcaldesa, obras, standing, many) -> None:
    rows = ledgers.owed_by(ledger, alcaldesa, obras.pk)

    assert rows.filter(ledgers.standing_in(ledger, standing, TODAY, SOON)).count() == many


def test_every_registered_ledger_tells_its_rows() -> None:
    assert {"solicitudes", "internas", "acuerdos", "actividades", "medidas", "tareas"} <= {
        one.code for one in ledgers.ledgers()
    }
