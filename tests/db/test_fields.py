import pytest
from django.core.exceptions import FieldError
from django.db import connection
from django.db.migrations.writer import MigrationWriter
from django.forms import modelform_factory

from cabildo.db import keyring
from cabildo.db.fields import EncryptedTextField, Secret, blind, count_by_key, reencrypt
from cabildo.db.keyring import Keyring, KeyringError
from db.tables import Neighbour, Street

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("tables")]


def stored(pk: int, column: str = "phone") -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM sample_neighbour WHERE id = %s", [pk])  # noqa: S608
        value = cursor.fetchone()[0]
    return None if value is None else bytes(value)


def phones(**filters) -> list[str | None]:
    return list(Neighbour.objects.filter(**filters).order_by("pk").values_list("phone", flat=True))


@pytest.mark.parametrize("text", ["+56 9 1234 5678", "Ñandú «» 🚲", "", "x" * 10_000])
def test_text_comes_back_as_it_was_written(text):
    row = Neighbour.objects.create(phone=text)
    assert Neighbour.objects.get(pk=row.pk).phone == text


def test_the_database_holds_no_readable_text():
    row = Neighbour.objects.create(phone="912345678")
    assert b"912345678" not in stored(row.pk)
    assert Keyring.key_id_of(stored(row.pk)) == "test"


def test_none_stays_null_and_an_empty_text_does_not():
    nothing, empty = Neighbour.objects.create(phone=None), Neighbour.objects.create(phone="")
    assert stored(nothing.pk) is None
    assert stored(empty.pk) is not None
    assert phones(phone__isnull=True) == [None]
    assert phones(phone__isnull=False) == [""]


def test_bulk_writes_are_encrypted_too():
    rows = Neighbour.objects.bulk_create([Neighbour(phone="1"), Neighbour(phone="2")])
    Neighbour.objects.filter(pk=rows[0].pk).update(phone="3")
    rows[1].phone = "4"
    Neighbour.objects.bulk_update([rows[1]], ["phone"])
    assert phones() == ["3", "4"]
    assert {Keyring.key_id_of(stored(row.pk)) for row in rows} == {"test"}


@pytest.mark.parametrize("lookup", ["exact", "iexact", "contains", "startswith", "in", "gt", "regex"])
def test_searching_is_refused_with_the_way_out(lookup):
    with pytest.raises(FieldError, match=r"phone is encrypted.*blind index"):
        Neighbour.objects.filter(**{f"phone__{lookup}": "9"})


def test_a_value_copied_to_a_field_of_another_purpose_does_not_open():
    row = Neighbour.objects.create(phone="912345678")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sample_neighbour SET note = phone")
    with pytest.raises(KeyringError, match="pertenece a otro campo"):
        Neighbour.objects.get(pk=row.pk)


def test_the_text_hides_itself_in_representations_but_prints():
    row = Neighbour(phone="912345678")
    loaded = Neighbour.objects.get(pk=Neighbour.objects.create(phone="912345678").pk)
    assert "912345678" not in repr([row, vars(row), loaded, vars(loaded), phones()])
    assert f"{row.phone} {loaded.phone}" == "912345678 912345678"


def test_deferred_columns_are_read_when_asked():
    row = Neighbour.objects.defer("phone").get(pk=Neighbour.objects.create(phone="9").pk)
    assert row.get_deferred_fields() == {"phone"}
    assert row.phone == "9"


def test_a_form_reads_and_writes_it_as_text():
    form = modelform_factory(Neighbour, fields=["phone"])({"phone": " 912345678 "})
    assert form.save().phone == "912345678"
    assert "912345678" in str(form["phone"])


def test_migrations_carry_the_purpose():
    written, _imports = MigrationWriter.serialize(EncryptedTextField(purpose="people.phone", null=True))
    assert written == "cabildo.db.fields.EncryptedTextField(null=True, purpose='people.phone')"


def test_a_column_without_default_is_not_filled_with_empty_bytes():
    field = EncryptedTextField(purpose="x", blank=True)
    assert connection.SchemaEditorClass(connection).effective_default(field) is None


def test_the_blind_helper_uses_the_active_keys():
    assert blind("people.run", "1-9") == keyring.active().blind_index("people.run", "1-9")


def test_reencrypting_leaves_every_value_under_the_current_key(key_file):
    rows = [Neighbour.objects.create(phone=str(number), note=None) for number in range(5)]
    keyring.add_key(key_file)
    newer = Neighbour.objects.create(phone="new", note="")
    untouched = stored(newer.pk)
    assert list(reencrypt(Neighbour, batch=2)) == [2, 2, 1]
    assert phones() == ["0", "1", "2", "3", "4", "new"]
    assert {Keyring.key_id_of(stored(row.pk)) for row in rows} == {"k2"}
    assert stored(newer.pk) == untouched
    assert list(reencrypt(Neighbour)) == []


def test_reencrypting_continues_where_it_was_stopped(key_file):
    for number in range(5):
        Neighbour.objects.create(phone=str(number), note="n")
    keyring.add_key(key_file)
    assert next(reencrypt(Neighbour, batch=2)) == 2
    assert count_by_key(Neighbour._meta.get_field("phone")) == {"k1": 3, "k2": 2}
    assert list(reencrypt(Neighbour, batch=2)) == [2, 1]
    assert count_by_key(Neighbour._meta.get_field("phone")) == {"k1": 0, "k2": 5}


def test_a_row_is_rewritten_when_only_one_of_its_fields_is_old(key_file):
    row = Neighbour.objects.create(phone="1", note="2")
    keyring.add_key(key_file)
    Neighbour.objects.filter(pk=row.pk).update(phone="1")
    assert list(reencrypt(Neighbour)) == [1]
    assert Keyring.key_id_of(stored(row.pk, "note")) == "k2"


def test_values_of_a_lost_key_are_counted_apart(key_file):
    Neighbour.objects.create(phone="1")
    key_file.unlink()
    keyring.create_key_file(key_file)
    keyring.add_key(key_file)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sample_neighbour SET phone = %s", [b"\x02k7" + stored(Neighbour.objects.only("pk")[0].pk)[3:]]
        )
    assert count_by_key(Neighbour._meta.get_field("phone")) == {"k1": 0, "k2": 0, "unknown": 1}


def test_a_model_without_encrypted_fields_has_nothing_to_do():
    Street.objects.create(name="Arturo Prat")
    assert list(reencrypt(Street)) == []


def test_secrets_are_ordinary_texts_for_everything_else():
    assert Secret("a") == "a"
    assert repr(Secret("a")) == "'•••'"
