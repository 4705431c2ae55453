"""Reads the file of an assessment and the instrument it names or holds. Every error says file, line, path and fix."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from cabildo.content import Problem, nearest
from cabildo.content.errors import PackError, did_you_mean, where_in_words
from cabildo.content.reader import MAX_FILE_BYTES, ReadFile, read_file
from cabildo.content.schema import completed
from cabildo.content.validation import read_folder
from cabildo.instruments.packs import assessment_models, level_rules, questionnaires

SCHEMA = "schema/assessment_file.json"
MODELS, QUESTIONNAIRES, RULES = "assessment_models", "questionnaires", "level_rules"
# kind -> the blocks that hold its instrument and those that hold what is scored
BLOCKS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    MODELS: (("model", "criteria"), ("layers",)),
    QUESTIONNAIRES: (("settings", "areas"), ("answers",)),
    RULES: (("rules",), ("totals", "services")),
}
CHECKS: Mapping[str, Callable[[Mapping[str, Any]], Iterable[Problem]]] = {
    MODELS: assessment_models.check_scoring,
    QUESTIONNAIRES: questionnaires.check_counting,
    RULES: level_rules.check,
}


class WrongFileError(Exception):
    """What keeps a file from being scored; `errors` in reading order."""

    def __init__(self, errors: Iterable[PackError]) -> None:
        super().__init__()
        self.errors = tuple(errors)


@dataclass(frozen=True)
class AssessmentFile:
    """A file in order: its `kind`, the `instrument` that scores it and its own `body`. `header` is that of the pack."""

    file: ReadFile
    kind: str
    body: Mapping[str, Any]
    instrument: Mapping[str, Any]
    header: Mapping[str, Any] | None

    def refusal(self, problems: Iterable[Problem]) -> WrongFileError:
        return WrongFileError(_located(self.file, problem) for problem in problems)


def read(path: Path) -> AssessmentFile:
    """Read a file and its instrument. Raises WrongFileError with everything wrong in either, OSError if unreadable."""
    with path.open("rb") as stream:
        file = read_file(str(path), stream.read(MAX_FILE_BYTES + 1))
    if file.errors:
        raise WrongFileError(file.errors)
    body, problems = _checked(file.value)
    if problems:
        raise WrongFileError(_located(file, problem) for problem in problems)
    kind = _kind(body)
    if "pack" in body:
        pack = _pack(file, body)
        return AssessmentFile(file, kind, body, pack, pack["pack"])
    instrument = {name: body[name] for name in BLOCKS[kind][0]}
    return AssessmentFile(file, kind, body, instrument, None)


def _checked(value: Any) -> tuple[dict[str, Any], list[Problem]]:
    if not isinstance(value, dict):
        found = _("una lista") if isinstance(value, list) else _("un valor suelto")
        message = _("Se esperaba un bloque de campos; se leyó {found}.").format(found=found)
        return {}, [Problem((), message, _how_to_begin(), "type")]
    body, problems = completed(value, SCHEMA)
    problems = problems or _shape(body)
    if not problems and "pack" not in body:
        problems = list(CHECKS[_kind(body)](body))
    return body, problems


def _kind(body: Mapping[str, Any]) -> str:
    if "pack" in body:
        return str(body["pack"]).split("/")[0]
    return next((kind for kind, (instrument, _data) in BLOCKS.items() if instrument[-1] in body), "")


def _shape(body: Mapping[str, Any]) -> list[Problem]:
    """One instrument, named or held, and what is scored with it: nothing missing and nothing of another kind."""
    kind = _kind(body)
    if not kind:
        message = _("El archivo no dice con qué se puntúa.")
        return [Problem((), message, _how_to_begin(), "instrument_missing")]
    instrument, data = BLOCKS[kind]
    wanted = ([] if "pack" in body else list(instrument)) + list(data[:1])
    allowed = {"title", "pack", "version", *wanted, *data}
    return [*_missing(body, wanted), *_foreign(body, allowed)]


def _how_to_begin() -> str:
    return _("Agregue «pack: tipo/nombre», o el modelo («model» y «criteria»), el cuestionario («areas») o «rules».")


def _missing(body: Mapping[str, Any], wanted: Iterable[str]) -> Iterable[Problem]:
    for name in wanted:
        if name not in body:
            message = _("Falta el bloque «{name}».").format(name=name)
            yield Problem((), message, _("Agréguelo; el formato está en docs/reference/assessment-file.md."), "missing")


def _foreign(body: Mapping[str, Any], allowed: set[str]) -> Iterable[Problem]:
    for name in body:
        if name not in allowed:
            message = _("El bloque «{name}» no corresponde a lo que se puntúa aquí.").format(name=name)
            yield Problem((name,), message, _("Bórrelo o escríbalo en otro archivo."), "foreign")


def _pack(file: ReadFile, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The body of the pack that the file names, from the content folder."""
    folder = Path(settings.CONTENT_DIR) / body["pack"]
    if not (folder / "pack.yaml").is_file():
        known = [path.parent.name for path in folder.parent.glob("*/pack.yaml")]
        near = nearest(folder.name, known)
        fix = did_you_mean(
            near and f"{folder.parent.name}/{near}", _("Revise los nombres con «cabildo content check».")
        )
        message = _("No existe el paquete «{pack}».").format(pack=body["pack"])
        raise WrongFileError([_located(file, Problem(("pack",), message, fix, "pack_unknown"))])
    pack, errors = read_folder(folder, f"{Path(settings.CONTENT_DIR).name}/{body['pack']}")
    if errors:
        raise WrongFileError(errors)
    found, wanted = pack["pack"]["version"], body.get("version", pack["pack"]["version"])
    if found != wanted:
        message = _("Se pide la versión {wanted} y la carpeta tiene la {found}.").format(wanted=wanted, found=found)
        fix = _("Use la carpeta de esa versión: «cabildo content export --version» la escribe.")
        raise WrongFileError([_located(file, Problem(("version",), message, fix, "version_other"))])
    return pack


def _located(file: ReadFile, problem: Problem) -> PackError:
    """The line of the problem's key, or of the nearest key above it."""
    path = problem.path
    line = next((file.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in file.lines), None)
    return PackError(file.name, line, where_in_words(path), problem.code, problem.message, problem.fix)
