"""At the counter a point may be marked on the map, and what the subject asks for is not called optional."""

import pytest
from tests.tickets.inner_world import DESK

from cabildo.tickets.forms.desk import RegisterForm
from cabildo.tickets.models import Ticket

COUNTER = f"{DESK}solicitudes/ingresar/counter/luminaria/"
POINT = {"latitude": "-33.0372", "longitude": "-71.3729"}
GIVEN = {"kind": "reclamo", "text": "Luz apagada en la plaza", "name": "Rosa"}


@pytest.fixture
def desk(as_user, oficina, categories):
    return as_user(oficina)


def defined(category, **definition):
    category.definition = {**category.definition, **definition}
    category.save()


def test_the_form_has_the_picker_of_the_portal(desk) -> None:
    page = desk.get(COUNTER).content.decode()

    assert 'data-map-lat="id_latitude" data-map-lon="id_longitude"' in page


@pytest.mark.parametrize("channel", ["phone", "paper", "social"])
def test_so_has_every_other_channel_of_the_desk(desk, channel) -> None:
    assert "data-map-lat" in desk.get(COUNTER.replace("counter", channel)).content.decode()


def test_a_point_is_enough_where_the_place_is_asked_for(desk) -> None:
    done = desk.post(COUNTER, {**GIVEN, **POINT})

    assert done.status_code == 302, done.context["form"].errors
    assert (Ticket.objects.get().latitude, Ticket.objects.get().longitude) == (-33.0372, -71.3729)


def test_half_a_point_is_none(desk) -> None:
    page = desk.post(COUNTER, {**GIVEN, "latitude": "-33.0372"})

    assert "márquelo en el mapa" in str(page.context["form"].errors["place"])


def test_a_point_of_a_sector_goes_to_the_department_of_that_sector(desk, categories, aseo, monkeypatch) -> None:
    monkeypatch.setattr("cabildo.tickets.actions.intake.responsible_department", lambda _category, _area: aseo)
    desk.post(COUNTER, {**GIVEN, **POINT})

    assert Ticket.objects.get().department == aseo


def test_a_subject_without_place_draws_no_map(desk, categories) -> None:
    defined(categories["lamp"], location="none")

    assert "data-map-lat" not in desk.get(COUNTER).content.decode()


@pytest.mark.parametrize(
    ("location", "identity", "optional"),
    [("required", "required", set()), ("optional", "anonymous_allowed", {"place", "name"})],
)
def test_what_the_subject_needs_is_not_called_optional(categories, location, identity, optional) -> None:
    defined(categories["lamp"], location=location, identity=identity)
    form = RegisterForm(category=categories["lamp"])

    assert {name for name in ("place", "name") if "(opcional)" in form[name].as_field_group()} == optional


def test_without_the_name_it_needs_it_says_so(desk) -> None:
    page = desk.post(COUNTER, {**GIVEN, **POINT, "name": ""})

    assert "En esta materia hace falta el nombre." in str(page.context["form"].errors["name"])
