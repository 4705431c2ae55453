"""The keys of this installation: they live in a file outside the database and never reach it.

A stored value is `length of key id (1 byte) | key id | nonce (12 bytes) | AES-256-GCM ciphertext and tag`, so each
value says which key opens it and keys can change while the system runs.
"""

import base64
import binascii
import fcntl
import hashlib
import hmac
import json
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cabildo.kit.errors import DomainError

KEY_BYTES = 32
NONCE_BYTES = 12
TAG_BYTES = 16
KEY_ID = re.compile(r"[a-z0-9-]{1,32}")


class KeyringError(DomainError):
    """Codes: `missing_file`, `unreadable_file`, `file_exists`, `unknown_key`, `damaged_value`."""

    sentences = {
        "missing_file": _(
            "Falta el archivo de claves {path}. Sin el archivo de claves los datos no se pueden recuperar: "
            "restáurelo desde su respaldo, o cree uno con «cabildo keys create» si la instalación es nueva."
        ),
        "unreadable_file": _(
            "El archivo de claves {path} no se puede leer: {reason}. Sin el archivo de claves los datos no se pueden "
            "recuperar: restáurelo desde su respaldo."
        ),
        "file_exists": _(
            "El archivo de claves {path} ya existe y no se reemplaza. Para cambiar: «cabildo keys rotate»."
        ),
        "unknown_key": _(
            "Este dato está cifrado con la clave «{key_id}», que no está en el archivo de claves. Sin el archivo de "
            "claves los datos no se pueden recuperar: restaure el que corresponde a esta base de datos."
        ),
        "damaged_value": _("Un dato cifrado está dañado, o pertenece a otro campo, y no se puede abrir."),
    }

    def __str__(self) -> str:
        return self.sentence


@dataclass(frozen=True)
class Keyring:
    """`keys` open old values, `current` names the one that closes new ones, `index_key` feeds the blind indexes.

    The index key stays for the life of the database: changing it would mean computing every blind index again.
    """

    current: str
    keys: Mapping[str, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    _purpose_keys: dict[str, bytes] = field(default_factory=dict, init=False, repr=False, compare=False)

    @classmethod
    def load(cls, path: Path) -> "Keyring":
        """Raises `KeyringError` when the file is missing, unreadable or incomplete."""
        try:
            document = json.loads(path.read_text("utf-8"))
            ring = cls(
                current=document["current"],
                keys={key_id: _key_from_text(text) for key_id, text in document["keys"].items()},
                index_key=_key_from_text(document["index_key"]),
            )
            ring._check()
        except FileNotFoundError as error:
            raise KeyringError("missing_file", path=path) from error
        except OSError as error:
            raise KeyringError("unreadable_file", path=path, reason=error.strerror) from error
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            # the cause could quote a key: only its kind is told
            raise KeyringError("unreadable_file", path=path, reason=type(error).__name__) from None
        return ring

    def encrypt(self, plain: bytes, context: bytes) -> bytes:
        """`context` is authenticated, not stored: `decrypt` must be given the same."""
        nonce = os.urandom(NONCE_BYTES)
        return self.prefix(self.current) + nonce + AESGCM(self.keys[self.current]).encrypt(nonce, plain, context)

    def decrypt(self, stored: bytes, context: bytes) -> bytes:
        """Raises `KeyringError`: `unknown_key`; `damaged_value` when value, key and context do not belong together."""
        key_id = self.key_id_of(stored)
        if key_id not in self.keys:
            raise KeyringError("unknown_key", key_id=key_id)
        sealed = stored[1 + len(key_id) :]
        try:
            return AESGCM(self.keys[key_id]).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], context)
        except InvalidTag as error:
            raise KeyringError("damaged_value") from error

    def blind_index(self, purpose: str, text: str) -> str:
        """64 hexadecimal digits: equal for equal `text` and `purpose`, unrelated between purposes.

        HMAC-SHA-256 under a key derived for the purpose (HKDF, RFC 5869). Normalise `text` before.
        """
        if purpose not in self._purpose_keys:
            self._purpose_keys[purpose] = self._derive(purpose)
        return hmac.new(self._purpose_keys[purpose], text.encode(), hashlib.sha256).hexdigest()

    @staticmethod
    def prefix(key_id: str) -> bytes:
        """What every value closed with that key starts with."""
        return bytes([len(key_id)]) + key_id.encode("ascii")

    @staticmethod
    def key_id_of(stored: bytes) -> str:
        length = stored[0] if stored else 0
        key_id = stored[1 : 1 + length].decode("ascii", "replace")
        if not KEY_ID.fullmatch(key_id) or len(stored) < 1 + length + NONCE_BYTES + TAG_BYTES:
            raise KeyringError("damaged_value")
        return key_id

    def _derive(self, purpose: str) -> bytes:
        info = f"cabildo blind index {purpose}".encode()
        return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=info).derive(self.index_key)

    def _check(self) -> None:
        if self.current not in self.keys or not all(KEY_ID.fullmatch(key_id) for key_id in self.keys):
            raise ValueError


def active() -> Keyring:
    """The keyring of `settings.KEY_FILE`, read again when the file changes, so a rotation reaches running processes."""
    if settings.TESTING:
        return _keyring_for_tests()
    path = Path(settings.KEY_FILE)
    try:
        state = path.stat()
    except OSError as error:
        raise KeyringError("missing_file", path=path) from error
    return _load_once(path, state.st_mtime_ns, state.st_ino)


def create_key_file(path: Path) -> None:
    """A new file with the first key, mode 0600. Never replaces a file: that would lose the data."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _folder_for_one_writer(path):
        if path.exists():
            raise KeyringError("file_exists", path=path)
        _write(path, Keyring("k1", {"k1": _new_key()}, _new_key()))


def add_key(path: Path) -> str:
    """Adds a key, makes it the current one and returns its id. The old ones stay: values and backups need them."""
    if not path.exists():
        raise KeyringError("missing_file", path=path)
    with _folder_for_one_writer(path):
        ring = Keyring.load(path)
        key_id = _next_id(ring.keys)
        _write(path, replace(ring, current=key_id, keys={**ring.keys, key_id: _new_key()}))
    return key_id


def only_owner_reads(path: Path) -> bool:
    return not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)


@lru_cache(maxsize=1)
def _load_once(path: Path, _mtime_ns: int, _inode: int) -> Keyring:
    return Keyring.load(path)


@lru_cache(maxsize=1)
def _keyring_for_tests() -> Keyring:
    key, index_key = (hashlib.sha256(word).digest() for word in (b"cabildo test key", b"cabildo test index"))
    return Keyring("test", {"test": key}, index_key)


@contextmanager
def _folder_for_one_writer(path: Path) -> Iterator[None]:
    """Two rotations at once would each write a file without the key of the other."""
    folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, ring: Keyring) -> None:
    """All or nothing: a crash leaves the old file or the new one."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "w", encoding="utf-8") as file:
            json.dump(_document(ring), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
            _keep_reader(path, file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _keep_reader(path: Path, descriptor: int) -> None:
    """Whoever could read the file before the rotation can read it after, also when root rotates."""
    if path.exists():
        before = path.stat()
        os.fchmod(descriptor, stat.S_IMODE(before.st_mode))
        if os.geteuid() == 0:
            os.fchown(descriptor, before.st_uid, before.st_gid)


def _document(ring: Keyring) -> dict[str, Any]:
    keys = {key_id: _key_to_text(key) for key_id, key in ring.keys.items()}
    return {"current": ring.current, "keys": keys, "index_key": _key_to_text(ring.index_key)}


def _next_id(keys: Mapping[str, bytes]) -> str:
    numbers = [int(key_id[1:]) for key_id in keys if re.fullmatch(r"k\d+", key_id)]
    return f"k{max(numbers, default=0) + 1}"


def _new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def _key_to_text(key: bytes) -> str:
    return base64.b64encode(key).decode("ascii")


def _key_from_text(text: str) -> bytes:
    key = base64.b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise binascii.Error
    return key
