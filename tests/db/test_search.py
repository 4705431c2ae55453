from collections.abc import Iterator

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cabildo.db.search import CreateSearchIndex, Matches, RemakeSearchIndex, SearchIndex

index = SearchIndex("sample_text")
operation = CreateSearchIndex("sample_text")


@pytest.fixture(scope="module", autouse=True)
def _table(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            operation.database_forwards("sample", editor, None, None)
        yield
        with connection.schema_editor() as editor:
            operation.database_backwards("sample", editor, None, None)


pytestmark = pytest.mark.django_db
HERE, THERE = 1, 12


@pytest.fixture
def texts() -> None:
    index.put_many(
        [
            (1, HERE, "Árbol caído en la plaza de Ñuñoa"),
            (2, HERE, "Poda de árboles, calle Arturo Prat 1234-B"),
            (3, THERE, "Árbol en otra comuna"),
            (4, HERE, "Luminaria apagada"),
        ]
    )


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("luminaria", [4]),
        ("LUMINARIA apagada", [4]),
        ("apagada luminaria", [4]),
        ("luminaria encendida", []),
        ("arbol", [2, 1]),
        ("Árbol", [2, 1]),
        ("árboles", [2]),
        ("nunoa", [1]),
        ("pla", [1]),
        ("pla arbol", []),
        ("1234", [2]),
        ("1234-b", [2]),
        ("e", []),
        ("en", [1]),
        ("", []),
        ("  ¿?  ", []),
    ],
)
def test_all_words_are_asked_and_the_last_may_be_incomplete(texts, query, found):
    assert index.matching_pks(HERE, query) == found


def test_each_municipality_finds_its_own_only(texts):
    assert index.matching_pks(THERE, "arbol") == [3]
    assert index.matching_pks(2, "arbol") == []


@pytest.mark.parametrize("query", ["001_secreto", "001 secreto", "012_secreto", "secreto"])
def test_no_query_reaches_the_words_of_another_municipality(texts, query):
    index.put(9, THERE, "001_secreto 001 012 secreto")
    assert index.matching_pks(HERE, query) == []
    assert index.count(HERE, query, most=10) == 0


@pytest.mark.parametrize(
    ("query", "most", "counted"), [("arbol", 10, 2), ("arbol", 1, 1), ("arbol caido", 10, 1), ("", 10, 0), ("e", 10, 0)]
)
def test_rows_are_counted_no_further_than_asked(texts, query, most, counted):
    assert index.count(HERE, query, most) == counted


@pytest.fixture
def kinds() -> list[int]:
    """Keys of rows of a table, with words: two have a tree, the last a lamp."""
    first, second, third = ContentType.objects.order_by("pk").values_list("pk", flat=True)[:3]
    texts = {first: "Árbol caído en la plaza", second: "Poda de árboles", third: "Luminaria apagada"}
    index.put_many((pk, HERE, text) for pk, text in texts.items())
    return [first, second, third]


def narrowed(query: str, matches: Matches | None = None) -> list[int]:
    found = index.narrowed(ContentType.objects.order_by("pk"), HERE, query, matches=matches)
    return list(found.values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("query", "places"), [("arbol", [0, 1]), ("luminaria", [2]), ("nada", []), ("", []), ("arbol plaza", [0])]
)
def test_rows_are_narrowed_alike_by_matches_read_once_and_looked_up(kinds, query, places) -> None:
    matches = index.matches(HERE, query, 2)

    assert narrowed(query, matches) == narrowed(query) == [kinds[place] for place in places]
    assert matches is None or (matches.number, matches.few) == (len(places), True)
    assert (matches is None) == (connection.vendor == "sqlite" or not query)


def test_more_matches_than_asked_for_are_not_few_and_are_looked_up(kinds) -> None:
    matches = index.matches(HERE, "arbol", 1)

    assert matches is None or (matches.number, matches.few) == (2, False)
    assert narrowed("arbol", matches) == kinds[:2]


def test_a_rare_word_is_found_in_order_whatever_its_number():
    index.put_many((pk, HERE, "bache" if pk % 3 else "poste") for pk in range(1, 1_801))
    assert index.matching_pks(HERE, "poste", limit=2) == [1_800, 1_797]
    assert index.matching_pks(HERE, "bache", limit=1_500) == [pk for pk in range(1_800, 0, -1) if pk % 3]


def test_the_newest_come_first_and_the_rest_on_the_next_page():
    index.put_many([(pk, HERE, "bache") for pk in (5, 30, 1, 200, 7)])
    assert index.matching_pks(HERE, "bache", limit=2) == [200, 30]
    assert index.matching_pks(HERE, "bache", before_pk=30, limit=2) == [7, 5]
    assert index.matching_pks(HERE, "bache", before_pk=5, limit=2) == [1]


def test_putting_again_replaces_the_text_and_the_municipality(texts):
    index.put(1, THERE, "Semáforo")
    assert index.matching_pks(HERE, "caido") == []
    assert index.matching_pks(THERE, "semaforo") == [1]


def test_a_removed_row_is_not_found_and_removing_twice_is_harmless(texts):
    index.remove(4)
    index.remove(4)
    assert index.matching_pks(HERE, "luminaria") == []


def test_clearing_empties_it(texts):
    index.clear()
    assert index.matching_pks(HERE, "arbol") == []
    index.put(1, HERE, "árbol")
    assert index.matching_pks(HERE, "arbol") == [1]


def test_it_follows_the_transaction(texts):
    with transaction.atomic():
        index.put(5, HERE, "bache")
        transaction.set_rollback(True)
    assert index.matching_pks(HERE, "bache") == []


def test_many_rows_are_written_at_once():
    index.put_many((pk, HERE, f"folio {pk}") for pk in range(1, 1_203))
    assert index.matching_pks(HERE, "folio", limit=2_000) == list(range(1_202, 0, -1))
    assert index.matching_pks(HERE, "folio 1202") == [1_202]


def test_very_long_texts_and_words_fit():
    index.put(1, HERE, "x" * 5_000 + " " + " ".join(f"palabra{number}" for number in range(200_000)))
    assert index.matching_pks(HERE, "x" * 4_000) == [1]
    assert index.matching_pks(HERE, "palabra7") == [1]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "a' OR 1=1; --",
        'plaza" OR "luminaria',
        "plaza OR luminaria",
        "NOT plaza",
        "NEAR(plaza luminaria)",
        "words:plaza",
        "{words}: plaza",
        "plaza*",
        "^plaza",
        "plaza & ! ( |",
        "\\",
        "%s %d {table}",
        "plaza\0plaza",
        "\ud800",
        "plaza " * 1_000,
        "ﷺ ⅷ ½ ß ŉ 漢字 🚲",
    ],
)
def test_hostile_queries_are_only_words(texts, query):
    assert set(index.matching_pks(HERE, query)) <= {1}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1))
def test_any_text_can_be_put_and_asked_for(text):
    index.put(1, HERE, text)
    assert index.matching_pks(HERE, text) in ([1], [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(word=st.from_regex(r"[a-zñáéíóú0-9]{2,60}", fullmatch=True), data=st.data())
def test_a_word_is_found_by_each_of_its_beginnings(word, data):
    index.put(1, HERE, f"antes {word} después")
    length = data.draw(st.integers(2, len(word)))
    assert index.matching_pks(HERE, word[:length]) == [1]


@pytest.mark.parametrize("name", ["", "Tickets", "a b", "a;drop", "á", "x" * 60, "1a"])
def test_only_plain_names_name_a_table(name):
    with pytest.raises(ValueError, match="plain name"):
        CreateSearchIndex(name)


def test_the_operation_can_be_written_to_a_migration_and_undone():
    name, args, kwargs = operation.deconstruct()
    assert (name, args, kwargs) == ("CreateSearchIndex", ["sample_text"], {})
    assert operation.reversible
    assert operation.migration_name_fragment == "search_sample_text"


def test_the_index_made_anew_is_empty_and_takes_rows_again_both_ways(texts):
    anew = RemakeSearchIndex("sample_text")
    editor = connection.SchemaEditorClass(connection)  # inside the transaction of the test
    for turn in (anew.database_forwards, anew.database_backwards):
        turn("sample", editor, None, None)
        assert index.matching_pks(HERE, "luminaria") == []
        index.put(1, HERE, "Luminaria")
        assert index.count(HERE, "luminaria", most=10) == 1
