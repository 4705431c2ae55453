"""Changing the subject and separating a part offer and take only the kinds that the subject admits, by groups."""

import pytest
from tests.tickets.inner_world import DESK

from cabildo.tickets.actions import handling, splitting
from cabildo.tickets.errors import TicketsError
from cabildo.tickets.models import Ticket

ALL = ["consulta", "solicitud", "reclamo", "sugerencia", "felicitacion", "denuncia"]


@pytest.fixture
def thanks(categories):
    """A subject that is only thanked for."""
    category = categories["rubbish"]
    category.definition = {**category.definition, "kinds": ["felicitacion"]}
    category.group_label = "La atención"
    category.save()
    return category


@pytest.fixture(params=["reclasificar", "separar"])
def step(request, receive) -> str:
    return f"{DESK}solicitudes/{receive().folio}/paso/{request.param}/"


def offered(page) -> list[str]:
    return [value for value, _label in page.context["form"].fields["kind"].choices if value]


def send(client, step: str, category, kind: str):
    version = Ticket.objects.get(split_from=None).version
    return client.post(step, {"version": version, "category": category.pk, "kind": kind, "text": "Otra cosa."})


def test_a_kind_that_the_subject_does_not_admit_is_refused_at_its_field(as_user, oficina, step, thanks) -> None:
    page = send(as_user(oficina), step, thanks, "reclamo")

    assert "no admite ese tipo" in str(page.context["form"].errors["kind"])
    assert offered(page) == ["felicitacion"]
    assert (Ticket.objects.get().kind, Ticket.objects.get().category.code) == ("reclamo", "luminaria")


def test_one_that_it_admits_is_taken(as_user, oficina, step, thanks) -> None:
    assert send(as_user(oficina), step, thanks, "felicitacion").status_code == 302
    assert Ticket.objects.filter(category=thanks, kind="felicitacion").exists()


def test_choosing_another_subject_offers_its_kinds(as_user, oficina, step, thanks) -> None:
    page = as_user(oficina).get(step, {"category": thanks.pk})

    assert offered(page) == ["felicitacion"]
    assert 'hx-select="#id_kind"' in page.content.decode()


def test_at_first_the_kinds_are_those_of_the_subject_it_has(as_user, oficina, receive, categories) -> None:
    page = as_user(oficina).get(f"{DESK}solicitudes/{receive().folio}/paso/reclasificar/")

    assert offered(page) == ["solicitud", "reclamo"]


def test_a_subject_that_is_no_number_offers_every_kind(as_user, oficina, step) -> None:
    page = as_user(oficina).get(step, {"category": "ninguna"})

    assert (page.status_code, offered(page)) == (200, ALL)


def test_subjects_stand_under_their_groups(as_user, oficina, step, thanks) -> None:
    page = as_user(oficina).get(step).content.decode()

    assert '<optgroup label="La calle">' in page
    assert '<optgroup label="La atención">' in page


def test_nor_do_the_actions_take_it(receive, oficina, thanks) -> None:
    ticket = receive()
    with pytest.raises(TicketsError, match="kind_not_admitted"):
        handling.reclassify(ticket, category=thanks, kind="reclamo", by=oficina)
    with pytest.raises(TicketsError, match="kind_not_admitted"):
        splitting.split(ticket, splitting.Part(thanks, "reclamo", "Además."), by=oficina)

    assert Ticket.objects.count() == 1
