import json
import os
import threading
from unittest.mock import Mock

import pytest

from cabildo.db import keyring
from cabildo.db.keyring import Keyring, KeyringError

RING = Keyring("k1", {"k1": b"1" * 32}, b"i" * 32)


def test_what_is_encrypted_is_read_back():
    assert RING.decrypt(RING.encrypt("Ñuñoa".encode(), b"field"), b"field") == "Ñuñoa".encode()


def test_the_same_text_never_gives_the_same_ciphertext():
    assert RING.encrypt(b"x", b"field") != RING.encrypt(b"x", b"field")


def test_a_value_says_which_key_opens_it():
    assert RING.encrypt(b"x", b"field").startswith(b"\x02k1")
    assert Keyring.key_id_of(RING.encrypt(b"x", b"field")) == "k1"


def test_a_value_moved_to_another_field_does_not_open():
    with pytest.raises(KeyringError, match="pertenece a otro campo"):
        RING.decrypt(RING.encrypt(b"x", b"phone"), b"email")


@pytest.mark.parametrize("position", [0, 1, 3, 20, -1])
def test_a_changed_byte_is_noticed(position):
    stored = bytearray(RING.encrypt(b"text", b"field"))
    stored[position] ^= 1
    with pytest.raises(KeyringError) as caught:
        RING.decrypt(bytes(stored), b"field")
    assert caught.value.code in {"damaged_value", "unknown_key"}


@pytest.mark.parametrize("stored", [b"", b"\x02k1", b"\xff" * 50, b"\x00" * 50])
def test_rubbish_is_refused_as_damaged(stored):
    with pytest.raises(KeyringError) as caught:
        RING.decrypt(stored, b"field")
    assert caught.value.code == "damaged_value"


def test_an_unknown_key_is_named_and_says_that_data_cannot_be_recovered():
    other = Keyring("k9", {"k9": b"9" * 32}, b"i" * 32)
    with pytest.raises(KeyringError, match=r"«k9».*Sin el archivo de claves los datos no se pueden recuperar"):
        RING.decrypt(other.encrypt(b"x", b"field"), b"field")


def test_the_blind_index_is_equal_for_equal_text_and_purpose_only():
    index = RING.blind_index("run", "12345678-5")
    assert index == RING.blind_index("run", "12345678-5")
    assert len({index, RING.blind_index("run", "12345678-6"), RING.blind_index("phone", "12345678-5")}) == 3
    assert len(bytes.fromhex(index)) == 32


def test_the_blind_index_follows_rfc_5869_and_2104():
    """Recomputed here step by step, so that stored indexes stay valid for ever."""
    import hmac

    extracted = hmac.new(b"\0" * 32, RING.index_key, "sha256").digest()
    derived = hmac.new(extracted, b"cabildo blind index run\x01", "sha256").digest()
    assert RING.blind_index("run", "1-9") == hmac.new(derived, b"1-9", "sha256").hexdigest()


def test_keys_do_not_appear_in_the_representation():
    ring = Keyring("k1", {"k1": b"secret-key-secret-key-secret-key"}, b"i" * 32)
    ring.blind_index("run", "1-9")
    assert repr(ring) == "Keyring(current='k1')"


def test_a_new_file_is_for_its_owner_only_and_loads(tmp_path):
    path = tmp_path / "folder" / "keys.json"
    keyring.create_key_file(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert os.listdir(path.parent) == ["keys.json"]
    assert Keyring.load(path).current == "k1"


def test_a_key_file_is_never_replaced(tmp_path):
    path = tmp_path / "keys.json"
    keyring.create_key_file(path)
    before = path.read_bytes()
    with pytest.raises(KeyringError, match="ya existe"):
        keyring.create_key_file(path)
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["keys.json"]


def test_an_added_key_is_current_and_the_old_one_still_opens(tmp_path):
    path = tmp_path / "keys.json"
    keyring.create_key_file(path)
    old = Keyring.load(path).encrypt(b"x", b"field")
    assert keyring.add_key(path) == "k2"
    ring = Keyring.load(path)
    assert (ring.current, list(ring.keys)) == ("k2", ["k1", "k2"])
    assert ring.decrypt(old, b"field") == b"x"
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_rotations_at_once_keep_both_keys(tmp_path):
    path = tmp_path / "keys.json"
    keyring.create_key_file(path)
    threads = [threading.Thread(target=keyring.add_key, args=[path]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(Keyring.load(path).keys) == [f"k{number}" for number in range(1, 10)]


def test_a_rotation_keeps_who_may_read_the_file(tmp_path):
    path = tmp_path / "keys.json"
    keyring.create_key_file(path)
    path.chmod(0o640)
    keyring.add_key(path)
    assert path.stat().st_mode & 0o777 == 0o640
    assert not keyring.only_owner_reads(path)


def test_a_rotation_that_cannot_write_leaves_the_old_file_alone(tmp_path, monkeypatch):
    path = tmp_path / "keys.json"
    keyring.create_key_file(path)
    before = path.read_bytes()
    monkeypatch.setattr(os, "fsync", Mock(side_effect=OSError(28, "No space left on device")))
    with pytest.raises(OSError, match="No space"):
        keyring.add_key(path)
    assert (path.read_bytes(), os.listdir(tmp_path)) == (before, ["keys.json"])


def test_a_missing_file_says_that_data_cannot_be_recovered(tmp_path):
    with pytest.raises(KeyringError, match="Sin el archivo de claves los datos no se pueden recuperar"):
        Keyring.load(tmp_path / "keys.json")


KEY = "QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE="
SHORT = "QUFB"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{",
        json.dumps({"current": "k1", "keys": {"k1": KEY}}),
        json.dumps({"current": "k1", "keys": {"k1": SHORT}, "index_key": KEY}),
        json.dumps({"current": "k2", "keys": {"k1": KEY}, "index_key": KEY}),
        json.dumps({"current": "k1", "keys": {"k1": KEY}, "index_key": "¡no!"}),
        json.dumps({"current": "K 1", "keys": {"K 1": KEY}, "index_key": KEY}),
        json.dumps({"current": "k1", "keys": [KEY], "index_key": KEY}),
    ],
)
def test_a_malformed_file_is_refused_without_quoting_it(tmp_path, content):
    path = tmp_path / "keys.json"
    path.write_text(content)
    with pytest.raises(KeyringError) as caught:
        Keyring.load(path)
    assert caught.value.code == "unreadable_file"
    assert KEY not in str(caught.value)


def test_a_running_process_sees_a_rotation(key_file):
    assert keyring.active().current == "k1"
    keyring.add_key(key_file)
    assert keyring.active().current == "k2"


def test_the_file_is_read_once_while_it_does_not_change(key_file):
    assert keyring.active() is keyring.active()


def test_without_its_file_the_keyring_says_so(key_file):
    key_file.unlink()
    with pytest.raises(KeyringError, match="Falta el archivo de claves"):
        keyring.active()


def test_the_tests_need_no_file(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "none.json"
    assert keyring.active().current == "test"
