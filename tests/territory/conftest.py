import pytest

from cabildo.accounts.models import User
from cabildo.territory import actions
from cabildo.territory.choices import LayerKind
from cabildo.territory.models import AreaLayer
from territory.shapes import two_squares


@pytest.fixture
def publish(admin):
    """Publishes a GeoJSON as the neighbourhood units of Puerto Claro."""

    def act(content: bytes, by: User = admin, **more) -> AreaLayer:
        chosen = {"kind": LayerKind.NEIGHBOURHOOD_UNIT, "name": "Unidades vecinales"}
        columns = {"code_property": "codigo", "name_property": "nombre"}
        return actions.publish_layer(content=content, by=by, **(chosen | columns | more))

    return act


@pytest.fixture
def layer(publish) -> AreaLayer:
    return publish(two_squares())
