import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from django.db.utils import IntegrityError

from cabildo.db.immutable import AppendOnly, Settled, append_only_tables, triggers_dropped
from db.tables import Street

operation = AppendOnly("sample_street")
REFUSED = "sample_street es de solo agregar"


@pytest.fixture
def street(db, tables) -> Street:
    """A row in the protected table; everything is undone with the test's transaction."""
    row = Street.objects.create(name="Prat")
    for_each(operation.database_forwards)
    return row


def for_each(change) -> None:
    """Runs an operation inside the test's transaction, which SQLite's schema editor would not enter."""
    editor = connection.SchemaEditorClass(connection, atomic=False)
    editor.deferred_sql = []
    change("sample", editor, None, None)


def execute(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sample_street SET name = 'x'",
        "UPDATE sample_street SET id = id",
        "DELETE FROM sample_street",
        "DELETE FROM sample_street WHERE name = 'Prat'",
    ],
)
def test_a_row_is_neither_changed_nor_removed(street, statement):
    with pytest.raises(IntegrityError, match=REFUSED):
        execute(statement)
    street.refresh_from_db()
    assert street.name == "Prat"


def test_the_whole_table_is_not_emptied(street):
    statement = "TRUNCATE sample_street CASCADE" if connection.vendor == "postgresql" else "DELETE FROM sample_street"
    with pytest.raises(IntegrityError, match=REFUSED):
        execute(statement)


def test_a_row_is_not_replaced_by_inserting_over_it(street):
    insert = {
        "sqlite": "INSERT OR REPLACE INTO sample_street (id, name) SELECT id, 'x' FROM sample_street",
        "postgresql": "INSERT INTO sample_street (id, name) OVERRIDING SYSTEM VALUE SELECT id, 'x' FROM sample_street "
        "ON CONFLICT (id) DO UPDATE SET name = excluded.name",
    }
    with pytest.raises(IntegrityError, match=REFUSED):
        execute(insert[connection.vendor])


def test_the_orm_is_refused_too(street):
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        street.delete()
    with pytest.raises(IntegrityError, match=REFUSED), transaction.atomic():
        street.save()


def test_rows_are_added_as_ever(street):
    Street.objects.create(name="Aldunate")
    assert Street.objects.count() == 2


def test_the_operation_can_be_undone(street):
    for_each(operation.database_backwards)
    Street.objects.all().delete()
    assert "sample_street" not in append_only_tables(connection)


def test_the_flush_of_the_tests_may_empty_it_and_then_it_refuses_again(street):
    with triggers_dropped(connection):
        Street.objects.all().delete()
    Street.objects.create(name="Aldunate")
    with pytest.raises(IntegrityError, match=REFUSED):
        execute("DELETE FROM sample_street")


def test_it_refuses_again_even_when_the_flush_fails(street):
    with pytest.raises(ZeroDivisionError), triggers_dropped(connection):
        raise ZeroDivisionError
    with pytest.raises(IntegrityError, match=REFUSED):
        execute("DELETE FROM sample_street")


def test_outside_the_tests_nothing_is_opened(street, settings):
    settings.TESTING = False
    with pytest.raises(ImproperlyConfigured), triggers_dropped(connection):
        pytest.fail("the block must not be entered")
    with pytest.raises(IntegrityError, match=REFUSED):
        execute("DELETE FROM sample_street")


def test_the_protected_tables_are_read_from_the_catalogue(street):
    assert "sample_street" in append_only_tables(connection)


@pytest.mark.parametrize("table", ["", "a b", "x;y", 'a"', "á"])
def test_only_plain_names_are_accepted(table):
    with pytest.raises(ValueError, match="plain table name"):
        AppendOnly(table)


def test_the_operation_can_be_written_to_a_migration():
    assert operation.deconstruct() == ("AppendOnly", ["sample_street"], {})
    assert operation.migration_name_fragment == "sample_street_append_only"


class State:
    """Stands for the state of a migration: where the model of the tests' own table is found."""

    class apps:  # noqa: N801 - as Django calls it
        @staticmethod
        def get_model(_label: str, _name: str) -> type[Street]:
            return Street


settled = Settled("Street", "name", ["aprobada", "retirada"])


@pytest.fixture
def approved(db, tables) -> Street:
    """A row that is settled; everything is undone with the test's transaction."""
    row = Street.objects.create(name="aprobada")
    for_each(lambda label, editor, *_states: settled.database_forwards(label, editor, State, State))
    return row


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sample_street SET id = id + 1",
        "UPDATE sample_street SET name = 'borrador'",
        "DELETE FROM sample_street",
    ],
)
def test_a_settled_row_is_neither_changed_nor_removed(approved, statement):
    with pytest.raises(IntegrityError, match="sample_street ya quedó fija"):
        execute(statement)
    approved.refresh_from_db()
    assert approved.name == "aprobada"


def test_a_settled_row_goes_on_along_its_path_and_never_back(approved):
    execute("UPDATE sample_street SET name = 'retirada'")
    with pytest.raises(IntegrityError, match="sample_street ya quedó fija"):
        execute("UPDATE sample_street SET name = 'aprobada'")


def test_a_row_that_is_not_settled_changes_and_goes(approved):
    Street.objects.create(name="Prat")
    execute("UPDATE sample_street SET name = 'Aldunate' WHERE name = 'Prat'")
    execute("DELETE FROM sample_street WHERE name = 'Aldunate'")
    assert Street.objects.get() == approved


def test_settling_can_be_undone(approved):
    for_each(lambda label, editor, *_states: settled.database_backwards(label, editor, State, State))
    assert Street.objects.all().delete()[0] == 1


@pytest.mark.skipif(connection.vendor != "sqlite", reason="the flush truncates, which no row of PostgreSQL refuses")
def test_the_flush_of_the_tests_may_remove_settled_rows_and_then_they_stay_again(approved):
    with triggers_dropped(connection):
        Street.objects.all().delete()
    Street.objects.create(name="aprobada")
    with pytest.raises(IntegrityError, match="sample_street ya quedó fija"):
        execute("DELETE FROM sample_street")


def test_settling_can_be_written_to_a_migration():
    assert settled.deconstruct() == ("Settled", ["Street", "name", ("aprobada", "retirada")], {})
    assert settled.migration_name_fragment == "street_settled"


def test_settling_takes_only_plain_words():
    with pytest.raises(ValueError, match="plain words"):
        Settled("Street", "name", ["it's"])
