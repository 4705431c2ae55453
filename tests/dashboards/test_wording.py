"""The title of a chart says a finding that is true, in Spanish."""

from datetime import date

import pytest

from cabildo.dashboards import wording
from cabildo.tickets.public_figures import finding
from cabildo.tickets.queries.figures import Row
from cabildo.tickets.rules.figures import Tally


def rows(*counts: int) -> list[Row[Tally]]:
    return [Row(str(place), f"Materia {place}", Tally(received=count)) for place, count in enumerate(counts)]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((2, 1), "Materia 0 es lo más pedido: 2 de 3"),
        ((3,), "Materia 0 es lo más pedido: 3 de 3"),
        ((1, 1), "Varias empatan en el primer lugar: 1 de 2"),
        ((), "No ingresaron solicitudes en el período"),
    ],
)
def test_of_several_that_are_first_none_is_named(counts, said) -> None:
    assert wording.most_received(rows(*counts), "%(who)s es lo más pedido: %(share)s").startswith(said)


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (1, "En noviembre ingresó 1 solicitud; en octubre, 4"),
        (2, "En noviembre ingresaron 2 solicitudes; en octubre, 4"),
    ],
)
def test_one_request_came_in_and_two_came_in(now, said) -> None:
    months = [(date(2026, 10, 1), Tally(received=4)), (date(2026, 11, 1), Tally(received=now))]

    assert wording.last_month(months) == said


@pytest.mark.parametrize(
    ("bars", "said"),
    [
        ((("Web", 9), ("Mesón", 5)), "El canal más usado: Web, con 9 solicitudes"),
        ((("Web", 1),), "El canal más usado: Web, con 1 solicitud"),
        ((("Web", 5), ("Mesón", 5)), "Solicitudes por canal"),
        ((), "No hay solicitudes que mostrar por canal"),
    ],
)
def test_the_public_figures_name_the_first_alone(bars, said) -> None:
    assert finding(bars, "por canal", "El canal más usado") == said
