"""Who asks: found by what they have, unreadable in the database, and forgotten on demand."""

import pytest
from django.db import connection

from cabildo.kit.run import InvalidRun
from cabildo.people import actions, queries
from cabildo.people.actions import Contact
from cabildo.people.models import Requester

ROSA = Contact(
    name="Rosa Pérez Ñancupil",
    run="12.345.678-5",
    email="Rosa@Ejemplo.cl",
    phone="9 8765 4321",
    address="Los Aromos 120",
)


@pytest.fixture
def rosa(puerto_claro, diego) -> Requester:
    return actions.put_on_record(ROSA, by=diego, trusted=True)


@pytest.mark.parametrize("column", ["run", "email", "phone", "address"])
def test_personal_data_is_unreadable_in_the_database(rosa, column) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_requester")  # noqa: S608
        stored = bytes(cursor.fetchone()[0])

    plain = getattr(Requester.objects.get(), column)
    assert plain
    assert plain.encode() not in stored


@pytest.mark.parametrize("query", ["12345678-5", "12.345.678-5", "rosa@ejemplo.cl", "+56 9 8765 4321", "nancupil rosa"])
def test_a_person_is_found_by_what_they_have(rosa, query) -> None:
    assert list(queries.matching(query)) == [rosa]


@pytest.mark.parametrize("query", ["", "   ", "11111111-1", "otra@ejemplo.cl", "%", "' OR 1=1"])
def test_nobody_is_found_by_chance(rosa, query) -> None:
    assert list(queries.matching(query)) == []


def test_an_officer_completes_the_person_of_that_run(rosa, diego) -> None:
    again = actions.put_on_record(Contact(run="12345678-5", phone="2 2222 3333"), by=diego, trusted=True)

    assert again == rosa
    assert Requester.objects.get().phone == "2 2222 3333"


def test_a_stranger_who_types_the_run_changes_nothing(rosa) -> None:
    twin = actions.put_on_record(Contact(run="12345678-5", email="malo@ejemplo.cl"), by=None, trusted=False)

    assert twin != rosa
    assert Requester.objects.get(pk=rosa.pk).email == "rosa@ejemplo.cl"
    assert queries.by_run("12345678-5") == rosa


def test_a_wrong_run_is_refused(puerto_claro, diego) -> None:
    with pytest.raises(InvalidRun):
        actions.put_on_record(Contact(run="12345678-9"), by=diego, trusted=True)


def test_a_forgotten_person_cannot_be_found_or_read(rosa, diego) -> None:
    actions.anonymise(rosa, by=diego, reason="retention")

    forgotten = Requester.objects.get()
    assert (forgotten.name, forgotten.run, forgotten.email, forgotten.run_index) == ("", None, None, None)
    assert list(queries.matching("12345678-5")) == []


def test_a_run_typed_by_a_stranger_goes_back_to_its_owner(puerto_claro, diego) -> None:
    stranger = actions.put_on_record(Contact(run="12345678-5", email="malo@ejemplo.cl"), by=None, trusted=False)

    owner = actions.put_on_record(Contact(run="12345678-5", name="Rosa"), by=diego, trusted=True)

    assert owner != stranger
    assert (owner.email, queries.by_run("12345678-5")) == (None, owner)


def test_a_caller_who_says_a_known_run_changes_nothing_of_that_person(rosa, receive, oficina) -> None:
    ticket = receive(by=oficina, channel="phone", contact=Contact(run="12345678-5", email="otro@ejemplo.cl"))

    assert ticket.requester != rosa
    assert Requester.objects.get(pk=rosa.pk).email == "rosa@ejemplo.cl"
