"""Where the bytes lie: <municipality>/<year>/<month>/<uuid>, a name that nothing executes."""

import os
import tempfile
import uuid
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

FILE_MODE = 0o640


def root() -> Path:
    return Path(settings.MEDIA_ROOT)


def write(content: bytes, *, municipality_id: int, day: date) -> str:
    """Keep the bytes for good under a new name, whole or not at all; the path inside the root."""
    relative = f"{municipality_id}/{day:%Y}/{day:%m}/{uuid.uuid4()}"
    target = root() / relative
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=".new-", delete=False) as temporary:
        try:
            temporary.write(content)
            temporary.flush()
            os.fsync(temporary.fileno())
            os.chmod(temporary.name, FILE_MODE)
            os.replace(temporary.name, target)
        except BaseException:
            Path(temporary.name).unlink(missing_ok=True)
            raise
    return relative


def open_file(relative: str) -> BinaryIO:
    return (root() / relative).open("rb")


def read(relative: str) -> bytes:
    return (root() / relative).read_bytes()


def remove(relative: str) -> None:
    (root() / relative).unlink(missing_ok=True)


def files_before(municipality_id: int, instant: datetime) -> Iterator[str]:
    """Paths of the municipality's files last written before that instant, unfinished ones included."""
    for path in sorted((root() / str(municipality_id)).rglob("*")):
        if path.is_file() and path.stat().st_mtime < instant.timestamp():
            yield str(path.relative_to(root()))
