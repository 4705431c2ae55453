"""How are the columns of a source read? A YAML file, checked before any row is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from django.utils.translation import gettext as _

from cabildo.content import Problem, nearest
from cabildo.content.errors import PackError, did_you_mean, where_in_words
from cabildo.content.reader import ReadFile, read_file
from cabildo.content.schema import completed
from cabildo.tickets.imports.source_map import CLOSED, Bounds, Names, SourceMap, Translation

SCHEMA = "schema/import_mapping.json"


@dataclass(frozen=True)
class Checked:
    """A mapping and what is wrong with it; `map` is None while something is."""

    map: SourceMap | None
    errors: tuple[PackError, ...]


def read_mapping(name: str, content: bytes) -> Checked:
    """Read the YAML file; every error says the line, the key, what was expected and how to mend it. Never raises."""
    file = read_file(name, content)
    if file.errors:
        return Checked(None, file.errors)
    body, problems = check(file.value)
    errors = tuple(_located(file, problem) for problem in problems)
    return Checked(None if errors else from_body(body), errors)


def check(body: Any) -> tuple[Any, list[Problem]]:
    """The body completed with defaults, and what is wrong in it."""
    if not isinstance(body, dict):
        message = _("Un mapa es un bloque de campos: source, columns, states…")
        return body, [Problem((), message, _("Empiece con «cabildo tickets import … --write-mapping»."), "type")]
    body, problems = completed(body, SCHEMA)
    return body, problems or [*_zone(body), *_formats(body), *_states(body), *_publication(body)]


def from_body(body: Mapping[str, Any]) -> SourceMap:
    """The mapping of a body that `check` found right."""
    return SourceMap(
        body=body,
        source=body["source"]["id"],
        label=body["source"]["label"],
        origin=body["source"]["origin"],
        licence=body["source"]["licence"],
        encoding=body["file"]["encoding"],
        delimiter=body["file"]["delimiter"],
        sheet=body["file"]["sheet"],
        zone=ZoneInfo(body["time_zone"]),
        date_formats=tuple(body["date_formats"]),
        columns=body["columns"],
        keep=tuple((item["label"], item["column"]) for item in body["keep"]),
        states=Translation(**body["states"]),
        channels=Translation(**body["channels"]),
        kinds=Translation(**body["kinds"]),
        categories=Names(**body["categories"]),
        departments=Names(**body["departments"]),
        due=body["due"],
        published=body["published"],
        published_texts=body["published_texts"],
        bounds=Bounds(**body["bounds"]) if body["bounds"] else None,
    )


def unknown_columns(mapping: SourceMap, headings: Sequence[str]) -> list[PackError]:
    """Columns the mapping names and the file does not have, each with the nearest one it has."""
    errors = []
    for path, column in _named_columns(mapping):
        if column not in headings:
            message = _("El archivo no tiene la columna «{column}».").format(column=column)
            otherwise = _("Sus columnas son: {known}.").format(known=", ".join(headings))
            fix = did_you_mean(nearest(column, headings), otherwise)
            errors.append(PackError(mapping.source, None, where_in_words(path), "unknown_column", message, fix))
    return errors


def as_yaml(body: Mapping[str, Any]) -> str:
    """A mapping as a person edits it."""
    return yaml.safe_dump(dict(body), allow_unicode=True, sort_keys=False, width=110)


def _named_columns(mapping: SourceMap) -> Iterator[tuple[tuple[str | int, ...], str]]:
    for name, column in mapping.columns.items():
        for one in column if isinstance(column, list) else [column]:
            yield ("columns", name), one
    for index, (_label, column) in enumerate(mapping.keep):
        yield ("keep", index, "column"), column


def _zone(body: Mapping[str, Any]) -> Iterator[Problem]:
    try:
        ZoneInfo(body["time_zone"])
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = _("No existe la zona horaria «{zone}».").format(zone=body["time_zone"])
        yield Problem(("time_zone",), message, _("Escriba una como «America/Santiago»."), "time_zone")


def _formats(body: Mapping[str, Any]) -> Iterator[Problem]:
    sample = datetime(2018, 12, 31, 13, 45, 59)  # noqa: DTZ001 - only its digits are written and read
    for index, form in enumerate(body["date_formats"]):
        try:
            is_date = datetime.strptime(sample.strftime(form), form).date() == sample.date()  # noqa: DTZ007
        except ValueError:
            is_date = False
        if not is_date:
            message = _("La forma «{form}» no dice un día completo.").format(form=form)
            fix = _("Use %d, %m y %Y; y %H:%M, o %I:%M %p, para la hora.")
            yield Problem(("date_formats", index), message, fix, "date_format")


def _states(body: Mapping[str, Any]) -> Iterator[Problem]:
    listed = [(("states", "values", word), state) for word, state in body["states"]["values"].items()]
    for path, state in [*listed, (("states", "default"), body["states"]["default"])]:
        if state and (state["state"] == CLOSED) != bool(state["outcome"]):
            message = _("El resultado («outcome») va siempre con «state: closed», y sólo con él.")
            yield Problem(path, message, _("Agréguelo o quítelo."), "outcome")


def _publication(body: Any) -> Iterator[Problem]:
    if body["published_texts"] and not body["published"]:
        message = _("No se puede publicar el texto de solicitudes que no se publican.")
        yield Problem(("published_texts",), message, _("Escriba «published: true», o quite este campo."), "published")


def _located(file: ReadFile, problem: Problem) -> PackError:
    """The line of the problem's key, or of the nearest key above it."""
    path = tuple(problem.path)
    line = next((file.lines[path[:end]] for end in range(len(path), -1, -1) if path[:end] in file.lines), None)
    return PackError(file.name, line, where_in_words(path), problem.code, problem.message, problem.fix)
