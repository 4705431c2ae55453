"""Choosing a known person fills the intake form; the address carries their id alone, and the read is logged."""

import pytest
from tests.conftest import make_member

from cabildo.audit.models import Entry
from cabildo.people.actions import Contact
from cabildo.people.models import Requester

DESK = "/m/puerto-claro/mesa/"
CALLER = f"{DESK}personas/buscar/"
FORM = f"{DESK}solicitudes/ingresar/phone/luminaria/"
ROSA = Contact(
    name="Rosa Pérez", run="12345678-5", email="rosa@ejemplo.cl", phone="987654321", address="Los Aromos 120"
)


@pytest.fixture
def rosa(receive, oficina) -> Requester:
    return receive(contact=ROSA, by=oficina, channel="phone").requester


@pytest.fixture
def counter(as_user, puerto_claro):
    return as_user(make_member("Iris Paz", puerto_claro, "counter_officer"))


def searched(client, **more) -> str:
    return client.get(CALLER, {"q": "987654321", "purpose": "intake", **more}).content.decode()


def reads() -> list[tuple[str, str]]:
    return list(Entry.objects.filter(action="personal_data.read").values_list("subject_id", "reason"))


def test_a_person_found_from_an_intake_form_leads_back_to_it_with_their_id_alone(counter, rosa) -> None:
    page = searched(counter, canal="phone", materia="luminaria")

    assert f'href="{FORM}?persona={rosa.pk}" hx-get="{FORM}?persona={rosa.pk}"' in page
    assert "12345678-5" not in page


def test_a_person_found_before_choosing_the_subject_is_carried_to_the_form(counter, rosa, categories) -> None:
    choose = f"{DESK}solicitudes/ingresar/"
    given = {"channel": "phone", "category": categories["lamp"].pk, "persona": str(rosa.pk)}

    assert f"{choose}?persona={rosa.pk}" in searched(counter)
    assert f'value="{rosa.pk}"' in counter.get(choose, {"persona": rosa.pk}).content.decode()
    assert counter.get(choose, given)["Location"] == f"{FORM}?persona={rosa.pk}"


def test_for_another_purpose_nobody_is_offered(counter, rosa) -> None:
    assert "persona=" not in searched(counter, purpose="identity", canal="phone", materia="luminaria")


def test_the_form_comes_filled_and_the_read_is_logged_with_its_purpose(counter, rosa) -> None:
    form = counter.get(FORM, {"persona": str(rosa.pk)}).context["form"]

    filled = {name: form[name].value() for name in ("name", "run", "phone", "email", "address")}
    assert filled == {name: getattr(ROSA, name) for name in filled}
    assert reads() == [(str(rosa.pk), "caller_intake")]


@pytest.mark.parametrize("asked", ["", "no-es-un-id", "11111111-1111-4111-8111-111111111111"])
def test_an_id_of_nobody_leaves_the_form_empty(counter, rosa, asked) -> None:
    form = counter.get(FORM, {"persona": asked}).context["form"]

    assert (form["name"].value(), reads()) == (None, [])


def test_who_is_known_by_a_reserved_request_alone_fills_nothing(counter, receive, oficina) -> None:
    rosa = receive(contact=ROSA, wants_reserve=True, by=oficina, channel="phone").requester

    form = counter.get(FORM, {"persona": str(rosa.pk)}).context["form"]

    assert (form["name"].value(), reads()) == (None, [])


def test_who_may_not_register_gets_nobodys_data(as_user, alcaldesa, rosa) -> None:
    assert as_user(alcaldesa).get(FORM, {"persona": str(rosa.pk)}).status_code == 403
    assert reads() == []


def test_no_draft_of_who_asks_stays_on_the_counters_computer(counter, categories) -> None:
    form = counter.get(FORM).context["form"]

    assert all("data-autosave-skip" in str(field) for field in form.person_fields)
    assert "data-autosave-skip" not in str(form["text"])


def test_a_channel_that_is_not_the_officials_has_no_form(counter, categories) -> None:
    assert counter.get(f"{DESK}solicitudes/ingresar/web/luminaria/").status_code == 404
