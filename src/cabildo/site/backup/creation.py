"""How a backup is made, while the platform works."""

import os
import tempfile
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from cabildo.db import keyring
from cabildo.site.backup import archive, databases, survey
from cabildo.site.backup.errors import BackupError

FORMAT = 1


def create(target: Path, *, keys_to: Path | None = None) -> dict[str, Any]:
    """Write a backup to this file, or into this folder under a name with the date; what it holds.

    Raises `BackupError`. With `keys_to`, the key file is copied there too: never beside the data it opens.
    """
    ring = keyring.active()
    now = timezone.now()
    file = _file_name(target, now)
    if keys_to is not None:
        _check_key_place(keys_to, file)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=file.parent) as folder, archive.writing(file) as writer:
        manifest = _fill(writer, Path(folder), ring, now)
        writer.finish(manifest)
    if keys_to is not None:
        _copy_keys(keys_to)
    return {"file": str(file), "bytes": file.stat().st_size, **manifest, "keys_file": str(keys_to) if keys_to else None}


def _file_name(target: Path, now: datetime) -> Path:
    if target.is_dir():
        target /= f"cabildo-{timezone.localtime(now):%Y%m%d-%H%M%S}.tar.gz"
    if not target.parent.is_dir():
        raise BackupError("no_folder", path=target.parent)
    if target.exists():
        raise BackupError("exists", path=target)
    return target


def _check_key_place(keys_to: Path, file: Path) -> None:
    if keys_to.exists():
        raise BackupError("exists", path=keys_to)
    if not keys_to.parent.is_dir():
        raise BackupError("no_folder", path=keys_to.parent)
    if keys_to.parent.resolve() == file.parent.resolve():
        raise BackupError("keys_beside_data", path=keys_to)


def _copy_keys(keys_to: Path) -> None:
    with open(os.open(keys_to, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as copy:
        copy.write(Path(settings.KEY_FILE).read_bytes())


def _fill(writer: archive.Writer, folder: Path, ring: keyring.Keyring, now: datetime) -> dict[str, Any]:
    with databases.snapshot(folder) as taken:
        manifest = _survey(taken, ring, now)
        kept = survey.kept_paths(taken.connection)
    # the database first: a file is written before the row that names it, so none that it names is left out
    writer.add(taken.file, taken.file.name)
    manifest["database_bytes"] = writer.bytes
    manifest["files"] = _add_files(writer, Path(settings.MEDIA_ROOT))
    manifest["files_bytes"] = writer.bytes - manifest["database_bytes"]
    manifest["missing_files"] = sorted(path for path in kept if f"{archive.FILES}/{path}" not in writer.sums)
    return manifest


def _survey(taken: databases.Snapshot, ring: keyring.Keyring, now: datetime) -> dict[str, Any]:
    needed = survey.keys_needed(taken.connection, ring)
    marks = survey.fingerprints(ring)
    return {
        "format": FORMAT,
        "created_at": now.isoformat(),
        "cabildo": version("cabildo"),
        "engine": taken.connection.vendor,
        "rows": survey.rows(taken.connection),
        "migrations": survey.migrations(taken.connection),
        "keys": {key_id: marks[key_id] for key_id in [*needed, survey.INDEX_KEY] if key_id in marks},
        "values_without_key": needed.get("unknown", 0),
    }


def _add_files(writer: archive.Writer, root: Path) -> int:
    """Every kept file, except those erased while we read the folder and those not yet whole."""
    added = 0
    for path in sorted(root.rglob("*")):
        if not path.is_file() or path.name.startswith("."):
            continue
        try:
            writer.add(path, f"{archive.FILES}/{path.relative_to(root)}")
        except FileNotFoundError:
            continue
        added += 1
    return added
