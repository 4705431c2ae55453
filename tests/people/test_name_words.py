"""The database keeps the words of each name itself, whoever writes the name."""

import pytest

from cabildo.people import actions, queries
from cabildo.people.actions import Contact
from cabildo.people.models import NameWord, Requester

pytestmark = pytest.mark.usefixtures("puerto_claro")


def words() -> list[str]:
    return sorted(NameWord.objects.values_list("word", flat=True))


def named(name: str) -> Requester:
    return actions.put_on_record(Contact(name=name), by=None, trusted=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Rosa  Ñancupil Rosa", ["nancupil", "rosa"]),
        ('Junta "Los Aromos" [N° 4]', ['"los', "4]", "[n°", 'aromos"', "junta"]),
        ("O'Higgins \\ {x}", ["\\", "o'higgins", "{x}"]),
        ("", []),
    ],
)
def test_a_name_leaves_each_of_its_words_once(name: str, kept: list[str]) -> None:
    actions.put_on_record(Contact(name=name, email="alguien@ejemplo.cl"), by=None, trusted=False)

    assert words() == sorted(kept)


@pytest.mark.django_db
def test_a_person_is_found_by_the_beginning_of_any_word_and_not_by_its_middle() -> None:
    rosa = named("Rosa Pérez Ñancupil")
    named("Mario Soto")

    assert [list(queries.matching(typed)) for typed in ("nanc", "per ros", "cupil", "ros soto")] == [
        [rosa],
        [rosa],
        [],
        [],
    ]


@pytest.mark.django_db
def test_words_follow_the_name_and_are_forgotten_with_it(diego) -> None:
    rosa = named("Rosa Pérez")

    Requester.objects.filter(pk=rosa.pk).update(name_folded="rosario soto")
    assert words() == ["rosario", "soto"]

    actions.anonymise(Requester.objects.get(), by=diego, reason="retention")
    assert words() == []


@pytest.mark.django_db
def test_words_go_with_the_person_and_those_written_in_bulk_have_theirs(puerto_claro) -> None:
    people = [Requester(municipality=puerto_claro, name_folded=name) for name in ("ana", "berta rojas")]
    Requester.objects.bulk_create(people)
    assert words() == ["ana", "berta", "rojas"]

    Requester.objects.filter(name_folded="ana").delete()
    assert words() == ["berta", "rojas"]
