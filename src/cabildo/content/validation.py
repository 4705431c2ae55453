"""Checks an assembled pack in two steps: the schemas of header and kind, then the checker of the kind."""

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cabildo.content import queries
from cabildo.content.assembly import HEADER_KEY, SourcePack, assemble, files_of, unknown_kind
from cabildo.content.errors import PackError, refused_pack, where_in_words
from cabildo.content.kinds import Find, PackKind, Problem, find_kind
from cabildo.content.schema import HEADER_SCHEMA, completed


def validate(body: Mapping[str, Any], find: Find = queries.published) -> tuple[dict[str, Any], list[Problem]]:
    """The body completed with defaults, and everything wrong in it; the checker runs once the form is right.

    `find` gives the other packs that a body may name; without one, what the platform published.
    """
    header = body.get(HEADER_KEY)
    kind = find_kind(str(header.get("kind"))) if isinstance(header, Mapping) else None
    if kind is None:
        return dict(body), [unknown_kind(header if isinstance(header, Mapping) else {})]
    header, header_problems = completed(header, HEADER_SCHEMA)
    parts = {key: _in_order(kind, key, value) for key, value in body.items() if key != HEADER_KEY}
    parts, problems = completed(parts, kind.schema_path)
    problems = [Problem((HEADER_KEY, *p.path), p.message, p.fix, p.code) for p in header_problems] + problems
    whole = {HEADER_KEY: header, **parts}
    problems = problems or [*_identity(header), *kind.check(whole)]
    return whole, problems or [*(kind.check_against(whole, find) if kind.check_against else ())]


def checked(body: Mapping[str, Any], find: Find = queries.published) -> dict[str, Any]:
    """The body completed with defaults. Raises ContentError `pack_invalid` with everything wrong in it."""
    whole, problems = validate(body, find)
    if problems:
        header = body.get(HEADER_KEY)
        name = str(header.get("id", HEADER_KEY)) if isinstance(header, Mapping) else HEADER_KEY
        raise refused_pack(draft_errors(name, problems))
    return whole


def _in_order(kind: PackKind, key: str, value: Any) -> Any:
    """Lists that come from a folder are in the order of their file names, wherever they were written."""
    if key in kind.folders.values() and isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return sorted(value, key=lambda item: str(item.get("id")))
    return value


def _identity(header: Mapping[str, Any]) -> list[Problem]:
    if _date(header["valid_from"]) is None:
        message = _("El día {date} no existe.").format(date=header["valid_from"])
        return [Problem((HEADER_KEY, "valid_from"), message, _("Escriba una fecha del calendario."), "date")]
    if header["id"].split("/")[0] == header["kind"]:
        return []
    message = _("El id «{id}» no empieza por el tipo «{kind}».").format(id=header["id"], kind=header["kind"])
    fix = _("Escriba «id: {kind}/nombre».").format(kind=header["kind"])
    return [Problem((HEADER_KEY, "id"), message, fix, "id_not_kind")]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def read_folder(folder: Path, shown_as: str, find: Find = queries.published) -> tuple[dict[str, Any], list[PackError]]:
    """The completed body of a pack's folder and its errors, each with file and line."""
    source = assemble(shown_as, files_of(folder))
    if source.errors:
        return source.body, source.errors
    body, problems = validate(source.body, find)
    errors = [source.located(problem) for problem in problems]
    return body, errors or _folder_name(source, folder)


def _folder_name(source: SourcePack, folder: Path) -> list[PackError]:
    slug = slug_of(source.body)
    if slug == folder.resolve().name:
        return []
    message = _("La carpeta se llama «{folder}» y el id dice «{slug}».").format(folder=folder.name, slug=slug)
    problem = Problem((HEADER_KEY, "id"), message, _("Cambie uno de los dos."), "id_not_folder")
    return [source.located(problem)]


def draft_errors(name: str, problems: list[Problem]) -> tuple[PackError, ...]:
    """Problems of a body that was not read from files."""
    return tuple(PackError(name, None, where_in_words(p.path), p.code, p.message, p.fix) for p in problems)


def slug_of(body: Mapping[str, Any]) -> str:
    return str(body[HEADER_KEY]["id"]).split("/")[-1]


def digest(body: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON of a body: sorted keys, no spaces, UTF-8."""
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return sha256(text.encode("utf-8")).hexdigest()
