"""The file itself: a compressed tar with hashes that `sha256sum -c SHA256SUMS` checks without this program."""

import gzip
import hashlib
import io
import json
import os
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cabildo.site.backup.errors import BackupError

MANIFEST, SUMS, FILES = "manifest.json", "SHA256SUMS", "files"
COMPRESSION = 3  # photos and PDF are compressed already; more would cost time and save little
CHUNK = 1024 * 1024


class _Hashing:
    """A file that is hashed while tarfile reads it, so that each byte is read once."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk = self._file.read(size)
        self._digest.update(chunk)
        return chunk

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


class Writer:
    """Adds members and remembers their hashes; the manifest goes last, when all is known."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.sums: dict[str, str] = {}
        self.bytes = 0

    def add(self, path: Path, name: str) -> None:
        with path.open("rb") as file:
            member = self._tar.gettarinfo(name=str(path), arcname=name)
            member.uid = member.gid = 0
            member.uname = member.gname = ""
            hashing = _Hashing(file)
            self._tar.addfile(member, hashing)
        self.sums[name] = hashing.sha256
        self.bytes += member.size

    def finish(self, manifest: dict[str, Any]) -> None:
        sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(self.sums.items())).encode()
        self._add_text(SUMS, sums)
        whole = {**manifest, "sums": hashlib.sha256(sums).hexdigest()}
        self._add_text(MANIFEST, json.dumps(whole, ensure_ascii=False, indent=2).encode())

    def _add_text(self, name: str, content: bytes) -> None:
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o640
        self._tar.addfile(member, io.BytesIO(content))


@contextmanager
def writing(target: Path) -> Iterator[Writer]:
    """A new archive that only its owner reads, whole or not at all."""
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as raw:
            with (
                gzip.GzipFile(filename="", fileobj=raw, mode="wb", compresslevel=COMPRESSION) as packed,
                tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
            ):
                yield Writer(tar)
            raw.flush()
            os.fsync(raw.fileno())
        os.link(beside, target)  # unlike a rename, refuses to replace
    except FileExistsError as error:
        raise BackupError("exists", path=target) from error
    finally:
        beside.unlink(missing_ok=True)


def unpack(archive: Path, folder: Path) -> dict[str, Any]:
    """Put the members in the folder and check every hash; the manifest."""
    try:
        found = _extract(archive, folder)
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        sums = _read_sums(folder)
    except (tarfile.TarError, zlib.error, gzip.BadGzipFile, EOFError, FileNotFoundError, ValueError) as error:
        raise BackupError("unreadable", path=archive) from error
    found.pop(MANIFEST)
    expected = {**sums, SUMS: manifest.get("sums")}
    for name in sorted(found.keys() | expected.keys()):
        if found.get(name) != expected.get(name):
            raise BackupError("damaged", name=name)
    return manifest


def _extract(archive: Path, folder: Path) -> dict[str, str]:
    with tarfile.open(archive, "r|gz") as tar:
        return {member.name: _extract_one(tar, member, folder) for member in tar}


def _extract_one(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> str:
    safe = tarfile.data_filter(member, str(folder))  # raises for a name that leads out of the folder
    source = tar.extractfile(safe) if safe.isfile() else None
    if source is None:
        raise tarfile.ReadError(safe.name)
    target = folder / safe.name
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    hashing = _Hashing(source)
    with target.open("xb") as file:
        while chunk := hashing.read(CHUNK):
            file.write(chunk)
    target.chmod(0o640)
    return hashing.sha256


def _read_sums(folder: Path) -> dict[str, str]:
    lines = (folder / SUMS).read_text("utf-8").splitlines()
    pairs = (line.split("  ", 1) for line in lines)
    return {name: digest for digest, name in pairs}
