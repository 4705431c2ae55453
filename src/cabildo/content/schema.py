"""JSON Schema in plain Spanish: every refusal of the schema becomes a problem with a fix. Fills in defaults."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cabildo.content.errors import did_you_mean
from cabildo.content.kinds import Problem, nearest

HEADER_SCHEMA = "schema/pack.json"


def validator(schema_path: str | Path) -> Any:
    """The validator of a schema, which also fills in its defaults."""
    return _validator(settings.CONTENT_DIR / schema_path)


@lru_cache(maxsize=32)
def _validator(path: Path) -> Any:
    from jsonschema import Draft202012Validator  # heavy, and only who checks a pack needs it
    from jsonschema.validators import extend

    usual = Draft202012Validator.VALIDATORS["properties"]

    def fill_defaults(checker: Any, properties: Any, instance: Any, schema: Any) -> Iterator[Any]:
        if isinstance(instance, dict):
            for name, inner in properties.items():
                if isinstance(inner, dict) and "default" in inner:
                    instance.setdefault(name, deepcopy(inner["default"]))
        yield from usual(checker, properties, instance, schema)

    schema = json.loads(path.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    filling: Any = extend(Draft202012Validator, {"properties": fill_defaults})  # type: ignore[no-untyped-call]
    return filling(schema)


def completed(value: Any, schema_path: str | Path) -> tuple[Any, list[Problem]]:
    """A copy of `value` with the schema's defaults filled in, and what the schema refuses, in reading order."""
    value = deepcopy(value)
    errors = sorted(validator(schema_path).iter_errors(value), key=_place)
    return value, [problem for error in errors for problem in _problems(error)]


def _place(error: Any) -> list[str]:
    return [f"{step:06}" if isinstance(step, int) else step for step in error.absolute_path]


def _problems(error: Any) -> Iterator[Problem]:
    words = WORDS.get(str(error.validator), _other)
    yield from words(error, tuple(error.absolute_path))


def _unknown_keys(error: Any, path: tuple) -> Iterator[Problem]:
    known = error.schema.get("properties", {})
    for key in sorted(set(error.instance) - set(known)):
        otherwise = _("Los campos admitidos son: {known}.").format(known=", ".join(sorted(known)))
        fix = did_you_mean(nearest(key, known), otherwise)
        yield Problem((*path, key), _("El campo «{key}» no existe aquí.").format(key=key), fix, "unknown_key")


def _missing(error: Any, path: tuple) -> Iterator[Problem]:
    key = next(name for name in error.validator_value if f"'{name}'" in error.message)
    meaning = error.schema.get("properties", {}).get(key, {}).get("description", "")
    fix = _("Agregue «{key}: …». {meaning}").format(key=key, meaning=meaning).strip()
    yield Problem(path, _("Falta el campo «{key}».").format(key=key), fix, "missing")


TYPES = {
    "string": gettext_lazy("un texto"),
    "integer": gettext_lazy("un número entero"),
    "number": gettext_lazy("un número"),
    "boolean": gettext_lazy("true o false"),
    "array": gettext_lazy("una lista"),
    "object": gettext_lazy("un bloque de campos"),
    "null": gettext_lazy("vacío"),
}


def _type(error: Any, path: tuple) -> Iterator[Problem]:
    wanted = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
    expected = _(" o ").join(str(TYPES[name]) for name in wanted)
    message = _("Se esperaba {expected}; se leyó {found}.").format(expected=expected, found=_shown(error.instance))
    yield Problem(path, message, _meaning(error) or _("Escriba {expected}.").format(expected=expected), "type")


def _choice(error: Any, path: tuple) -> Iterator[Problem]:
    known = [str(value) for value in error.validator_value]
    message = _("El valor {found} no se admite; se esperaba uno de estos: {known}.")
    message = message.format(found=_shown(error.instance), known=", ".join(known))
    yield Problem(path, message, did_you_mean(nearest(error.instance, known), _("Elija uno de la lista.")), "choice")


def _bound(error: Any, path: tuple) -> Iterator[Problem]:
    sentences = {
        "minimum": _("El número es menor que {limit}."),
        "maximum": _("El número es mayor que {limit}."),
        "minLength": _("El texto tiene menos de {limit} letras."),
        "maxLength": _("El texto tiene más de {limit} letras."),
        "minItems": _("La lista tiene menos de {limit} elementos."),
        "maxItems": _("La lista tiene más de {limit} elementos."),
    }
    message = sentences[str(error.validator)].format(limit=error.validator_value)
    yield Problem(path, message, _meaning(error) or _("Corrija el valor."), str(error.validator))


def _pattern(error: Any, path: tuple) -> Iterator[Problem]:
    message = _("El valor {found} no tiene la forma esperada.").format(found=_shown(error.instance))
    yield Problem(path, message, _meaning(error) or _("Revise cómo se escribe."), "pattern")


def _repeated(error: Any, path: tuple) -> Iterator[Problem]:
    yield Problem(path, _("La lista tiene elementos repetidos."), _("Deje cada elemento una vez."), "repeated")


def _other(error: Any, path: tuple) -> Iterator[Problem]:
    message = _("El valor {found} no cumple lo que se espera aquí.").format(found=_shown(error.instance))
    yield Problem(path, message, _meaning(error) or _("Revise el esquema del tipo de paquete."), str(error.validator))


def _optional(error: Any, path: tuple) -> Iterator[Problem]:
    """A value that may also be null: what its one other form refuses."""
    for inner in error.context or []:
        if inner.schema_path[0] == 0:
            yield from _problems(inner)


def _meaning(error: Any) -> str:
    return str(error.schema.get("description", "")) if isinstance(error.schema, dict) else ""


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"«{text if len(text) <= 60 else text[:60] + '…'}»"


WORDS: dict[str, Callable[[Any, tuple], Iterator[Problem]]] = {
    "additionalProperties": _unknown_keys,
    "anyOf": _optional,
    "required": _missing,
    "type": _type,
    "enum": _choice,
    "pattern": _pattern,
    "uniqueItems": _repeated,
    **dict.fromkeys(["minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"], _bound),
}
