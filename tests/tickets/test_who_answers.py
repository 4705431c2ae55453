"""The department that a neighbour reads before sending is the one that will have the request."""

import pytest

from cabildo.territory.actions import publish_layer
from cabildo.tickets.models import RoutingRule, Ticket
from territory.shapes import SIDE, SOUTH, WEST, collection, feature, square

NEW = "/m/puerto-claro/solicitudes/nueva/luminaria/"
INSIDE = {"latitude": SOUTH + SIDE / 2, "longitude": WEST + SIDE / 2}
OUTSIDE = {"latitude": SOUTH + SIDE / 2, "longitude": WEST + 5 * SIDE}


@pytest.fixture
def routed(categories, aseo, diego) -> None:
    """In sector S1 lamps are answered by Aseo, elsewhere by Obras."""
    publish_layer(
        kind="sector",
        name="Sectores",
        content=collection(feature("S1", square(0), "Cerro")),
        code_property="codigo",
        name_property="nombre",
        by=diego,
    )
    lamp = categories["lamp"]
    RoutingRule.objects.create(municipality=lamp.municipality, category=lamp, area_code="S1", department=aseo)


@pytest.mark.parametrize(
    ("place", "department"), [(INSIDE, "Dirección de Aseo y Ornato"), (OUTSIDE, "Dirección de Obras")]
)
def test_the_summary_names_the_department_that_will_have_it(client, routed, place, department) -> None:
    client.post(NEW, {"kind": "reclamo", "text": "El poste está apagado."})
    client.post(f"{NEW}lugar/", place)

    promised = client.get(f"{NEW}enviar/").context["department"]
    client.post(f"{NEW}enviar/", {"name": "Rosa Pérez", "email": "rosa@ejemplo.cl"})

    assert (promised.name, Ticket.objects.get().department) == (department, promised)


def test_before_the_place_is_known_nothing_is_promised(client, routed) -> None:
    assert "según el sector, otra dirección" in client.get(NEW).content.decode()


def test_a_subject_that_one_department_answers_everywhere_says_so(client, categories) -> None:
    page = client.get(NEW).content.decode()

    assert ("Responde: Dirección de Obras" in page, "otra dirección" in page) == (True, False)
