"""How a backup is put back: everything is checked before anything is changed."""

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from cabildo.db import keyring
from cabildo.site.backup import archive, databases, survey
from cabildo.site.backup.creation import FORMAT
from cabildo.site.backup.errors import BackupError


def restore(file: Path, *, force: bool = False) -> dict[str, Any]:
    """Put database and files back as they were; what came back, and the migrations still to run.

    Raises `BackupError` and changes nothing when a hash, a key, the kind of database or its version does not fit,
    or when there are data here and `force` is not given. What is replaced stays beside it, except in PostgreSQL.
    """
    databases.need_a_file()
    media = Path(settings.MEDIA_ROOT)
    if media.is_mount():
        raise BackupError("files_are_a_mount", path=media)
    media.parent.mkdir(parents=True, exist_ok=True)
    if not force:
        _check_empty(media)
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=media.parent) as folder:
        staged = Path(folder)
        manifest = archive.unpack(file, staged)
        _check(manifest, staged)
        stamp = f"{timezone.localtime():%Y%m%d-%H%M%S}"
        kept = [databases.put_back(staged / databases.FILE_NAMES[connection.vendor], stamp)]
        kept.append(_put_files_back(staged / archive.FILES, media, stamp))
    _compare(manifest["rows"], survey.rows(connection, manifest["rows"]))
    return _report(file, manifest, kept)


def _check_empty(media: Path) -> None:
    if not survey.is_empty(connection):
        raise BackupError("not_empty", what=connection.settings_dict["NAME"])
    if any(path.is_file() for path in media.rglob("*")):
        raise BackupError("not_empty", what=media)


def _check(manifest: dict[str, Any], staged: Path) -> None:
    if manifest["format"] > FORMAT:
        raise BackupError("newer_format")
    if manifest["engine"] != connection.vendor:
        raise BackupError("other_engine", engine=manifest["engine"], target=connection.vendor)
    if unknown := sorted(set(manifest["migrations"]) - survey.known_migrations()):
        raise BackupError("newer_schema", migrations=", ".join(unknown[:3]))
    _check_keys(manifest["keys"])
    if connection.vendor == databases.SQLITE:
        with databases.reading(staged / databases.FILE_NAMES[databases.SQLITE]) as copy:
            _compare(manifest["rows"], survey.rows(copy, manifest["rows"]))


def _check_keys(needed: dict[str, str]) -> None:
    held = survey.fingerprints(keyring.active())
    for key_id, fingerprint in needed.items():
        if key_id not in held:
            raise BackupError("key_missing", key_id=key_id)
        if held[key_id] != fingerprint:
            raise BackupError("key_differs", key_id=key_id)


def _compare(expected: dict[str, int], found: dict[str, int]) -> None:
    for table, number in expected.items():
        # a table that this version no longer has cannot be counted here
        if found.get(table, number) != number:
            raise BackupError("counts_differ", table=table, found=found[table], expected=number)


def _put_files_back(staged: Path, media: Path, stamp: str) -> Path | None:
    staged.mkdir(exist_ok=True)
    staged.chmod(0o750)
    kept = media.with_name(f"{media.name}.before-{stamp}") if media.exists() and any(media.iterdir()) else None
    if kept:
        media.rename(kept)
    staged.rename(media)
    return kept


def _report(file: Path, manifest: dict[str, Any], kept: list[Path | None]) -> dict[str, Any]:
    return {
        "file": str(file),
        "created_at": manifest["created_at"],
        "engine": manifest["engine"],
        "rows": sum(manifest["rows"].values()),
        "files": manifest["files"],
        "missing_files": manifest["missing_files"],
        "kept": [str(path) for path in kept if path],
        "pending_migrations": sorted(survey.known_migrations() - set(manifest["migrations"])),
    }
