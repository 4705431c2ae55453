"""How settings are read: from the environment, and a wrong value fails at start."""

import os
from pathlib import Path


class SettingError(Exception):
    """A setting is missing or malformed; the message says which and what to write."""


def text(name: str, default: str | None = None) -> str:
    """Its value, else the default; without one, the variable must be there and say something."""
    value = os.environ.get(name, default)
    if value is None or (default is None and not value):
        raise SettingError(f"Falta la variable {name}. Véase docs/reference/settings.md.")
    return value


def boolean(name: str, *, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() in {"1", "true", "yes", "si", "sí"}:
        return True
    if value.lower() in {"0", "false", "no"}:
        return False
    raise SettingError(f"{name} debe ser true o false; se leyó «{value}».")


def integer(name: str, default: int, *, at_least: int | None = None) -> int:
    value = os.environ.get(name)
    if value is None:
        return default
    try:
        number = int(value)
    except ValueError as error:
        raise SettingError(f"{name} debe ser un número entero; se leyó «{value}».") from error
    if at_least is not None and number < at_least:
        raise SettingError(f"{name} debe ser al menos {at_least}; se leyó «{value}».")
    return number


def words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def pairs(name: str) -> dict[str, str]:
    """`host=slug,host=slug` as a dictionary."""
    result = {}
    for word in words(name):
        key, separator, value = word.partition("=")
        if not separator:
            raise SettingError(f"{name} se escribe clave=valor,clave=valor; se leyó «{word}».")
        result[key] = value
    return result


def megabytes(name: str, *, of: set[str]) -> dict[str, int]:
    """`word=megabytes,word=megabytes` as bytes, for the words that are known."""
    found = pairs(name)
    wrong = [f"{word}={size}" for word, size in found.items() if word not in of or not _is_size(size)]
    if wrong:
        raise SettingError(f"{name} da megabytes enteros a {', '.join(sorted(of))}; se leyó «{wrong[0]}».")
    return {word: int(size) * 1024 * 1024 for word, size in found.items()}


def _is_size(text: str) -> bool:
    return text.isdecimal() and int(text) > 0


def https(name: str) -> str:
    """An address that is only called over TLS; empty when nothing is to be called."""
    value = text(name, "")
    if value and not value.startswith("https://"):
        raise SettingError(f"{name} debe empezar con https://; se leyó «{value}».")
    return value


def path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name, str(default)))


def folder(name: str) -> Path | None:
    """A folder that must exist when it is named; a misspelt one would look like an empty one."""
    value = text(name, "")
    if value and not Path(value).is_dir():
        raise SettingError(f"{name} debe ser una carpeta que exista; se leyó «{value}».")
    return Path(value) if value else None


def secret(name: str, file: Path, *, otherwise: str | None = None) -> str:
    """A secret from the environment, else from a file of the installation, else the given one."""
    if value := os.environ.get(name):
        return value
    if otherwise is not None:
        return otherwise
    if file.exists():
        return file.read_text(encoding="utf-8").strip()
    return text(name)
