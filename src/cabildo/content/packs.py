"""Folders of packs in and out: check, load, export. The only way from files to published versions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from django.utils import timezone

from cabildo import audit
from cabildo.content import actions, queries
from cabildo.content.assembly import HEADER, HEADER_KEY, pack_folders
from cabildo.content.errors import ContentError, PackError, refused_pack
from cabildo.content.kinds import Find
from cabildo.content.models import PackVersion
from cabildo.content.reader import PackLoader
from cabildo.content.validation import read_folder, slug_of

type Beside = dict[tuple[str, int], dict[str, Any]]  # identity and version -> body, of the packs read before


@dataclass(frozen=True, slots=True)
class PackOutcome:
    """What became of one folder. `outcome`: valid, created, updated, unchanged or refused."""

    folder: str
    id: str
    version: int | None
    outcome: str
    summary: str = ""
    errors: tuple[PackError, ...] = ()


@dataclass(frozen=True)
class Report:
    """What became of all the folders below a place; `followed` municipalities moved to a new version."""

    packs: list[PackOutcome] = field(default_factory=list)
    followed: int = 0

    @property
    def errors(self) -> list[PackError]:
        return [error for pack in self.packs for error in pack.errors]

    def count(self, outcome: str) -> int:
        return sum(pack.outcome == outcome for pack in self.packs)


def check_directory(root: Path) -> Report:
    """Read and check every pack below `root`; changes nothing. A pack may name those read before it."""
    beside: Beside = {}
    return Report([_checked(folder, root, beside) for folder in _folders(root)])


def load_directory(root: Path, *, by: actions.By = audit.SYSTEM) -> Report:
    """Publish every valid pack below `root`; each pack stands or falls alone. Then those who follow updates move.

    Raises ContentError folder_missing when there is no pack at all.
    """
    packs = [_loaded(folder, root, by) for folder in _folders(root)]
    return Report(packs, actions.follow_updates(on_date=timezone.localdate(), by=by))


def _folders(root: Path) -> list[Path]:
    folders = list(pack_folders(root))
    if not folders:
        raise ContentError("folder_missing", folder=root)
    return folders


def _shown(folder: Path, root: Path) -> str:
    inside = folder.relative_to(root)
    return (Path(root.name) / inside).as_posix()


def _checked(folder: Path, root: Path, beside: Beside) -> PackOutcome:
    body, outcome = _read(folder, _shown(folder, root), lambda *named: beside.get(named) or queries.published(*named))
    if outcome.version and not outcome.errors:
        beside[outcome.id, outcome.version] = body
    return outcome


def _loaded(folder: Path, root: Path, by: actions.By) -> PackOutcome:
    body, outcome = _read(folder, _shown(folder, root))
    if outcome.errors:
        return outcome
    try:
        published = actions.publish(body=body, by=by)
    except ContentError as refusal:
        return _refused(outcome, refusal)
    return PackOutcome(outcome.folder, outcome.id, outcome.version, published.outcome, outcome.summary)


def _read(folder: Path, shown: str, find: Find = queries.published) -> tuple[dict[str, Any], PackOutcome]:
    body, errors = read_folder(folder, shown, find)
    header = body.get(HEADER_KEY, {})
    summary = "" if errors else queries.kind_named(header["kind"]).describe(body)
    version = header.get("version")
    outcome = PackOutcome(
        folder=shown,
        id=str(header.get("id", "")),
        version=version if isinstance(version, int) else None,
        outcome="refused" if errors else "valid",
        summary=summary,
        errors=tuple(errors),
    )
    return body, outcome


def _refused(outcome: PackOutcome, refusal: ContentError) -> PackOutcome:
    error = PackError(f"{outcome.folder}/{HEADER}", None, "version", refusal.code, refusal.sentence, "")
    return PackOutcome(outcome.folder, outcome.id, outcome.version, "refused", outcome.summary, (error,))


class _Dumper(yaml.SafeDumper):
    """Quotes whatever another reader of YAML could take for something else than a text."""


for _first, _resolvers in PackLoader.yaml_implicit_resolvers.items():
    for _tag, _pattern in _resolvers:
        _Dumper.add_implicit_resolver(_tag, _pattern, [_first])


def export_version(version: PackVersion, folder: Path) -> list[Path]:
    """Write a version as the files of a pack; loading them again gives the same content."""
    return write_folder(version.body, folder)


def write_folder(body: Mapping[str, Any], folder: Path) -> list[Path]:
    """Write a body as the files of a pack, in a folder that is new or empty (ContentError folder_not_empty)."""
    refuse_used(folder)
    kind = queries.kind_named(body[HEADER_KEY]["kind"])
    names = {key: name for name, key in kind.folders.items()}
    written = []
    for key, value in body.items():
        if key in names:
            written += [_write(folder / names[key] / f"{item['id']}.yaml", item) for item in value]
        else:
            written.append(_write(folder / f"{key}.yaml", value))
    return written


def write_whole(body: Mapping[str, Any], folder: Path) -> list[Path]:
    """As `write_folder`, but all the files or none: they appear once they have been read back and found right.

    Raises ContentError: folder_not_empty, pack_invalid.
    """
    refuse_used(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder.parent, prefix=".") as place:
        staged = Path(place) / slug_of(body)
        written = write_folder(body, staged)
        errors = read_folder(staged, slug_of(body))[1]
        if errors:
            raise refused_pack(tuple(errors))
        staged.replace(folder)
    return [folder / path.relative_to(staged) for path in written]


def refuse_used(folder: Path) -> None:
    """Raises ContentError folder_not_empty unless the folder is new or empty."""
    if folder.exists() and any(folder.iterdir()):
        raise ContentError("folder_not_empty", folder=folder)


def _write(path: Path, value: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
    path.write_text(text, encoding="utf-8")
    return path
