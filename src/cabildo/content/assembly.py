"""Puts the files of a pack together: the header under `pack`, one key of the body per part, one list per folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content.errors import PackError, where_in_words
from cabildo.content.kinds import PackKind, Problem, Step, find_kind, kind_names
from cabildo.content.reader import MAX_FILE_BYTES, ReadFile, read_file

HEADER = "pack.yaml"
HEADER_KEY = "pack"
MAX_FILES = 300
MAX_PACK_BYTES = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where a branch of the body was written: `path` leads to it, `shown` is how its file names it."""

    path: tuple[Step, ...]
    shown: tuple[Step, ...]
    file: ReadFile


@dataclass
class SourcePack:
    """A pack as it was written, before it is checked against its schema."""

    folder: str
    body: dict[str, Any] = field(default_factory=dict)
    places: list[Place] = field(default_factory=list)
    errors: list[PackError] = field(default_factory=list)

    @property
    def kind(self) -> PackKind | None:
        return find_kind(str(self.body.get(HEADER_KEY, {}).get("kind")))

    def located(self, problem: Problem) -> PackError:
        """The problem with file and line; a missing value takes the line of what should hold it."""
        path = problem.path
        place = max((p for p in self.places if path[: len(p.path)] == p.path), key=lambda p: len(p.path), default=None)
        if place is None:
            file = f"{self.folder}/{HEADER}"
            return PackError(file, None, where_in_words(path), problem.code, problem.message, problem.fix)
        inside = path[len(place.path) :]
        words = where_in_words((*place.shown, *inside))
        return PackError(place.file.name, _line(place.file, inside), words, problem.code, problem.message, problem.fix)


def _line(file: ReadFile, path: tuple[Step, ...]) -> int | None:
    while path and path not in file.lines:
        path = path[:-1]
    return file.lines.get(path)


def files_of(folder: Path) -> dict[str, bytes]:
    """The YAML files below a folder by relative name. Links are not followed; sizes are cut for the reader."""
    paths = sorted(path for path in folder.rglob("*.yaml") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): _bytes(path) for path in paths[: MAX_FILES + 1]}


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(MAX_FILE_BYTES + 1)


def assemble(folder: str, files: Mapping[str, bytes]) -> SourcePack:
    """Read the files of one pack. What is wrong with their form is in `errors`; no schema is checked yet."""
    pack = SourcePack(folder)
    too_big = len(files) > MAX_FILES or sum(map(len, files.values())) > MAX_PACK_BYTES
    if HEADER not in files or too_big:
        pack.errors.append(_refusal(folder, missing=HEADER not in files))
        return pack
    _read_header(pack, files[HEADER])
    if pack.kind is None:
        return pack
    for name in sorted(files.keys() - {HEADER}):
        _read_part(pack, pack.kind, name, files[name])
    return pack


def _refusal(folder: str, *, missing: bool) -> PackError:
    file = f"{folder}/{HEADER}"
    if missing:
        fix = _("Créelo con id, kind, version, title y los demás datos del paquete.")
        return PackError(file, None, "", "header_missing", _("Falta el archivo pack.yaml."), fix)
    message = _("El paquete pasa de {files} archivos o de {size} MiB.")
    message = message.format(files=MAX_FILES, size=MAX_PACK_BYTES // 1024 // 1024)
    return PackError(file, None, "", "too_large", message, _("Divídalo en varios paquetes."))


def _read_header(pack: SourcePack, content: bytes) -> None:
    file = read_file(f"{pack.folder}/{HEADER}", content)
    pack.errors += file.errors
    pack.places.append(Place((HEADER_KEY,), (), file))
    if isinstance(file.value, dict):
        pack.body[HEADER_KEY] = file.value
        if pack.kind is None:
            pack.errors.append(pack.located(unknown_kind(file.value)))
    elif not file.errors:
        fix = _("Escriba «campo: valor» en cada línea.")
        pack.errors.append(PackError(file.name, 1, "", "type", _("Se esperaba un bloque de campos."), fix))


def unknown_kind(header: Mapping[str, Any]) -> Problem:
    message = _("No existe el tipo de paquete «{kind}».").format(kind=header.get("kind"))
    fix = _("Use uno de estos: {known}.").format(known=", ".join(kind_names()))
    return Problem((HEADER_KEY, "kind"), message, fix, "kind_unknown")


def _read_part(pack: SourcePack, kind: PackKind, name: str, content: bytes) -> None:
    file = read_file(f"{pack.folder}/{name}", content)
    pack.errors += file.errors
    path = PurePosixPath(name)
    if len(path.parts) == 1:
        _add_part(pack, path.stem, file)
    elif len(path.parts) == 2 and path.parts[0] in kind.folders:
        _add_item(pack, kind.folders[path.parts[0]], path.stem, file)
    else:
        message = _("Este archivo no tiene lugar en un paquete «{kind}».").format(kind=kind.kind)
        fix = _("Muévalo a una de las carpetas del tipo ({folders}) o bórrelo.")
        fix = fix.format(folders=", ".join(kind.folders) or "—")
        pack.errors.append(PackError(file.name, None, "", "file_unknown", message, fix))


def _add_part(pack: SourcePack, key: str, file: ReadFile) -> None:
    pack.body[key] = file.value
    pack.places.append(Place((key,), (key,), file))


def _add_item(pack: SourcePack, key: str, stem: str, file: ReadFile) -> None:
    items = pack.body.setdefault(key, [])
    pack.places.append(Place((key, len(items)), (), file))
    items.append(file.value)
    if isinstance(file.value, dict) and file.value.get("id") != stem:
        message = _("El «id» debe ser igual al nombre del archivo: «{stem}».").format(stem=stem)
        error = PackError(
            file.name, file.lines.get(("id",), 1), "id", "id_not_file", message, _("Cambie uno de los dos.")
        )
        pack.errors.append(error)


def pack_folders(root: Path) -> Iterator[Path]:
    """The folders with a pack.yaml at or below `root`, in order."""
    if (root / HEADER).is_file():
        yield root
        return
    yield from sorted(path.parent for path in root.glob(f"**/{HEADER}"))
