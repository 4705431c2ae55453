"""Reads one YAML file of a pack into plain JSON values and remembers the line of every value.

Only what JSON has: texts, whole and decimal numbers, true, false, null, lists and blocks. A date or «no» stays a text.
Anchors, tags and repeated keys are refused, so that a file says exactly what it seems to say.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from cabildo.content.errors import PackError, where_in_words
from cabildo.content.kinds import Step

MAX_FILE_BYTES = 1024 * 1024
MAX_DEPTH = 24
PREFIX = "tag:yaml.org,2002:"
TAGS = {PREFIX + name for name in ("null", "bool", "int", "float", "str", "seq", "map")}
SCALARS = [
    ("null", r"^(?:~|null|)$", ["~", "n", ""]),
    ("bool", r"^(?:true|false)$", list("tf")),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", list("-0123456789")),
    ("float", r"^-?(?:0|[1-9][0-9]*)\.[0-9]+$", list("-0123456789")),
]


# what the parser says of a fault, and the same in words; the first that fits
FAULTS = (
    ("tab character", later("hay un tabulador donde van espacios")),
    ("cannot start any token", later("un valor comienza con un signo que no puede ir ahí, o hay un tabulador")),
    ("quoted scalar", later("falta cerrar unas comillas, o hay en ellas una barra invertida que no va")),
    ("expected ':'", later("faltan los dos puntos después de un nombre")),
    ("mapping values are not allowed", later("hay dos puntos donde no van")),
    ("sequence entries are not allowed", later("hay un guión de lista donde no va")),
    ("flow sequence", later("falta una coma o el corchete que cierra")),
    ("flow mapping", later("falta una coma o la llave que cierra")),
    ("block mapping", later("la sangría no calza con la de las líneas anteriores")),
    ("block collection", later("la sangría de la lista no calza con la de las líneas anteriores")),
    ("block scalar", later("sobra algo en la línea donde comienza un texto de varias líneas")),
    ("undefined alias", later("un asterisco al comienzo nombra algo que no existe")),
    ("single document", later("hay más de un documento en el archivo")),
    ("characters are not allowed", later("hay un carácter invisible que no se admite")),
    ("document start", later("sobra texto después del contenido")),
)


class PackLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A safe loader that guesses no more types than JSON has."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}


for _name, _pattern, _first in SCALARS:
    PackLoader.add_implicit_resolver(PREFIX + _name, re.compile(_pattern), _first)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """The value of a file, the line of every path in it and what is wrong with its form."""

    name: str
    value: Any
    lines: Mapping[tuple[Step, ...], int]
    errors: tuple[PackError, ...]


class _RefusedNodeError(Exception):
    def __init__(self, node: yaml.Node, message: str, fix: str, code: str) -> None:
        super().__init__(message)
        self.line, self.message, self.fix, self.code = node.start_mark.line + 1, message, fix, code


class _Walker:
    """Turns the node tree into values; collects lines and errors on the way."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[tuple[Step, ...], int] = {}
        self.errors: list[PackError] = []
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: tuple[Step, ...] = ()) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        try:
            self._refuse_tricks(node, path)
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, path)
            if isinstance(node, yaml.SequenceNode):
                return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
            return _scalar(node)
        except _RefusedNodeError as refused:
            self._report(refused, path)
            return None

    def _refuse_tricks(self, node: yaml.Node, path: tuple[Step, ...]) -> None:
        if id(node) in self._seen:
            raise _RefusedNodeError(
                node, _("Los alias («*nombre») no se admiten."), _("Escriba el valor completo."), "alias"
            )
        self._seen.add(id(node))
        if node.tag not in TAGS:
            message = _("La etiqueta «{tag}» no se admite.").format(tag=node.tag)
            raise _RefusedNodeError(node, message, _("Quite la etiqueta y escriba un valor simple."), "tag")
        if len(path) > MAX_DEPTH:
            raise _RefusedNodeError(
                node,
                _("Hay más de {limit} niveles anidados.").format(limit=MAX_DEPTH),
                _("Simplifique la estructura."),
                "too_deep",
            )

    def _mapping(self, node: yaml.MappingNode, path: tuple[Step, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = _key(key_node)
            if key in result:
                message = _("El campo «{key}» está repetido; ya aparece en la línea {line}.")
                first = self.lines[*path, key]
                fix = _("Deje uno solo de los dos.")
                repeated = _RefusedNodeError(key_node, message.format(key=key, line=first), fix, "duplicate_key")
                self._report(repeated, (*path, key))
                continue
            self.lines[*path, key] = key_node.start_mark.line + 1
            result[key] = self.value(value_node, (*path, key))
        return result

    def _report(self, refused: _RefusedNodeError, path: tuple[Step, ...]) -> None:
        words = where_in_words(path)
        self.errors.append(PackError(self.name, refused.line, words, refused.code, refused.message, refused.fix))


def _key(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode) and node.tag == PREFIX + "str":
        return str(node.value)
    fix = _("Escriba un nombre en letras, o póngalo entre comillas.")
    raise _RefusedNodeError(node, _("El nombre de un campo debe ser un texto."), fix, "key_type")


def _scalar(node: yaml.Node) -> Any:
    convert: dict[str, Callable[[str], Any]] = {
        "null": lambda text: None,
        "bool": lambda text: text == "true",
        "int": int,
        "float": float,
        "str": str,
    }
    if "\0" in node.value:
        raise _RefusedNodeError(node, _("El texto tiene un carácter nulo."), _("Bórrelo."), "null_character")
    try:
        return convert[node.tag.removeprefix(PREFIX)](node.value)
    except ValueError:
        message = _("El valor «{value}» no se entiende.").format(value=node.value[:40])
        raise _RefusedNodeError(node, message, _("Escríbalo entre comillas si es un texto."), "value") from None


def read_file(name: str, content: bytes) -> ReadFile:
    """Read one file. Never raises: what is wrong comes back in `errors`."""
    if len(content) > MAX_FILE_BYTES:
        message = _("El archivo pesa más de {limit} KiB.").format(limit=MAX_FILE_BYTES // 1024)
        return _unreadable(name, None, message, _("Divídalo en archivos más pequeños."), "too_large")
    try:
        node = yaml.compose(content.decode("utf-8"), Loader=PackLoader)
    except UnicodeDecodeError:
        return _unreadable(name, None, _("El archivo no está en UTF-8."), _("Guárdelo como UTF-8."), "encoding")
    except RecursionError:
        return _unreadable(
            name, None, _("Hay demasiados niveles anidados."), _("Simplifique la estructura."), "too_deep"
        )
    except yaml.YAMLError as error:
        return _syntax_error(name, error)
    if node is None:
        return _unreadable(name, 1, _("El archivo está vacío."), _("Escriba su contenido o bórrelo."), "empty")
    walker = _Walker(name)
    value = walker.value(node)
    return ReadFile(name, value, walker.lines, tuple(walker.errors))


def _syntax_error(name: str, error: yaml.YAMLError) -> ReadFile:
    mark = getattr(error, "problem_mark", None)
    told = f"{getattr(error, 'context', None)} {getattr(error, 'problem', None) or getattr(error, 'reason', '')}"
    reason = next((words for sign, words in FAULTS if sign in told), _("el archivo no sigue la forma de YAML"))
    message = _("No se pudo leer como YAML: {reason}.").format(reason=reason)
    fix = _("Revise la sangría, los dos puntos y las comillas de esta línea y de la anterior.")
    return _unreadable(name, mark.line + 1 if mark else None, message, fix, "syntax")


def _unreadable(name: str, line: int | None, message: str, fix: str, code: str) -> ReadFile:
    return ReadFile(name, None, {}, (PackError(name, line, "", code, message, fix),))
